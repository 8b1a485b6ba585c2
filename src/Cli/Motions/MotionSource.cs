using Motion.Sim.Characters;
using Motion.Sim.Clips;
using Motion.Sim.Clips.Analysis;
using Motion.Sim.Clips.Npz;
using Motion.Sim.Clips.Recording;
using Motion.Sim.Clips.Retargeting;
using Motion.Sim.Clips.Writing;
using Motion.Sim.Physics;

namespace Motion.Cli.Motions;

/// <summary>A motion that was named on the command line, as the character does it.</summary>
/// <param name="Clip">What the character does.</param>
/// <param name="Recorded">The recording that it was made from; null when the character itself was recorded.</param>
/// <param name="Remark">What a person should know about it, or null.</param>
internal sealed record MotionSource(CharacterClip Clip, AnalysedClip? Recorded, string? Remark = null)
{
    /// <summary>Finds it.</summary>
    /// <param name="name">A clip's id, a motion file, a recording, a dump of a failed world, or a folder of a run: its newest recording.</param>
    /// <param name="characterName">Name or file of the character; null for the shipped humanoid, or whoever a recording names.</param>
    /// <param name="folder">Folder of the catalogue; null for the shipped clips.</param>
    /// <param name="map">What a person knows about a motion file's skeleton, or null.</param>
    /// <exception cref="MotionException">Something that was named is not there or not good.</exception>
    public static MotionSource Find(string name, string? characterName, string? folder, SkeletonMap? map = null)
    {
        if (Recording(name, characterName) is { } recording)
        {
            return new MotionSource(recording.ToClip(), null);
        }

        if (IsDump(name))
        {
            return OfDump(name, characterName);
        }

        Character character = CharacterLibrary.Resolve(characterName ?? "humanoid");
        RawClip file = MotionFolder.Read(name, folder);
        if (CharactersOwn(file, character) is { } own)
        {
            return new MotionSource(own.ToClip(), null);
        }

        AnalysedClip understood = SkeletonAnalysis.Analyse(file, map);
        return new MotionSource(new Retargeter(character).Retarget(understood).Clip, understood);
    }

    /// <summary>The recording that a name stands for: a file, or the newest one in a folder; null when it is neither.</summary>
    /// <exception cref="InputException">The recording is not good, or the folder has none.</exception>
    public static MotionRecording? Recording(string name, string? characterName)
    {
        string? path = Directory.Exists(name) ? NewestRecording(name) : File.Exists(name) && RecordingNpz.Knows(name) ? name : null;
        return path is null ? null : RecordingNpz.Read(path, characterName is null ? null : CharacterLibrary.Resolve(characterName));
    }

    /// <summary>The character's own motion, as an import or an export left it; null when the file is of another skeleton.</summary>
    public static MotionRecording? CharactersOwn(RawClip file, Character character)
    {
        CharacterSkeleton skeleton = CharacterSkeleton.Of(character);
        if (file.Format != ClipFormat.Npz || !skeleton.Is(file.Skeleton))
        {
            return null;
        }

        Clip clip = ExportAxes.MetresZUp.Inside(file);
        return new MotionRecording
        {
            Name = clip.Name,
            Character = character,
            FrameRate = clip.FrameRate,
            Positions = skeleton.ToPositions(clip),
            Licence = clip.Licence,
            Captions = clip.Captions,
        };
    }

    private static bool IsDump(string name)
    {
        if (!File.Exists(name) || !name.EndsWith(".npz", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        using NpzFile archive = NpzFile.Open(name);
        return archive.Has("control_rate") && archive.Has("controls");
    }

    private static MotionSource OfDump(string path, string? characterName)
    {
        WorldDump dump = WorldDump.Read(path);
        Character character = CharacterLibrary.Resolve(characterName ?? dump.Character);
        WorldRecord[] good = [.. dump.States.TakeWhile(state => state.Positions.All(float.IsFinite))];
        if (good.Length < 2 || good[0].Positions.Length != character.PositionCount)
        {
            throw new InputException(
                path, 0, 0, $"wanted two or more states of the {character.PositionCount} positions of '{character.Name}', found {good.Length} that are finite, of '{dump.Character}'");
        }

        MotionRecording recording = new()
        {
            Name = $"{Path.GetFileNameWithoutExtension(path)} world {dump.World}",
            Character = character,
            FrameRate = dump.ControlRate,
            Positions = [.. good.SelectMany(state => state.Positions)],
        };
        int left = dump.States.Count - good.Length;
        return new MotionSource(
            recording.ToClip(), null, $"control steps {good[0].Step} to {good[^1].Step} of world {dump.World}{(left > 0 ? $"; {left} more are not finite and not shown" : "")}");
    }

    private static string NewestRecording(string folder) =>
        Directory.EnumerateFiles(folder, "*.npz", SearchOption.AllDirectories).OrderByDescending(File.GetLastWriteTimeUtc).FirstOrDefault(RecordingNpz.Knows)
        ?? throw new InputException(folder, 0, 0, "no recording (.npz) is in this folder or below; name a clip, a motion file or a recording");
}
