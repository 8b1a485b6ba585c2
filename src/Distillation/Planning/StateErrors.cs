using System.Numerics;
using Motion.Policies.Planning;
using Motion.Sim.Characters;
using Motion.Sim.Tracking;

namespace Motion.Distillation.Planning;

/// <summary>How far states are from others.</summary>
/// <param name="layout">What a state is.</param>
internal sealed class StateErrors(StateLayout layout)
{
    private readonly JointKind[] _joints = [.. layout.Character.Joints.Select(joint => joint.Kind).Where(kind => kind != JointKind.Free)];
    private readonly ObservationPart _rotations = layout.Part("joint rotations");
    private readonly ObservationPart _keys = layout.Part("key bodies");

    /// <summary>Mean angle between joint rotations, degrees. States may be decoded ones, whose axes are only nearly unit and square.</summary>
    public double JointDegrees(ReadOnlySpan<float> state, ReadOnlySpan<float> other)
    {
        ReadOnlySpan<float> one = state.Slice(_rotations.Start, _rotations.Count), two = other.Slice(_rotations.Start, _rotations.Count);
        double sum = 0;
        int at = 0;
        foreach (JointKind kind in _joints)
        {
            if (kind == JointKind.Ball)
            {
                sum += Angle(Frame(one[at..]), Frame(two[at..]));
                at += 6;
            }
            else
            {
                sum += Math.Abs(one[at] - two[at]);
                at++;
            }
        }

        return 180 / Math.PI * sum / _joints.Length;
    }

    /// <summary>Mean distance between key bodies as seen from the root, mm.</summary>
    public double KeyBodyMillimetres(ReadOnlySpan<float> state, ReadOnlySpan<float> other)
    {
        double sum = 0;
        for (int key = _keys.Start; key < _keys.Start + _keys.Count; key += 3)
        {
            sum += Vector3.Distance(new Vector3(state.Slice(key, 3)), new Vector3(other.Slice(key, 3)));
        }

        return 1000 * sum / (_keys.Count / 3);
    }

    private static double Angle((Vector3 X, Vector3 Y, Vector3 Z) one, (Vector3 X, Vector3 Y, Vector3 Z) other) =>
        Math.Acos(Math.Clamp((Vector3.Dot(one.X, other.X) + Vector3.Dot(one.Y, other.Y) + Vector3.Dot(one.Z, other.Z) - 1) / 2, -1, 1));

    private static (Vector3 X, Vector3 Y, Vector3 Z) Frame(ReadOnlySpan<float> axes)
    {
        Vector3 z = Unit(new Vector3(axes.Slice(3, 3)), Vector3.UnitZ), along = new(axes[..3]);
        Vector3 x = Unit(along - (Vector3.Dot(along, z) * z), Vector3.UnitX);
        return (x, Vector3.Cross(z, x), z);
    }

    private static Vector3 Unit(Vector3 vector, Vector3 otherwise) => vector.LengthSquared() > 1e-8f ? Vector3.Normalize(vector) : otherwise;
}
