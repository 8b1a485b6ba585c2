using System.Runtime.InteropServices;
using Motion.Viewer.Interface;
using Silk.NET.Core.Contexts;
using Silk.NET.OpenGL;

namespace Motion.Viewer.Platform;

/// <summary>What there is here to draw with.</summary>
/// <param name="Version">OpenGL's version without a display; null when there is none.</param>
/// <param name="Renderer">What draws; null when nothing does.</param>
/// <param name="Problem">Why nothing can be drawn without a display; null when it can.</param>
/// <param name="HasPanels">Whether Dear ImGui is there for windows.</param>
public sealed record GraphicsCheck(string? Version, string? Renderer, string? Problem, bool HasPanels)
{
    /// <summary>Looks.</summary>
    public static GraphicsCheck Here()
    {
        bool hasPanels = InterfaceLibrary.Places(Environment.GetEnvironmentVariable("MOTION_NATIVE"), AppContext.BaseDirectory)
            .FirstOrDefault(File.Exists) is { } library && NativeLibrary.TryLoad(library, out _);
        try
        {
            using IGLContext context = OffscreenContext.Create();
            using GL gl = GL.GetApi(context);
            OpenGlVersion version = OpenGlVersion.Of(gl).Required();
            return new GraphicsCheck(version.Text, version.Renderer, null, hasPanels);
        }
        catch (MotionException problem)
        {
            return new GraphicsCheck(null, null, problem.Message, hasPanels);
        }
    }
}
