using System.Numerics;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Analysis;
using Motion.Sim.Clips.Readers;
using Motion.Sim.Clips.Retargeting;
using Motion.Testing;

namespace Motion.Viewer.Tests;

/// <summary>Motions to look at.</summary>
internal static class Motions
{
    private static readonly Character Humanoid = CharacterLibrary.Humanoid();

    /// <summary>A second of standing at the origin facing X, thirty frames, the left foot resting throughout.</summary>
    public static CharacterClip Standing(Action<int, float[]>? change = null)
    {
        const int Frames = 31;
        float[] positions = [.. Enumerable.Range(0, Frames).SelectMany(frame =>
        {
            float[] at = PositionVector.Rest(Humanoid);
            change?.Invoke(frame, at);
            return at;
        })];
        return new CharacterClip
        {
            Name = "standing",
            Character = Humanoid,
            FrameRate = 30,
            Positions = positions,
            Velocities = [],
            Contacts = [.. Enumerable.Repeat(FootContacts.Left, Frames)],
        }.WithVelocities();
    }

    /// <summary>The same at another place.</summary>
    public static CharacterClip StandingAt(Vector3 shift) => Standing((_, positions) =>
        PositionVector.SetRootPosition(Humanoid.Joints[0], positions, PositionVector.RootPosition(Humanoid.Joints[0], positions) + shift));

    public static (AnalysedClip Recording, CharacterClip Clip) Shipped(string name)
    {
        AnalysedClip recording = SkeletonAnalysis.Analyse(BvhReader.Read(Repository.PathOf("motions", name + ".bvh")));
        return (recording, new Retargeter(Humanoid).Retarget(recording).Clip);
    }
}
