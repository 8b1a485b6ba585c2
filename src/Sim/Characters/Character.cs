using System.Collections.Immutable;
using System.Numerics;

namespace Motion.Sim.Characters;

/// <summary>
/// An articulated character: a tree of bodies with their joints, shapes and actuators, as read from MJCF.
/// Bodies come in depth-first order, every parent before its children. Lengths in metres, masses in kilograms, angles in
/// radians; Z is up and the rest pose faces +X with its left along +Y.
/// </summary>
/// <remarks>
/// Generalised coordinates follow MuJoCo. Positions: free joint x y z then quaternion w x y z; ball joint quaternion
/// w x y z; hinge angle. Velocities: free joint linear (world frame) then angular (body frame); ball joint angular
/// (child body frame); hinge rate.
/// </remarks>
public sealed record Character
{
    /// <summary>Name of the model.</summary>
    public required string Name { get; init; }

    /// <summary>Bodies, parents first. Joints of a body are consecutive in <see cref="Joints"/>.</summary>
    public required ImmutableArray<Body> Bodies { get; init; }

    /// <summary>Joints in body order; within a body, in the order in which they act (first is nearest the parent).</summary>
    public required ImmutableArray<Joint> Joints { get; init; }

    /// <summary>Collision shapes.</summary>
    public required ImmutableArray<Shape> Shapes { get; init; }

    /// <summary>Actuators, each driving one axis of one joint.</summary>
    public required ImmutableArray<Actuator> Actuators { get; init; }

    /// <summary>Pairs of body indices (−1 for the world) that never collide, besides parent and child, which never do.</summary>
    public ImmutableArray<(int First, int Second)> ExcludedPairs { get; init; } = [];

    /// <summary>Limits on weighted sums of hinge angles.</summary>
    public ImmutableArray<TendonLimit> TendonLimits { get; init; } = [];

    /// <summary>Position vector of standing at ease: the key named stand; empty when the file has none.</summary>
    public ImmutableArray<float> Stand { get; init; } = [];

    /// <summary>What was read as something near it rather than as it stood, each with its place in the file.</summary>
    public ImmutableArray<string> Approximations { get; init; } = [];

    /// <summary>Shapes that belong to the world: ground planes and fixed boxes, in world coordinates.</summary>
    public ImmutableArray<Shape> WorldShapes { get; init; } = [];

    /// <summary>Gravity in the world frame, m/s².</summary>
    public Vector3 Gravity { get; init; } = new(0, 0, -9.81f);

    /// <summary>Length of a position vector (free 7, ball 4, hinge 1).</summary>
    public int PositionCount => Joints.IsEmpty ? 0 : Joints[^1].PositionIndex + Joints[^1].PositionCount;

    /// <summary>Length of a velocity vector: the degrees of freedom (free 6, ball 3, hinge 1).</summary>
    public int VelocityCount => Joints.IsEmpty ? 0 : Joints[^1].VelocityIndex + Joints[^1].VelocityCount;

    /// <summary>Sum of the bodies' masses, kg.</summary>
    public float TotalMass => Bodies.Sum(body => body.Mass);

    /// <summary>Index of the body of that name.</summary>
    /// <exception cref="KeyNotFoundException">No body has that name.</exception>
    public int BodyIndex(string name)
    {
        for (int body = 0; body < Bodies.Length; body++)
        {
            if (Bodies[body].Name == name)
            {
                return body;
            }
        }

        throw new KeyNotFoundException($"character '{Name}' has no body '{name}'; it has {string.Join(", ", Bodies.Select(b => b.Name))}");
    }
}

/// <summary>One rigid body.</summary>
/// <param name="Name">Name, unique within the character.</param>
/// <param name="Parent">Index of the parent body, or −1 for the world.</param>
/// <param name="Position">Origin in the parent's frame at rest, m.</param>
/// <param name="Rotation">Orientation in the parent's frame at rest.</param>
/// <param name="Mass">Mass, kg.</param>
/// <param name="CenterOfMass">Centre of mass in the body's frame, m.</param>
/// <param name="Inertia">Rotational inertia about the centre of mass, in the body's axes, kg·m².</param>
/// <param name="FirstJoint">Index of the body's first joint.</param>
/// <param name="JointCount">How many joints it has; 0 means welded to the parent.</param>
public sealed record Body(
    string Name, int Parent, Vector3 Position, Quaternion Rotation, float Mass, Vector3 CenterOfMass, SymmetricMatrix Inertia, int FirstJoint, int JointCount);

/// <summary>What a joint lets its body do.</summary>
public enum JointKind
{
    /// <summary>Six degrees of freedom: a body that floats.</summary>
    Free,

    /// <summary>Three rotational degrees of freedom.</summary>
    Ball,

    /// <summary>One rotation about an axis.</summary>
    Hinge,
}

/// <summary>One joint between a body and its parent.</summary>
public sealed record Joint
{
    /// <summary>Name, unique within the character.</summary>
    public required string Name { get; init; }

    /// <summary>The body it moves.</summary>
    public required int Body { get; init; }

    /// <summary>Its kind.</summary>
    public required JointKind Kind { get; init; }

    /// <summary>Anchor in the body's frame, m.</summary>
    public Vector3 Anchor { get; init; }

    /// <summary>Hinge axis in the body's frame, unit length.</summary>
    public Vector3 Axis { get; init; } = Vector3.UnitZ;

    /// <summary>Whether <see cref="Lower"/> and <see cref="Upper"/> hold.</summary>
    public bool Limited { get; init; }

    /// <summary>Smallest hinge angle, rad; 0 for a ball joint.</summary>
    public float Lower { get; init; }

    /// <summary>Largest hinge angle, or largest total rotation of a ball joint from rest, rad.</summary>
    public float Upper { get; init; }

    /// <summary>Inertia added to each of the joint's axes, kg·m².</summary>
    public float Armature { get; init; }

    /// <summary>Passive spring, N·m/rad, toward <see cref="SpringReference"/> (a ball joint's: toward rest).</summary>
    public float Stiffness { get; init; }

    /// <summary>Passive damping, N·m·s/rad.</summary>
    public float Damping { get; init; }

    /// <summary>Angle at which a hinge's passive spring is slack, rad.</summary>
    public float SpringReference { get; init; }

    /// <summary>Where its coordinates start in a position vector.</summary>
    public required int PositionIndex { get; init; }

    /// <summary>Where its coordinates start in a velocity vector.</summary>
    public required int VelocityIndex { get; init; }

    /// <summary>Coordinates in a position vector.</summary>
    public int PositionCount => Kind switch { JointKind.Free => 7, JointKind.Ball => 4, _ => 1 };

    /// <summary>Coordinates in a velocity vector.</summary>
    public int VelocityCount => Kind switch { JointKind.Free => 6, JointKind.Ball => 3, _ => 1 };
}

/// <summary>Geometric kinds of <see cref="Shape"/>.</summary>
public enum ShapeKind
{
    /// <summary>Size X is the radius.</summary>
    Sphere,

    /// <summary>Size X is the radius, Y half the length of the straight part, along the shape's Z axis.</summary>
    Capsule,

    /// <summary>Size is half the edge lengths.</summary>
    Box,

    /// <summary>An infinite plane whose normal is the shape's Z axis; belongs to the world only.</summary>
    Plane,
}

/// <summary>One collision shape.</summary>
public sealed record Shape
{
    /// <summary>Name, possibly empty.</summary>
    public required string Name { get; init; }

    /// <summary>The body it is fixed to, or −1 for the world.</summary>
    public required int Body { get; init; }

    /// <summary>Its kind.</summary>
    public required ShapeKind Kind { get; init; }

    /// <summary>Dimensions by kind, m: see <see cref="ShapeKind"/>.</summary>
    public required Vector3 Size { get; init; }

    /// <summary>Centre in the body's frame, m.</summary>
    public Vector3 Position { get; init; }

    /// <summary>Orientation in the body's frame.</summary>
    public Quaternion Rotation { get; init; } = Quaternion.Identity;

    /// <summary>
    /// Coefficient of sliding friction; a contact takes the larger of the two shapes', or that of the higher
    /// <see cref="Priority"/>. See <see cref="CollisionPairs"/>.
    /// </summary>
    public float Friction { get; init; } = 1;

    /// <summary>Whether it slides freely: a contact has no friction when both shapes are so, or the one of higher priority is.</summary>
    public bool Frictionless { get; init; }

    /// <summary>Whose friction a contact takes: the higher priority's; the larger friction when they are equal.</summary>
    public int Priority { get; init; }

    /// <summary>Collision groups it belongs to (bits).</summary>
    public int ContactType { get; init; } = 1;

    /// <summary>Collision groups it meets (bits): two shapes collide when either one's type meets the other's affinity.</summary>
    public int ContactAffinity { get; init; } = 1;
}

/// <summary>
/// One actuator of one axis of a joint: <c>force = clamp(Gain·control + Bias − Kp·length − Kd·rate, ForceLower, ForceUpper)</c>
/// and <c>torque = Gear·force</c>, where length is Gear times the hinge's angle (of a ball joint: the axis' component of its
/// rotation vector in the child's frame) and rate is Gear times its velocity. The control is first clamped to
/// [<see cref="ControlLower"/>, <see cref="ControlUpper"/>]. A motor has neither Kp nor Kd; a position drive has
/// Gain = Kp, so its control is the target angle.
/// </summary>
public sealed record Actuator
{
    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>Index of the joint it drives.</summary>
    public required int Joint { get; init; }

    /// <summary>Which velocity coordinate of the joint (0 for a hinge; 0, 1, 2 for the axes of a ball joint).</summary>
    public int Axis { get; init; }

    /// <summary>Transmission ratio: joint torque is gear × force.</summary>
    public float Gear { get; init; } = 1;

    /// <summary>Force per unit of control.</summary>
    public float Gain { get; init; } = 1;

    /// <summary>Force at zero control, length and rate, N·m.</summary>
    public float Bias { get; init; }

    /// <summary>Proportional gain, N·m/rad; 0 for a motor.</summary>
    public float Kp { get; init; }

    /// <summary>Velocity gain, N·m·s/rad; 0 for a motor.</summary>
    public float Kd { get; init; }

    /// <summary>Whether it is a plain motor: its force depends on the control alone.</summary>
    public bool IsMotor => Kp == 0 && Kd == 0;

    /// <summary>Smallest control.</summary>
    public float ControlLower { get; init; } = float.NegativeInfinity;

    /// <summary>Largest control.</summary>
    public float ControlUpper { get; init; } = float.PositiveInfinity;

    /// <summary>Smallest force, N·m.</summary>
    public float ForceLower { get; init; } = float.NegativeInfinity;

    /// <summary>Largest force, N·m.</summary>
    public float ForceUpper { get; init; } = float.PositiveInfinity;
}

/// <summary>A limit on a weighted sum of hinge angles: <c>Lower ≤ Σ Coefficient·angle ≤ Upper</c>.</summary>
/// <param name="Name">Name, possibly empty.</param>
/// <param name="Terms">Hinge joints (indices) and their coefficients.</param>
/// <param name="Lower">Smallest sum, rad.</param>
/// <param name="Upper">Largest sum, rad.</param>
public sealed record TendonLimit(string Name, ImmutableArray<(int Joint, float Coefficient)> Terms, float Lower, float Upper);
