using System.Collections.Immutable;
using System.Numerics;
using Motion.Sim.Characters;
using Motion.Viewer.Live;

namespace Motion.Viewer.Tests.Live;

/// <summary>A clip that slides along X, a tenth of a metre a frame.</summary>
internal sealed class ToyReference(LiveWorld world) : ILiveReference
{
    public string Clip => "sliding";

    public int Frame => 5;

    public int Last => 30;

    public ImmutableArray<string> TermNames { get; } = ["pose", "place"];

    public ImmutableArray<float> Terms { get; } = [0.5f, 0.25f];

    public void Pose(int frame, Span<float> positions)
    {
        float[] rest = PositionVector.Rest(world.Character);
        rest.CopyTo(positions);
        PositionVector.SetRootPosition(world.Character.Joints[0], positions, PositionVector.RootPosition(world.Character.Joints[0], rest) + new Vector3(0.1f * frame, 0, 0));
    }

    public void StartAt(int frame)
    {
        float[] pose = new float[world.Character.PositionCount];
        Pose(frame, pose);
        world.Batch.Reset([0], pose, new float[world.Character.VelocityCount]);
    }
}
