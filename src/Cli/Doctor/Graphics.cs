using System.Text.Json.Nodes;

namespace Motion.Cli.Doctor;

/// <summary>Looks at what draws: OpenGL and the window library.</summary>
internal static class Graphics
{
    /// <summary>OpenGL, who implements it, and GLFW.</summary>
    public static Component OpenGl()
    {
        Component opengl = new() { Key = "opengl", Name = "OpenGL", WithoutIt = "no window and no pictures: view, play without --headless" };
        SharedLibrary? glfw = SharedLibrary.Open("libglfw.so.3");
        SharedLibrary? gl = SharedLibrary.Open("libGL.so.1");
        if (glfw is null || gl is null)
        {
            return opengl with { Remark = glfw is null ? "GLFW is missing: install libglfw3" : "libGL is missing: install libgl1" };
        }

        string windows = ToolVersion.FirstVersion(glfw.Text("glfwGetVersionString"));
        (string Version, string Renderer)? drawing = SurfacelessContext.Describe();
        return opengl with
        {
            Present = true,
            Version = drawing?.Version ?? $"GLFW {windows}",
            Path = gl.Path,
            Remark = drawing is null ? $"GLFW {windows}; no drawing without a display here" : $"GLFW {windows}; drawn by {drawing.Value.Renderer}",
            Details = new Dictionary<string, JsonNode?> { ["glfw"] = windows, ["renderer"] = drawing?.Renderer },
        };
    }
}
