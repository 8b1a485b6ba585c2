using System.Numerics;
using Motion.Sim.Characters;

namespace Motion.Sim.Clips.Retargeting;

/// <summary>
/// What a fit must not cross: the ground and the ends of joints' ranges. Each is a linear inequality <c>J·x ≤ slack</c> on a frame's step. It enters the
/// next solve as a stiff row if the last solve came out on its wrong side (a primal–dual active set; Hintermüller, Ito and Kunisch, 2002).
/// </summary>
internal sealed class OneSidedRows
{
    // Points higher and joints farther from their ends than this cannot cross them in one step: not looked at, m and rad.
    private const float NearGround = 0.2f;
    private const float NearLimit = 0.5f;
    private const double LimitPrecision = 1e7;

    private readonly ArticulatedTree _tree;
    private readonly NormalEquations _equations;
    private readonly SupportPoint[] _supports;
    private readonly Joint[] _limited;
    private readonly double _groundPrecision;
    private readonly bool[] _active;

    /// <param name="rig">The character.</param>
    /// <param name="equations">What the rows are added to.</param>
    /// <param name="tree">The character's tree.</param>
    /// <param name="groundPrecision">Weight of a square metre under the ground.</param>
    /// <param name="frames">Frames of the longest window.</param>
    public OneSidedRows(CharacterRig rig, NormalEquations equations, ArticulatedTree tree, double groundPrecision, int frames)
    {
        _tree = tree;
        _equations = equations;
        _supports = rig.Supports;
        _groundPrecision = groundPrecision;
        _limited = [.. rig.Character.Joints.Where(joint => joint.Limited && joint.Kind != JointKind.Free)];
        _active = new bool[frames * (_supports.Length + (2 * _limited.Length))];
    }

    /// <summary>Forgets which rows were needed.</summary>
    public void Clear() => Array.Clear(_active);

    /// <summary>Adds the rows that are needed to a frame's equations; the tree is placed there.</summary>
    public void Add(int slot, ReadOnlySpan<float> positions, Span<double> matrix, Span<double> right, int stride)
    {
        Span<bool> active = ActiveAt(slot);
        for (int support = 0; support < _supports.Length; support++)
        {
            float depth = Depth(support);
            active[support] |= depth > 0;
            if (active[support])
            {
                SupportPoint point = _supports[support];
                _equations.AddHeight(point.Body, _tree.Point(point.Body, point.Local), depth, _groundPrecision, matrix, right);
            }
        }

        for (int limit = 0; limit < 2 * _limited.Length; limit++)
        {
            if (active[_supports.Length + limit] && Limit(limit, positions) is (Vector3 outward, float slack))
            {
                AddLimit(_limited[limit / 2], outward, slack, matrix, right, stride);
            }
        }
    }

    /// <summary>Sees from a frame's solved step which rows the next solve needs; the positions are those before the step.</summary>
    public void Update(int slot, ReadOnlySpan<float> positions, ReadOnlySpan<double> step)
    {
        Span<bool> active = ActiveAt(slot);
        _tree.Place(positions);
        for (int support = 0; support < _supports.Length; support++)
        {
            float depth = Depth(support);
            active[support] = depth > -NearGround && depth - Rise(support, step) > 0;
        }

        for (int limit = 0; limit < 2 * _limited.Length; limit++)
        {
            active[_supports.Length + limit] = Limit(limit, positions) is (Vector3 outward, float slack) && slack < NearLimit
                && Along(_limited[limit / 2], outward, step) > slack;
        }
    }

    private Span<bool> ActiveAt(int slot)
    {
        int count = _supports.Length + (2 * _limited.Length);
        return _active.AsSpan(slot * count, count);
    }

    private float Depth(int support) => _supports[support].Radius - _tree.Point(_supports[support].Body, _supports[support].Local).Z;

    private double Rise(int support, ReadOnlySpan<double> step)
    {
        Vector3 point = _tree.Point(_supports[support].Body, _supports[support].Local);
        double rise = 0;
        foreach (int freedom in _tree.Chain(_supports[support].Body))
        {
            rise += _tree.Column(freedom, point).Z * step[freedom];
        }

        return rise;
    }

    private static void AddLimit(Joint joint, Vector3 outward, float slack, Span<double> matrix, Span<double> right, int stride)
    {
        int first = joint.VelocityIndex;
        for (int row = 0; row < joint.VelocityCount; row++)
        {
            right[first + row] += LimitPrecision * outward[row] * slack;
            for (int column = 0; column < joint.VelocityCount; column++)
            {
                matrix[((first + row) * stride) + first + column] += LimitPrecision * outward[row] * outward[column];
            }
        }
    }

    // Even limits are upper ends (the only one of a ball joint), odd ones lower ends.
    private (Vector3 Outward, float Slack)? Limit(int limit, ReadOnlySpan<float> positions)
    {
        Joint joint = _limited[limit / 2];
        if (joint.Kind == JointKind.Hinge)
        {
            float angle = positions[joint.PositionIndex];
            return limit % 2 == 0 ? (Vector3.UnitX, joint.Upper - angle) : (-Vector3.UnitX, angle - joint.Lower);
        }

        if (limit % 2 == 1)
        {
            return null;
        }

        Vector3 turn = Rotations.ToVector(PositionVector.Rotation(joint, positions));
        float size = turn.Length();
        return size > joint.Upper - NearLimit && size > 0 ? (turn / size, joint.Upper - size) : null;
    }

    private static double Along(Joint joint, Vector3 outward, ReadOnlySpan<double> step)
    {
        double along = 0;
        for (int row = 0; row < joint.VelocityCount; row++)
        {
            along += outward[row] * step[joint.VelocityIndex + row];
        }

        return along;
    }
}
