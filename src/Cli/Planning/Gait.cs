using System.Collections.Immutable;
using System.Numerics;
using Motion.Policies.Planning;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Retargeting;

namespace Motion.Cli.Planning;

/// <summary>How something shall be done: as a sentence says, and as fast as the clip goes that it means.</summary>
/// <param name="Sentence">Its latent; empty for no sentence.</param>
/// <param name="Pace">Mean speed over the ground, m/s; null where no clip is meant.</param>
internal sealed record Gait(ImmutableArray<float> Sentence, float? Pace)
{
    // What moving as a sentence says weighs beside another task.
    private const double Weight = 1;

    // What a m/s off the pace costs where there is no place to go to; and what one too many does where there is: less, and characters run where they should walk.
    private const double PaceWeight = 0.5;
    private const double HasteWeight = 2;

    // What facing a point earns: less, and characters walk backward to it.
    private const float Facing = 2;

    /// <summary>No gait in particular.</summary>
    public static Gait None { get; } = new([], null);

    /// <summary>A task, done so.</summary>
    public IObjective Of(IObjective task)
    {
        List<(double, IObjective)> terms = Pace is not { } pace ? [(1, task)] : task switch
        {
            GoToPoint point => [(1, point with { Speed = pace, Facing = Facing }), (HasteWeight, new SpeedLimit(pace))],
            FollowPath path => [(1, path with { Speed = pace }), (HasteWeight, new SpeedLimit(pace))],
            _ => [(1, task), (PaceWeight, new KeepSpeed(pace))],
        };
        if (!Sentence.IsEmpty)
        {
            terms.Add((Weight, new LikeSentence(Sentence)));
        }

        return terms.Count == 1 ? task : new WeightedObjective(terms);
    }

    /// <summary>How fast the root goes over the ground in a clip, on average, m/s.</summary>
    public static float PaceOf(CharacterClip clip)
    {
        Joint root = clip.Character.Joints.First(joint => joint.Kind == JointKind.Free);
        Vector2[] places = [.. Enumerable.Range(0, clip.FrameCount).Select(frame => PositionVector.RootPosition(root, clip.PositionsAt(frame))).Select(place => new Vector2(place.X, place.Y))];
        return (float)(places.Zip(places.Skip(1), Vector2.Distance).Sum() / Math.Max(clip.Duration, 1e-6));
    }
}
