using Motion.Testing;
using Silk.NET.Core.Contexts;
using Silk.NET.Input;
using Silk.NET.OpenGL;
using Silk.NET.Windowing;

namespace Motion.Viewer.Tests.Platform;

/// <summary>The tests beside this one use Silk.NET's public names only, and so test whichever side was built: the packages, or what stands in for them.</summary>
public sealed class PackageTests
{
    [RequiresFact("Silk.NET.Windowing.Common", "Silk.NET.OpenGL", "Silk.NET.Input.Common")]
    public void Windows_drawing_and_input_come_from_the_packages() => Assert.All(
        [typeof(IWindow), typeof(GL), typeof(IInputContext), typeof(IGLContext)],
        type => Assert.StartsWith("Silk.NET.", type.Assembly.GetName().Name, StringComparison.Ordinal));
}
