using System.Collections.Immutable;
using Motion.Sim.Characters;
using Motion.Sim.Tracking;

namespace Motion.Policies.Planning;

/// <summary>
/// What the numbers of a planner's physical state are: those with which the tracking task shows a world its own state, then one for each foot, 1
/// while it bears weight. Seen from the root, turned by its heading: nothing changes when the character is moved or turned on the ground.
/// </summary>
public sealed record StateLayout
{
    /// <summary>Changes whenever the same numbers come to mean something else: data and models of another version do not fit.</summary>
    public const int Version = 1;

    /// <summary>Numbers that tell how the root is and moves: height, m; two axes; velocity, m/s; angular velocity, rad/s. They come first.</summary>
    public const int RootCount = 13;

    /// <summary>Force from which on a foot bears weight, N.</summary>
    public const float BearingForce = 20;

    /// <summary>The layout for a character.</summary>
    /// <param name="character">Who acts.</param>
    /// <exception cref="MotionException">The character has no free root, or lacks a hand, foot or head.</exception>
    public StateLayout(Character character)
    {
        ArgumentNullException.ThrowIfNull(character);
        Character = character;
        TrackingOptions tracking = new();
        (KeyBodies, Feet) = (tracking.KeyBodies, tracking.Feet);
        ObservationLayout tracked = ObservationLayout.Of(character, tracking);
        Parts = [.. tracked.Parts.TakeWhile(part => part.Start < tracked.StateCount), new ObservationPart("foot contacts", tracked.StateCount, Feet.Length)];
    }

    /// <summary>Whose state it is.</summary>
    public Character Character { get; }

    /// <summary>The parts, in order, without gaps.</summary>
    public ImmutableArray<ObservationPart> Parts { get; }

    /// <summary>Numbers in a state.</summary>
    public int Count => Parts[^1].Start + Parts[^1].Count;

    /// <summary>Numbers in an action: the joint targets of every actuator, rad.</summary>
    public int Actions => Character.Actuators.Length;

    /// <summary>Bodies whose places are part of a state.</summary>
    public ImmutableArray<string> KeyBodies { get; }

    /// <summary>Bodies that may touch the ground.</summary>
    public ImmutableArray<string> Feet { get; }

    /// <summary>The part of that name.</summary>
    /// <param name="name">As in <see cref="Parts"/>.</param>
    public ObservationPart Part(string name) => Parts.Single(part => part.Name == name);
}
