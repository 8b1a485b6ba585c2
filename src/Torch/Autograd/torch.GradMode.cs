using Motion.Torch.Native;

namespace TorchSharp;

/// <summary>Turns the recording for automatic differentiation on or off, on this thread, until it is disposed.</summary>
public sealed class AutoGradMode : IDisposable
{
    private readonly bool before = IsEnabled;

    /// <summary>Sets the mode.</summary>
    public AutoGradMode(bool enabled) => NativeMethods.SetGradMode(enabled ? 1 : 0);

    /// <summary>Whether operators are recorded on this thread.</summary>
    public static bool IsEnabled => NativeMethods.GradMode() != 0;

    /// <summary>Restores the mode found.</summary>
    public void Dispose() => NativeMethods.SetGradMode(before ? 1 : 0);
}

public static partial class torch
{
    /// <summary>Records nothing for automatic differentiation, on this thread, until it is disposed.</summary>
    public static IDisposable no_grad() => new AutoGradMode(false);

    /// <summary>Records for automatic differentiation, on this thread, until it is disposed.</summary>
    public static IDisposable enable_grad(bool enabled = true) => new AutoGradMode(enabled);

    /// <summary>Turns recording on or off, on this thread, until it is disposed.</summary>
    public static IDisposable set_grad_enabled(bool mode = true) => new AutoGradMode(mode);

    /// <summary>Whether operators are recorded on this thread.</summary>
    public static bool is_grad_enabled() => AutoGradMode.IsEnabled;
}
