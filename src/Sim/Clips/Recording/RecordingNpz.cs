using System.Collections.Immutable;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Npz;

namespace Motion.Sim.Clips.Recording;

/// <summary>
/// A recording as an archive. Arrays: <c>format</c> (<see cref="FormatName"/>), <c>name</c>, <c>character</c> (its name), <c>licence</c>
/// (texts), <c>captions</c> [caption], <c>frame_rate</c> (frames a second), <c>positions</c> [frame, position] (MuJoCo's layout, metres and
/// radians, Z up). Further arrays are passed over.
/// </summary>
public static class RecordingNpz
{
    /// <summary>What the array <c>format</c> says.</summary>
    public const string FormatName = "motion-recording 1";

    /// <summary>Writes a recording, whole or not at all.</summary>
    /// <exception cref="MotionException">It has no frames, or the place cannot be written.</exception>
    public static void Write(string path, MotionRecording recording)
    {
        ArgumentNullException.ThrowIfNull(recording);
        if (recording.FrameCount == 0)
        {
            throw new MotionException(ExitCode.BadInput, $"{path}: nothing was written: the recording has no frames");
        }

        NpzWriter.Write(path,
        [
            new("format", NpyArray.Of(FormatName)),
            new("name", NpyArray.Of(recording.Name)),
            new("character", NpyArray.Of(recording.Character.Name)),
            new("licence", NpyArray.Of(recording.Licence)),
            new("captions", NpyArray.Of(recording.Captions)),
            new("frame_rate", NpyArray.Of(recording.FrameRate)),
            new("positions", NpyArray.Of(recording.Positions, recording.FrameCount, recording.Character.PositionCount)),
        ]);
    }

    /// <summary>Whether a file is such an archive.</summary>
    /// <exception cref="InputException">It cannot be read at all.</exception>
    public static bool Knows(string path)
    {
        if (!path.EndsWith(".npz", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        using NpzFile archive = NpzFile.Open(path);
        return archive.Has("format") && archive.ReadTexts("format") is [FormatName];
    }

    /// <summary>Reads a recording.</summary>
    /// <param name="path">The file.</param>
    /// <param name="character">Who moved; the shipped character that the file names when null.</param>
    /// <exception cref="InputException">The file is not good, or belongs to another character.</exception>
    public static MotionRecording Read(string path, Character? character = null)
    {
        using NpzFile archive = NpzFile.Open(path);
        string name = OneText(archive, "character");
        if (character is null && !CharacterLibrary.Names.Contains(name))
        {
            throw archive.Wrong("character", $"'{name}' is not shipped; name its file");
        }

        character ??= CharacterLibrary.Resolve(name);
        double[] positions = archive.ReadNumbers("positions", out ImmutableArray<int> shape, -1, -1);
        if (shape[0] < 1 || shape[1] != character.PositionCount)
        {
            throw archive.Wrong("positions", $"wanted frames of the {character.PositionCount} positions of '{character.Name}', found [{shape[0]}, {shape[1]}] of '{name}'");
        }

        double rate = archive.ReadNumbers("frame_rate")[0];
        return new MotionRecording
        {
            Name = OneText(archive, "name"),
            Character = character,
            FrameRate = rate is > 0 and <= 1e5 ? rate : throw archive.Wrong("frame_rate", $"wanted frames a second above 0, found {rate}"),
            Positions = [.. positions.Select(value => (float)value)],
            Licence = OneText(archive, "licence"),
            Captions = [.. archive.ReadTexts("captions")],
        };
    }

    private static string OneText(NpzFile archive, string name) => archive.ReadTexts(name) is [string text] ? text
        : throw archive.Wrong(name, "wanted one text, found a list");
}
