using Motion.Torch.Native;

namespace TorchSharp;

/// <summary>
/// Releases a native tensor that no scope owns and nobody disposed. A tensor inside a scope needs none, so the usual tensor never
/// meets the finaliser queue.
/// </summary>
internal sealed class HandleGuard(nint handle) : IDisposable
{
    ~HandleGuard() => NativeMethods.Release(handle);

    /// <summary>Ends the watch; the handle is looked after by somebody else.</summary>
    public void Dispose() => GC.SuppressFinalize(this);
}
