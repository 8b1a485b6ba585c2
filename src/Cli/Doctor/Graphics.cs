namespace Motion.Cli.Doctor;

/// <summary>Looks at what draws: OpenGL and the window library.</summary>
internal static class Graphics
{
    /// <summary>OpenGL and GLFW.</summary>
    public static Component OpenGl()
    {
        Component opengl = new() { Key = "opengl", Name = "OpenGL", WithoutIt = "no window and no pictures: view, play without --headless" };
        SharedLibrary? glfw = SharedLibrary.Open("libglfw.so.3");
        SharedLibrary? gl = SharedLibrary.Open("libGL.so.1");
        return (glfw, gl) switch
        {
            (null, _) => opengl with { Remark = "GLFW is missing: install libglfw3" },
            (_, null) => opengl with { Remark = "libGL is missing: install libgl1" },
            _ => opengl with { Present = true, Version = $"GLFW {glfw.Text("glfwGetVersionString")}", Path = gl.Path },
        };
    }
}
