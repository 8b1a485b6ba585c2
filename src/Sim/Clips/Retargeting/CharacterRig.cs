using System.Collections.Immutable;
using System.Numerics;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Analysis;

namespace Motion.Sim.Clips.Retargeting;

/// <summary>A point of a body that may touch the ground: the centre of a ball of that radius (0 for a corner).</summary>
/// <param name="Body">The body it is fixed to.</param>
/// <param name="Local">Place in the body's frame, m.</param>
/// <param name="Radius">Radius, m.</param>
internal readonly record struct SupportPoint(int Body, Vector3 Local, float Radius);

/// <summary>The underside of a foot, in its body's frame.</summary>
/// <param name="Body">The foot.</param>
/// <param name="Heel">Middle of the rear edge, m.</param>
/// <param name="ToeLeft">Front corner on the character's left, m.</param>
/// <param name="ToeRight">Front corner on the character's right, m.</param>
internal sealed record FootSole(int Body, Vector3 Heel, Vector3 ToeLeft, Vector3 ToeRight)
{
    /// <summary>Middle of the front edge, m.</summary>
    public Vector3 Toe => (ToeLeft + ToeRight) / 2;

    /// <summary>From heel to toe, m.</summary>
    public float Length => Vector3.Distance(Heel, Toe);
}

/// <summary>A character as retargeting sees it: which body is what, where it is at rest, what it stands on.</summary>
internal sealed class CharacterRig
{
    /// <exception cref="MotionException">The character is not a person: it lacks limbs, a floating root, or shapes on its feet.</exception>
    public CharacterRig(Character character)
    {
        Character = character;
        int bodies = character.Bodies.Length;
        RestPositions = new Vector3[bodies];
        RestRotations = new Quaternion[bodies];
        ForwardKinematics.Compute(character, PositionVector.Rest(character), RestPositions, RestRotations);
        Roles = RoleFinder.Find(Skeleton(), source: $"character '{character.Name}'");
        Root = character.Joints.FirstOrDefault(joint => joint.Kind == JointKind.Free)
            ?? throw new MotionException(ExitCode.BadInput, $"character '{character.Name}' has no free joint: motion can only be given to one that floats");
        Supports = [.. character.Shapes.Where(shape => shape.Body >= 0).SelectMany(PointsOf)];
        Soles = [SoleOf(JointRole.LeftFoot), SoleOf(JointRole.RightFoot)];
        LegLength = (Length(JointRole.LeftThigh) + Length(JointRole.RightThigh) + Length(JointRole.LeftShin) + Length(JointRole.RightShin)) / 2;
        AnkleHeight = Soles.Average(sole => RestPositions[sole.Body].Z - AtRest(sole.Body, sole.Heel).Z);
    }

    public Character Character { get; }

    /// <summary>Bodies by role.</summary>
    public JointRoles Roles { get; }

    public Joint Root { get; }

    /// <summary>Body origins at rest, world: [body].</summary>
    public Vector3[] RestPositions { get; }

    /// <summary>Body orientations at rest, world: [body].</summary>
    public Quaternion[] RestRotations { get; }

    /// <summary>Everything that may touch the ground.</summary>
    public SupportPoint[] Supports { get; }

    /// <summary>Left, right.</summary>
    public FootSole[] Soles { get; }

    /// <summary>Hip to knee to ankle, m.</summary>
    public float LegLength { get; }

    /// <summary>Ankle over the sole, m.</summary>
    public float AnkleHeight { get; }

    /// <summary>A body's point at rest, world.</summary>
    public Vector3 AtRest(int body, Vector3 local) => RestPositions[body] + Vector3.Transform(local, RestRotations[body]);

    /// <summary>Where a role's body is at rest, world.</summary>
    public Vector3 At(JointRole role) => RestPositions[Roles[role]];

    /// <summary>Length of a limb's part, from its joint to the next role down the limb, m.</summary>
    public float Length(JointRole part) => Vector3.Distance(At(part), At(part + 2));

    /// <summary>Bottom of the neck: the neck, else the head's joint, else between the shoulders.</summary>
    public Vector3 NeckBase => Roles.Has(JointRole.Neck) ? At(JointRole.Neck) : Roles.Has(JointRole.Head) ? At(JointRole.Head)
        : (At(JointRole.LeftUpperArm) + At(JointRole.RightUpperArm)) / 2;

    private Skeleton Skeleton()
    {
        ImmutableArray<SkeletonJoint>.Builder joints = ImmutableArray.CreateBuilder<SkeletonJoint>();
        for (int body = 0; body < Character.Bodies.Length; body++)
        {
            int parent = Character.Bodies[body].Parent;
            joints.Add(new SkeletonJoint(Character.Bodies[body].Name, parent, RestPositions[body] - (parent < 0 ? Vector3.Zero : RestPositions[parent])));
        }

        return new Skeleton(joints.ToImmutable());
    }

    private static IEnumerable<SupportPoint> PointsOf(Shape shape)
    {
        if (shape.ContactType == 0 && shape.ContactAffinity == 0)
        {
            yield break;
        }

        if (shape.Kind == ShapeKind.Box)
        {
            for (int corner = 0; corner < 8; corner++)
            {
                Vector3 sign = new((corner & 1) == 0 ? -1 : 1, (corner & 2) == 0 ? -1 : 1, (corner & 4) == 0 ? -1 : 1);
                yield return new SupportPoint(shape.Body, shape.Position + Vector3.Transform(shape.Size * sign, shape.Rotation), 0);
            }
        }
        else if (shape.Kind == ShapeKind.Capsule)
        {
            Vector3 half = Vector3.Transform(new Vector3(0, 0, shape.Size.Y), shape.Rotation);
            yield return new SupportPoint(shape.Body, shape.Position - half, shape.Size.X);
            yield return new SupportPoint(shape.Body, shape.Position + half, shape.Size.X);
        }
        else
        {
            yield return new SupportPoint(shape.Body, shape.Position, shape.Size.X);
        }
    }

    private FootSole SoleOf(JointRole role)
    {
        int foot = Roles[role];
        Vector3[] low = [.. Supports.Where(point => IsBelow(foot, point.Body)).Select(point => AtRest(point.Body, point.Local) - new Vector3(0, 0, point.Radius))];
        if (low.Length == 0)
        {
            throw new MotionException(ExitCode.BadInput, $"character '{Character.Name}': body '{Character.Bodies[foot].Name}' has no shape to stand on");
        }

        // The character faces +X at rest, its left is +Y.
        float floor = low.Min(point => point.Z);
        Vector3[] sole = [.. low.Where(point => point.Z < floor + 0.02f)];
        float middle = (sole.Min(point => point.Y) + sole.Max(point => point.Y)) / 2;
        float halfWidth = Math.Max((sole.Max(point => point.Y) - sole.Min(point => point.Y)) / 2, 0.01f);
        float front = Math.Max(sole.Max(point => point.X), RestPositions[foot].X + 0.05f);
        float back = Math.Min(sole.Min(point => point.X), front - 0.05f);
        Vector3 Local(float x, float y) =>
            Vector3.Transform(new Vector3(x, y, floor) - RestPositions[foot], Quaternion.Conjugate(RestRotations[foot]));
        return new FootSole(foot, Local(back, middle), Local(front, middle + halfWidth), Local(front, middle - halfWidth));
    }

    private bool IsBelow(int ancestor, int body)
    {
        for (; body >= 0; body = Character.Bodies[body].Parent)
        {
            if (body == ancestor)
            {
                return true;
            }
        }

        return false;
    }
}
