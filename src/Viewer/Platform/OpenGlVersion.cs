using Silk.NET.OpenGL;

namespace Motion.Viewer.Platform;

/// <summary>Which OpenGL draws here.</summary>
/// <param name="Major">Its version.</param>
/// <param name="Minor">The version's second number.</param>
/// <param name="Text">The version as the driver puts it.</param>
/// <param name="Renderer">What draws.</param>
internal sealed record OpenGlVersion(int Major, int Minor, string Text, string Renderer)
{
    /// <summary>Asks the current context.</summary>
    public static OpenGlVersion Of(GL gl)
    {
        gl.GetInteger(GetPName.MajorVersion, out int major);
        gl.GetInteger(GetPName.MinorVersion, out int minor);
        return new OpenGlVersion(major, minor, gl.GetStringS(StringName.Version), gl.GetStringS(StringName.Renderer));
    }

    /// <summary>One line for people.</summary>
    public override string ToString() => $"OpenGL {Text}, {Renderer}";

    /// <summary>Checks that it is new enough.</summary>
    /// <exception cref="MotionException">It is older than 3.3.</exception>
    public OpenGlVersion Required() => Major > 3 || (Major == 3 && Minor >= 3)
        ? this
        : throw new MotionException(
            ExitCode.MissingComponent, $"OpenGL 3.3 or newer is needed, and {Renderer} offers {Text}: install a newer graphics driver, or Debian's libgl1-mesa-dri, which draws without a graphics card");
}
