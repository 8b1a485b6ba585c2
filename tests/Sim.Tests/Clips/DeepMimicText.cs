using System.Text;
using Motion.Sim.Clips;
using Motion.Sim.Clips.Readers;

namespace Motion.Sim.Tests.Clips;

/// <summary>Small DeepMimic files for tests.</summary>
internal static class DeepMimicText
{
    private const string Ball = "1, 0, 0, 0";

    /// <summary>A row with a root position, a right knee and a left elbow of its own; everything else at rest.</summary>
    public static string Row(double seconds = 0.0333, string root = "0, 0.9, 0", double rightKnee = 0, double leftElbow = 0) =>
        FormattableString.Invariant(
            $"[{seconds}, {root}, {Ball}, {Ball}, {Ball}, {Ball}, {rightKnee}, {Ball}, {Ball}, 0, {Ball}, 0, {Ball}, {Ball}, {leftElbow}]");

    /// <summary>A file of rows.</summary>
    public static string Of(params string[] rows) => $"{{\n\"Loop\": \"wrap\",\n\"Frames\":\n[\n{string.Join(",\n", rows)}\n]\n}}\n";

    /// <summary>Reads text.</summary>
    public static RawClip Read(string text) => DeepMimicReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "small.txt");
}
