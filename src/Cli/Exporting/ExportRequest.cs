using Motion.Cli.Motions;
using Motion.Sim.Characters;
using Motion.Sim.Clips;
using Motion.Sim.Clips.Analysis;
using Motion.Sim.Clips.Recording;
using Motion.Sim.Clips.Retargeting;
using Motion.Sim.Clips.Writing;

namespace Motion.Cli.Exporting;

/// <summary>Which motion <c>./motion export</c> was asked for, and on whose skeleton.</summary>
/// <param name="Source">A clip's id, a motion file, a recording, or a folder of a run with recordings in it, of which the newest is taken.</param>
/// <param name="Skeleton">Whose skeleton: <c>character</c>, <c>own</c>, or a file of the rig to return to.</param>
/// <param name="Character">Name or file of the character; null for the shipped humanoid, or whoever a recording names.</param>
/// <param name="Motions">Folder of the catalogue; null for the shipped clips.</param>
internal sealed record ExportRequest(string Source, string Skeleton, string? Character, string? Motions)
{
    /// <summary>Refuses to write over what is read.</summary>
    /// <param name="paths">The files to write.</param>
    /// <exception cref="MotionException">One of them is the source or the rig.</exception>
    public void DemandOthers(IEnumerable<string> paths)
    {
        string[] read = [.. new[] { Source, Skeleton, Character }.OfType<string>().Where(File.Exists).Select(Path.GetFullPath)];
        if (paths.FirstOrDefault(path => read.Contains(Path.GetFullPath(path))) is { } same)
        {
            throw new MotionException(ExitCode.BadConfiguration, $"nothing was written: '{same}' is read for this; give the export another name");
        }
    }

    /// <summary>Brings the motion onto the skeleton that was asked for.</summary>
    /// <exception cref="MotionException">Something that was named is not there or not good.</exception>
    public ExportMotion Prepare()
    {
        string? recording = Directory.Exists(Source) ? NewestRecording(Source) : File.Exists(Source) && RecordingNpz.Knows(Source) ? Source : null;
        if (recording is not null)
        {
            return On(RecordingNpz.Read(recording, Character is null ? null : CharacterLibrary.Resolve(Character)));
        }

        Character character = CharacterLibrary.Resolve(Character ?? "humanoid");
        CharacterSkeleton skeleton = CharacterSkeleton.Of(character);
        RawClip file = MotionFolder.Read(Source, Motions);
        if (file.Format == ClipFormat.Npz && skeleton.Is(file.Skeleton))
        {
            // The character's own motion, as an import or an export left it.
            Clip clip = ExportAxes.MetresZUp.Inside(file);
            return On(new MotionRecording
            {
                Name = clip.Name,
                Character = character,
                FrameRate = clip.FrameRate,
                Positions = skeleton.ToPositions(clip),
                Licence = clip.Licence,
                Captions = clip.Captions,
            });
        }

        AnalysedClip understood = SkeletonAnalysis.Analyse(file);
        return Skeleton == "own" ? new ExportMotion(TPose.Rebase(understood)) : On(MotionRecording.Of(new Retargeter(character).Retarget(understood).Clip));
    }

    private ExportMotion On(MotionRecording motion)
    {
        if (Skeleton is "character" or "own")
        {
            return motion.OnCharacter();
        }

        RawClip rig = MotionFolder.Read(Skeleton, Motions);
        return motion.OnRig(new RigFile(rig, SkeletonAnalysis.Analyse(rig)));
    }

    private static string NewestRecording(string folder) =>
        Directory.EnumerateFiles(folder, "*.npz", SearchOption.AllDirectories).OrderByDescending(File.GetLastWriteTimeUtc).FirstOrDefault(RecordingNpz.Knows)
        ?? throw new InputException(folder, 0, 0, "no recording (.npz) is in this folder or below; name a clip, a motion file or a recording");
}
