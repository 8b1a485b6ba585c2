namespace Motion.Viewer.Interface;

/// <summary>The letters of panels.</summary>
internal static class PanelFont
{
    private static readonly string[] s_known = ["/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf"];

    /// <summary>A font of the system, or null for the built-in one: without it letters are smaller and only western.</summary>
    public static string? Find() => s_known.FirstOrDefault(File.Exists);
}
