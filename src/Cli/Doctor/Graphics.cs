using System.Text.Json.Nodes;
using Motion.Viewer.Platform;

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
        GraphicsCheck drawing = GraphicsCheck.Here();
        string panels = drawing.HasPanels ? "" : "; no panels in windows: install libimgui-dev, then run native/build.sh";
        return opengl with
        {
            Present = true,
            Version = drawing.Version ?? $"GLFW {windows}",
            Path = gl.Path,
            Remark = $"GLFW {windows}; {(drawing.Problem is null ? $"drawn by {drawing.Renderer}" : "no drawing without a display here")}{panels}",
            Details = new Dictionary<string, JsonNode?> { ["glfw"] = windows, ["renderer"] = drawing.Renderer, ["panels"] = drawing.HasPanels },
        };
    }
}
