using Motion.Sim.Characters;

namespace Motion.Sim.Tracking;

/// <summary>One joint besides the root, as tracking sees it.</summary>
/// <param name="IsBall">Whether it has three axes; else it is a hinge.</param>
/// <param name="Position">Its first coordinate in a position vector.</param>
/// <param name="Velocity">Its first coordinate in a velocity vector.</param>
/// <param name="Weight">Its weight in the reward.</param>
internal readonly record struct TrackedJoint(bool IsBall, int Position, int Velocity, float Weight);

/// <summary>A character compiled for tracking.</summary>
internal sealed class TrackingModel
{
    /// <exception cref="MotionException">The character has no free root, or lacks a body that the options name.</exception>
    public TrackingModel(Character character, TrackingOptions options)
    {
        Character = character;
        Options = options;
        Joint root = character.Joints.FirstOrDefault(joint => joint.Kind == JointKind.Free)
            ?? throw new MotionException(ExitCode.BadInput, $"character '{character.Name}' has no free joint: tracking wants a character whose root floats");
        RootPosition = root.PositionIndex;
        RootVelocity = root.VelocityIndex;
        RootBody = root.Body;
        Joints =
        [
            .. character.Joints.Where(joint => joint.Kind != JointKind.Free).Select(joint =>
                new TrackedJoint(joint.Kind == JointKind.Ball, joint.PositionIndex, joint.VelocityIndex, options.Reward.WeightOf(joint.Name))),
        ];
        KeyBodies = [.. options.KeyBodies.Select(name => Body(name, nameof(options.KeyBodies)))];
        Feet = [.. options.Feet.Select(name => Body(name, nameof(options.Feet)))];
        BodyCount = character.Bodies.Length;
        PositionCount = character.PositionCount;
        VelocityCount = character.VelocityCount;
        ActionCount = character.Actuators.Length;
        Layout = ObservationLayout.Of(this);
    }

    public Character Character { get; }

    public TrackingOptions Options { get; }

    public int RootPosition { get; }

    public int RootVelocity { get; }

    public int RootBody { get; }

    public TrackedJoint[] Joints { get; }

    public int[] KeyBodies { get; }

    public int[] Feet { get; }

    public int BodyCount { get; }

    public int PositionCount { get; }

    public int VelocityCount { get; }

    public int ActionCount { get; }

    public ObservationLayout Layout { get; }

    private int Body(string name, string option)
    {
        int body = Character.Bodies.Select(known => known.Name).ToList().IndexOf(name);
        if (body >= 0)
        {
            return body;
        }

        string? nearest = NearestName.Find(name, Character.Bodies.Select(known => known.Name));
        throw new MotionException(
            ExitCode.BadConfiguration,
            $"{option} names '{name}', which '{Character.Name}' does not have; {(nearest is null ? $"it has {string.Join(", ", Character.Bodies.Select(known => known.Name))}" : $"did you mean '{nearest}'?")}");
    }
}
