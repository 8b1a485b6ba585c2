using System.Collections.Immutable;
using Motion.Sim.Characters;

namespace Motion.Sim.Tracking;

/// <summary>A run of numbers within an observation.</summary>
/// <param name="Name">What they are.</param>
/// <param name="Start">Index of the first.</param>
/// <param name="Count">How many.</param>
public sealed record ObservationPart(string Name, int Start, int Count);

/// <summary>
/// What the numbers of an observation are. All of it is seen from the root: turned by its heading, and placed by it except for its height, so that
/// nothing changes when character and reference are moved or turned on the ground together. Rotations are two of a matrix's columns, the turned x
/// and z axes (Zhou et al., "On the continuity of rotation representations", 2019, with MimicKit's choice of columns).
/// </summary>
/// <param name="Parts">The parts, in order, without gaps.</param>
public sealed record ObservationLayout(ImmutableArray<ObservationPart> Parts)
{
    /// <summary>Changes whenever the same numbers come to mean something else: checkpoints of another version do not fit.</summary>
    public const int Version = 1;

    /// <summary>Numbers in an observation.</summary>
    public int Count => Parts[^1].Start + Parts[^1].Count;

    /// <summary>Numbers before the first target's: the world's own state.</summary>
    public int StateCount => Parts.First(part => part.Name.StartsWith("target", StringComparison.Ordinal)).Start;

    /// <summary>The layout for a character.</summary>
    public static ObservationLayout Of(Character character, TrackingOptions options) => new TrackingModel(character, options).Layout;

    internal static ObservationLayout Of(TrackingModel model)
    {
        List<ObservationPart> parts = [];
        void Add(string name, int count) => parts.Add(new ObservationPart(name, parts.Count == 0 ? 0 : parts[^1].Start + parts[^1].Count, count));
        int rotations = model.Joints.Sum(joint => joint.IsBall ? 6 : 1);
        Add("root height", 1);
        Add("root rotation", 6);
        Add("root linear velocity", 3);
        Add("root angular velocity", 3);
        Add("joint rotations", rotations);
        Add("joint velocities", model.Joints.Sum(joint => joint.IsBall ? 3 : 1));
        Add("key bodies", 3 * model.KeyBodies.Length);
        foreach (int step in model.Options.TargetSteps)
        {
            Add($"target +{step} root position", 3);
            Add($"target +{step} root rotation", 6);
            Add($"target +{step} joint rotations", rotations);
            Add($"target +{step} key bodies", 3 * model.KeyBodies.Length);
        }

        return new ObservationLayout([.. parts]);
    }
}
