using Motion.Cli.Motions;
using Motion.Sim.Characters;
using Motion.Sim.Clips;
using Motion.Sim.Clips.Analysis;
using Motion.Sim.Clips.Recording;
using Motion.Sim.Clips.Retargeting;
using Motion.Sim.Clips.Writing;

namespace Motion.Cli.Exporting;

/// <summary>Which motion <c>./motion export</c> was asked for, and on whose skeleton.</summary>
/// <param name="Source">A clip's id, a motion file, or a recording.</param>
/// <param name="Skeleton">Whose skeleton: <c>character</c>, <c>own</c>, or a file of the rig to return to.</param>
/// <param name="Character">Name or file of the character; null for the shipped humanoid, or whoever a recording names.</param>
/// <param name="Motions">Folder of the catalogue; null for the shipped clips.</param>
internal sealed record ExportRequest(string Source, string Skeleton, string? Character, string? Motions)
{
    /// <summary>Brings the motion onto the skeleton that was asked for.</summary>
    /// <exception cref="MotionException">Something that was named is not there or not good.</exception>
    public ExportMotion Prepare()
    {
        bool isRecording = File.Exists(Source) && RecordingNpz.Knows(Source);
        if (Skeleton == "own" && !isRecording)
        {
            return new ExportMotion(TPose.Rebase(SkeletonAnalysis.Analyse(MotionFolder.Read(Source, Motions))));
        }

        MotionRecording motion = isRecording
            ? RecordingNpz.Read(Source, Character is null ? null : CharacterLibrary.Resolve(Character))
            : MotionRecording.Of(new Retargeter(CharacterLibrary.Resolve(Character ?? "humanoid")).Retarget(SkeletonAnalysis.Analyse(MotionFolder.Read(Source, Motions))).Clip);
        return Skeleton is "character" or "own" ? motion.OnCharacter() : motion.OnRig(Understood(MotionFolder.Read(Skeleton, Motions)));
    }

    private static RigFile Understood(RawClip rig) => new(rig, SkeletonAnalysis.Analyse(rig));
}
