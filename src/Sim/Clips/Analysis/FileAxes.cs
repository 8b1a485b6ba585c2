using System.Numerics;

namespace Motion.Sim.Clips.Analysis;

/// <summary>Tells which way is up in a file, and turns its axes into the project's.</summary>
internal static class FileAxes
{
    private static readonly Vector3[] s_axes = [Vector3.UnitX, Vector3.UnitY, Vector3.UnitZ, -Vector3.UnitX, -Vector3.UnitY, -Vector3.UnitZ];

    /// <summary>The axis of a map's name.</summary>
    public static Vector3 Parse(string name) => name switch
    {
        "x" => Vector3.UnitX,
        "y" => Vector3.UnitY,
        "z" => Vector3.UnitZ,
        "-x" => -Vector3.UnitX,
        "-y" => -Vector3.UnitY,
        _ => -Vector3.UnitZ,
    };

    /// <summary>The name of an axis, or its components.</summary>
    public static string Name(Vector3 axis)
    {
        Vector3 nearest = Nearest(axis);
        return Vector3.Dot(nearest, axis) < 0.999f
            ? FormattableString.Invariant($"({axis.X:0.00} {axis.Y:0.00} {axis.Z:0.00})")
            : (Vector3.Dot(nearest, Vector3.One) < 0 ? "-" : "") + (nearest.X != 0 ? "x" : nearest.Y != 0 ? "y" : "z");
    }

    /// <summary>The axis nearest to a direction.</summary>
    public static Vector3 Nearest(Vector3 direction) => s_axes.MaxBy(axis => Vector3.Dot(axis, direction));

    /// <summary>The axis nearest to a direction when it is within 25 degrees, otherwise the direction itself.</summary>
    public static Vector3 Snapped(Vector3 direction) => Vector3.Dot(Nearest(direction), direction) > 0.906f ? Nearest(direction) : direction;

    /// <summary>
    /// Which way is up: the direction from feet to head averaged over the recording; when that says little (crawling, lying) the rest pose's.
    /// </summary>
    public static Finding<Vector3> FindUp(RawClip raw, JointRoles roles, Figure figure, Standing rest, SkeletonMap? map)
    {
        if (map?.Up is string mapped)
        {
            return new Finding<Vector3>(Parse(mapped), 1, "the map tells it");
        }

        if (raw.Up is Vector3 told)
        {
            return new Finding<Vector3>(Vector3.Normalize(told), 1, "the format tells it");
        }

        Vector3 sum = Vector3.Zero;
        Vector3 standingSum = Vector3.Zero;
        for (int frame = 0; frame < figure.FrameCount; frame++)
        {
            Vector3 shoulders = figure.Position(frame, roles[JointRole.LeftUpperArm]) + figure.Position(frame, roles[JointRole.RightUpperArm]);
            Vector3 feet = figure.Position(frame, roles[JointRole.LeftFoot]) + figure.Position(frame, roles[JointRole.RightFoot]);
            Vector3 upright = shoulders - feet;
            Vector3 along = upright.LengthSquared() > 0 ? Vector3.Normalize(upright) : Vector3.Zero;
            sum += along;
            standingSum += Standing.Of(roles, figure.PositionsAt(frame)).Score > 0.5f ? along : Vector3.Zero;
        }

        Vector3 mean = sum / figure.FrameCount;
        Vector3 axis = Nearest(mean);
        float strength = Vector3.Dot(mean, axis);
        Vector3 restAxis = Nearest(rest.Up);
        bool restStands = rest.IsRest;

        // Against the rest pose only straight legs nearly all the time count: a crawl in one direction looks like standing along it.
        bool believed = !restStands || restAxis == axis || (strength > 0.9f && Vector3.Dot(standingSum / figure.FrameCount, axis) > 0.5f);
        if (strength > 0.75f && believed)
        {
            return new Finding<Vector3>(axis, restStands && restAxis == axis ? 1 : 0.85f, $"the figure stands along it for most of the recording ({strength:0.00})");
        }

        return restStands
            ? new Finding<Vector3>(restAxis, restAxis == axis ? 0.8f : 0.6f, "the rest pose stands along it, the recording itself says little")
            : new Finding<Vector3>(strength > 0.4f ? axis : Vector3.UnitY, 0.3f, "neither rest pose nor recording tells clearly");
    }

    /// <summary>Turns the file's axes so that <paramref name="up"/> becomes Z and <paramref name="forward"/>, made level, becomes X.</summary>
    public static Quaternion ToProject(Vector3 up, Vector3 forward)
    {
        Vector3 level = forward - (up * Vector3.Dot(up, forward));
        if (level.LengthSquared() < 1e-6f)
        {
            level = Vector3.Cross(Nearest(up) == Vector3.UnitX ? Vector3.UnitY : Vector3.UnitX, up);
        }

        return Quaternion.Conjugate(Basis(Vector3.Normalize(level), up));
    }

    /// <summary>The rotation that turns X into <paramref name="forward"/> and Z into <paramref name="up"/>, which must be unit and at right angles.</summary>
    public static Quaternion Basis(Vector3 forward, Vector3 up)
    {
        Vector3 left = Vector3.Cross(up, forward);
        Matrix4x4 rows = new(
            forward.X, forward.Y, forward.Z, 0, left.X, left.Y, left.Z, 0, up.X, up.Y, up.Z, 0, 0, 0, 0, 1);
        return Quaternion.Normalize(Quaternion.CreateFromRotationMatrix(rows));
    }
}
