using System.Numerics;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Analysis;
using Motion.Sim.Clips.Readers;
using Motion.Sim.Clips.Retargeting;
using Motion.Testing;

namespace Motion.Sim.Tests.Clips.Retargeting;

public class RetargeterTests
{
    [RequiresFact("corpus")]
    public void A_recorded_walk_goes_where_the_recording_goes_scaled_by_the_legs()
    {
        AnalysedClip walk = SkeletonAnalysis.Analyse(BvhReader.Read(Path.Combine(Requirement.Corpus, "starter", "walk_forward.bvh")));
        Character humanoid = CharacterLibrary.Humanoid();
        CharacterClip clip = new Retargeter(humanoid).Retarget(walk).Clip;

        // Legs 0.83 m against 0.42 + 0.40 m of the recording; it travels 3.52 m forward (manifest).
        Vector3 travel = PositionVector.RootPosition(humanoid.Joints[0], clip.PositionsAt(clip.FrameCount - 1))
            - PositionVector.RootPosition(humanoid.Joints[0], clip.PositionsAt(0));
        Assert.InRange(travel.X, 3.3f, 3.8f);
        Assert.InRange(travel.Y, -0.5f, 0.5f);
    }
}
