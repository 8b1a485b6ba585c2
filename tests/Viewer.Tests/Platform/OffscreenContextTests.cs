using Motion.Testing;
using Motion.Viewer.Platform;
using Motion.Viewer.Tests.Drawing;
using Silk.NET.Core.Contexts;
using Silk.NET.OpenGL;

namespace Motion.Viewer.Tests.Platform;

[Collection(PictureCollection.Name)]
public sealed class OffscreenContextTests
{
    [RequiresFact("egl")]
    public void Without_a_display_it_is_drawn_by_way_of_egl() => DrawsRed(new OffscreenLibraries(OsMesa: "libabsent.so"));

    [RequiresFact("osmesa")]
    public void Without_egl_it_is_drawn_by_way_of_osmesa() => DrawsRed(new OffscreenLibraries(Egl: "libabsent.so"));

    [Fact]
    public void Without_either_it_says_what_to_install()
    {
        MotionException problem = Assert.Throws<MotionException>(() => OffscreenContext.Create(new OffscreenLibraries("libnoegl.so", "libnomesa.so")));
        Assert.Equal(ExitCode.MissingComponent, problem.ExitCode);
        Assert.Equal(
            "no picture without a display: EGL: libnoegl.so is missing (package libegl1); OSMesa: libnomesa.so is missing (package libosmesa6). "
            + "Install Debian's libegl1 and libgl1-mesa-dri, or libosmesa6",
            problem.Message);
    }

    [Theory]
    [InlineData(2, 1, false)]
    [InlineData(3, 2, false)]
    [InlineData(3, 3, true)]
    [InlineData(4, 0, true)]
    public void Opengl_older_than_3_3_is_refused(int major, int minor, bool isEnough)
    {
        OpenGlVersion version = new(major, minor, $"{major}.{minor} Old", "a card of long ago");
        if (isEnough)
        {
            Assert.Same(version, version.Required());
            return;
        }

        MotionException problem = Assert.Throws<MotionException>(version.Required);
        Assert.Equal(ExitCode.MissingComponent, problem.ExitCode);
        Assert.Contains($"OpenGL 3.3 or newer is needed, and a card of long ago offers {major}.{minor} Old", problem.Message, StringComparison.Ordinal);
    }

    private static void DrawsRed(OffscreenLibraries libraries)
    {
        using IGLContext context = OffscreenContext.Create(libraries);
        using GL gl = GL.GetApi(context);
        _ = OpenGlVersion.Of(gl).Required();
        using OffscreenTarget target = new(gl, 4, 2);
        gl.BindFramebuffer(FramebufferTarget.Framebuffer, target.Framebuffer);
        gl.ClearColor(1, 0.5f, 0, 1);
        gl.Clear(ClearBufferMask.ColorBufferBit);

        // The upper row in another colour: pictures are read from the top.
        gl.Enable(EnableCap.ScissorTest);
        gl.Scissor(0, 1, 4, 1);
        gl.ClearColor(0, 0, 1, 1);
        gl.Clear(ClearBufferMask.ColorBufferBit);
        gl.Disable(EnableCap.ScissorTest);
        byte[] pixels = new byte[4 * 2 * 3];
        target.ReadPixels(pixels);
        Assert.Equal([0, 0, 255], pixels[..3]);
        Assert.InRange(pixels[13], 127, 128);
        Assert.Equal((255, 0), (pixels[12], pixels[14]));
    }
}
