using Motion.Testing;

namespace Motion.Torch.Tests;

/// <summary>
/// Every test of this project outside Native uses TorchSharp's public names only, and so tests whichever side was built: the package, or the
/// binding that stands in for it.
/// </summary>
public class PackageTests
{
    [RequiresFact("TorchSharp")]
    public void Tensors_come_from_the_package() => Assert.Equal("TorchSharp", typeof(torch).Assembly.GetName().Name);
}
