using System.Collections.Immutable;
using System.Numerics;

namespace Motion.Sim.Characters;

/// <summary>What a person wants to know of a character at a glance.</summary>
public sealed record CharacterReport
{
    /// <summary>Name of the model.</summary>
    public required string Name { get; init; }

    /// <summary>Sum of the bodies' masses, kg.</summary>
    public required float TotalMass { get; init; }

    /// <summary>From the lowest to the highest point of its shapes in the rest pose, m.</summary>
    public required float Height { get; init; }

    /// <summary>Centre of mass in the world in the rest pose, m.</summary>
    public required Vector3 CenterOfMass { get; init; }

    /// <summary>Degrees of freedom of the floating root: 6, or 0 when it is fixed.</summary>
    public required int RootDegrees { get; init; }

    /// <summary>Degrees of freedom of all other joints.</summary>
    public required int JointDegrees { get; init; }

    /// <summary>Pairs of its own shapes that may touch.</summary>
    public required int SelfCollisionPairs { get; init; }

    /// <summary>Its bodies, parents first.</summary>
    public required ImmutableArray<BodyReport> Bodies { get; init; }

    /// <summary>Its joints, without the floating root.</summary>
    public required ImmutableArray<JointReport> Joints { get; init; }

    /// <summary>What was read as something near it: see <see cref="Character.Approximations"/>.</summary>
    public required ImmutableArray<string> Approximations { get; init; }

    /// <summary>The report of a character.</summary>
    public static CharacterReport Of(Character character)
    {
        ArgumentNullException.ThrowIfNull(character);
        Vector3[] positions = new Vector3[character.Bodies.Length];
        Quaternion[] rotations = new Quaternion[character.Bodies.Length];
        ForwardKinematics.Compute(character, PositionVector.Rest(character), positions, rotations);
        MassProperties whole = MassProperties.Join(
            [.. character.Bodies.Select((body, i) => new MassProperties(body.Mass, positions[i] + Vector3.Transform(body.CenterOfMass, rotations[i]), default))]);
        Joint[] inner = [.. character.Joints.Where(joint => joint.Kind != JointKind.Free)];
        int innerDegrees = inner.Sum(joint => joint.VelocityCount);
        return new CharacterReport
        {
            Name = character.Name,
            TotalMass = character.TotalMass,
            Height = HeightOf(character, positions, rotations),
            CenterOfMass = whole.Center,
            RootDegrees = character.VelocityCount - innerDegrees,
            JointDegrees = innerDegrees,
            SelfCollisionPairs = CollisionPairs.Among(character).Length,
            Bodies = [.. character.Bodies.Select((body, i) => Describe(character, body, i))],
            Joints = [.. inner.Select(joint => Describe(character, joint))],
            Approximations = character.Approximations,
        };
    }

    private static BodyReport Describe(Character character, Body body, int index) => new(
        body.Name,
        body.Parent < 0 ? "" : character.Bodies[body.Parent].Name,
        body.Mass,
        [.. character.Shapes.Where(shape => shape.Body == index).Select(shape => shape.Kind)]);

    private static JointReport Describe(Character character, Joint joint)
    {
        int index = character.Joints.IndexOf(joint);
        return new JointReport(joint, character.Bodies[joint.Body].Name, [.. character.Actuators.Where(drive => drive.Joint == index).Select(DriveReport.Of).Distinct()]);
    }

    private static float HeightOf(Character character, Vector3[] positions, Quaternion[] rotations)
    {
        if (character.Shapes.IsEmpty)
        {
            return 0;
        }

        (float Lowest, float Highest)[] extents = [.. character.Shapes.Select(shape =>
        {
            Quaternion rotation = rotations[shape.Body] * shape.Rotation;
            float center = (positions[shape.Body] + Vector3.Transform(shape.Position, rotations[shape.Body])).Z;
            float reach = ReachUp(shape, rotation);
            return (center - reach, center + reach);
        })];
        return extents.Max(extent => extent.Highest) - extents.Min(extent => extent.Lowest);
    }

    /// <summary>How far a shape reaches above its centre.</summary>
    private static float ReachUp(Shape shape, Quaternion rotation)
    {
        Vector3 up = Vector3.Abs(Vector3.Transform(Vector3.UnitZ, Quaternion.Conjugate(rotation)));
        return shape.Kind switch
        {
            ShapeKind.Box => Vector3.Dot(up, shape.Size),
            ShapeKind.Capsule => shape.Size.X + (shape.Size.Y * up.Z),
            _ => shape.Size.X,
        };
    }
}

/// <summary>One body in a <see cref="CharacterReport"/>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Parent">Its parent's name, empty for the root.</param>
/// <param name="Mass">Mass, kg.</param>
/// <param name="Shapes">Kinds of its shapes.</param>
public sealed record BodyReport(string Name, string Parent, float Mass, ImmutableArray<ShapeKind> Shapes);

/// <summary>One joint in a <see cref="CharacterReport"/>.</summary>
/// <param name="Joint">The joint.</param>
/// <param name="Body">Name of the body it moves.</param>
/// <param name="Drives">Its actuators, those with equal figures told once.</param>
public sealed record JointReport(Joint Joint, string Body, ImmutableArray<DriveReport> Drives);

/// <summary>What an actuator does at its joint, gear included.</summary>
/// <param name="Kp">Proportional gain, N·m/rad; 0 for a motor.</param>
/// <param name="Kd">Velocity gain, N·m·s/rad; 0 for a motor.</param>
/// <param name="TorqueLimit">Largest torque either way, N·m; infinite when nothing bounds it.</param>
public readonly record struct DriveReport(float Kp, float Kd, float TorqueLimit)
{
    /// <summary>What an actuator does.</summary>
    public static DriveReport Of(Actuator actuator)
    {
        ArgumentNullException.ThrowIfNull(actuator);
        float force = MathF.Max(MathF.Abs(actuator.ForceLower), MathF.Abs(actuator.ForceUpper));
        if (actuator.IsMotor)
        {
            float control = MathF.Max(MathF.Abs(actuator.ControlLower), MathF.Abs(actuator.ControlUpper));
            force = MathF.Min(force, (MathF.Abs(actuator.Gain) * control) + MathF.Abs(actuator.Bias));
        }

        float gear = MathF.Abs(actuator.Gear);
        return new DriveReport(gear * gear * actuator.Kp, gear * gear * actuator.Kd, gear * force);
    }
}
