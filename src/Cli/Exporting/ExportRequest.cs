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
        if (MotionSource.Recording(Source, Character) is { } recording)
        {
            return On(recording);
        }

        Character character = CharacterLibrary.Resolve(Character ?? "humanoid");
        RawClip file = MotionFolder.Read(Source, Motions);
        if (MotionSource.CharactersOwn(file, character) is { } own)
        {
            return On(own);
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
}
