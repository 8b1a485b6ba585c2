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
    // What moving as a sentence says weighs beside another task: more, and characters keep to their gait where they should turn.
    private const double Weight = 0.5;

    // What a m/s faster or slower than meant costs beside it: more, and nobody slows down to turn.
    private const double PaceWeight = 0.5;

    /// <summary>No gait in particular.</summary>
    public static Gait None { get; } = new([], null);

    /// <summary>A task, done so.</summary>
    public IObjective Of(IObjective task)
    {
        List<(double, IObjective)> terms = [(1, (task, Pace) switch
        {
            (GoToPoint point, { } pace) => point with { Speed = pace },
            (FollowPath path, { } pace) => path with { Speed = pace },
            _ => task,
        })];
        if (Pace is { } speed)
        {
            terms.Add((PaceWeight, new KeepSpeed(speed)));
        }

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
