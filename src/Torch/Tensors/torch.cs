namespace TorchSharp;

/// <summary>
/// libtorch under TorchSharp's names, for the part that this project uses. Tensors, factories, automatic differentiation, random
/// numbers, modules (<see cref="nn"/>) and optimisers (<see cref="optim"/>).
/// </summary>
public static partial class torch
{
    /// <summary>The version of the libtorch in use.</summary>
    public static string __version__ => Motion.Torch.TorchLibrary.Describe().Version;
}
