using System.Runtime.InteropServices;

namespace Motion.Torch;

/// <summary>
/// libtorch refused: the message names the operator, the shapes and types it was given, and the reason.
/// An <see cref="ExternalException"/>, which is what the TorchSharp package throws for the same reasons.
/// </summary>
public sealed class TorchException(string message) : ExternalException(message);
