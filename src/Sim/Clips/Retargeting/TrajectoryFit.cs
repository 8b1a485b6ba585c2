using System.Numerics;
using System.Runtime.InteropServices;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Analysis;

namespace Motion.Sim.Clips.Retargeting;

/// <summary>
/// Bends a whole motion until feet, hands, head and pelvis are where they shall be and nothing is below the ground: Gauss–Newton over all frames of a window at
/// once. The unknowns of a frame are its velocity coordinates; corrections may change only slowly from frame to frame, which couples each
/// frame to its neighbours, so every step is one block-tridiagonal solve.
/// </summary>
internal sealed class TrajectoryFit
{
    private const int Window = 480;
    private const int Overlap = 60;
    private const int Steps = 5;

    // A longer step leaves the region in which its linearisation says anything, rad or m.
    private const double LongestStep = 0.6;

    private const double AtLimit = 1e7;

    private readonly CharacterRig _rig;
    private readonly ArticulatedTree _tree;
    private readonly FitWeights _weights;
    private readonly int _size;
    private readonly int _stride;
    private readonly double[] _inverses;
    private readonly double[] _right;
    private readonly float[] _corrections;
    private readonly double[] _scratch;
    private readonly double[] _regular;
    private readonly Vector3[] _columns;
    private readonly (int Body, float Deviation)[] _followed;

    public TrajectoryFit(CharacterRig rig, ArticulatedTree tree, FitWeights weights)
    {
        (_rig, _tree, _weights) = (rig, tree, weights);
        _size = tree.FreedomCount;
        _stride = SymmetricInverse.Stride(_size);
        _inverses = new double[Window * _size * _stride];
        _right = new double[Window * _stride];
        _corrections = new float[(Window + 1) * _size];
        _scratch = new double[_stride];
        _columns = new Vector3[_size];
        _regular = new double[_size];
        Array.Fill(_regular, Precision(weights.Joint));
        int root = rig.Root.VelocityIndex;
        _regular.AsSpan(root, 3).Clear();
        _regular.AsSpan(root + 3, 3).Fill(Precision(weights.PelvisTurn));
        List<(int, float)> followed =
        [
            (rig.Roles[JointRole.Pelvis], weights.Pelvis), (rig.Roles[JointRole.LeftHand], weights.Hand), (rig.Roles[JointRole.RightHand], weights.Hand),
        ];
        if (rig.Roles.Has(JointRole.Head))
        {
            followed.Add((rig.Roles[JointRole.Head], weights.Head));
        }

        _followed = [.. followed];
    }

    /// <summary>Fits a motion in place.</summary>
    /// <param name="positions">Position vectors, the transferred motion: [frame × position].</param>
    /// <param name="feet">Where the feet shall be.</param>
    /// <param name="frameRate">Frames per second.</param>
    public void Fit(Span<float> positions, FootTargets feet, double frameRate)
    {
        int count = _tree.PositionCount;
        int frames = positions.Length / count;
        float[] transferred = positions.ToArray();
        Vector3[] targets = new Vector3[frames * _followed.Length];
        for (int frame = 0; frame < frames; frame++)
        {
            _tree.Place(positions.Slice(frame * count, count));
            for (int at = 0; at < _followed.Length; at++)
            {
                targets[(frame * _followed.Length) + at] = _tree.Positions[_followed[at].Body];
            }
        }

        double[] coupling = Coupling(frameRate);
        for (int start = 0; start < frames; start += Window - Overlap)
        {
            int end = Math.Min(start + Window, frames);
            FitWindow(new Task(start, end, transferred, targets, feet, coupling), positions);
            if (end == frames)
            {
                break;
            }
        }
    }

    private readonly record struct Task(int Start, int End, float[] Transferred, Vector3[] Targets, FootTargets Feet, double[] Coupling);

    private void FitWindow(Task task, Span<float> positions)
    {
        int count = _tree.PositionCount;
        for (int step = 0; step < Steps; step++)
        {
            // Slot 0 holds the frame before the window, which stays as it is.
            for (int frame = Math.Max(task.Start - 1, 0); frame < task.End; frame++)
            {
                PositionVector.Differentiate(
                    _rig.Character, task.Transferred.AsSpan(frame * count, count), positions.Slice(frame * count, count), 1, Correction(frame - task.Start));
            }

            for (int frame = task.Start; frame < task.End; frame++)
            {
                Eliminate(task, frame, positions.Slice(frame * count, count));
            }

            Span<double> next = _scratch;
            for (int frame = task.End - 1; frame >= task.Start; frame--)
            {
                BackSubstitute(task, frame, next);
                Move(positions.Slice(frame * count, count), next);
            }
        }
    }

    private Span<float> Correction(int slot) => _corrections.AsSpan((slot + 1) * _size, _size);

    // Builds the frame's normal equations and takes the frame before out of them.
    private void Eliminate(Task task, int frame, ReadOnlySpan<float> positions)
    {
        int slot = frame - task.Start;
        Span<double> matrix = _inverses.AsSpan(slot * _size * _stride, _size * _stride);
        Span<double> right = _right.AsSpan(slot * _stride, _stride);
        matrix.Clear();
        right.Clear();
        _tree.Place(positions);
        AddFeet(task.Feet, frame, matrix, right);
        for (int at = 0; at < _followed.Length; at++)
        {
            int body = _followed[at].Body;
            AddPoint(body, _tree.Positions[body], task.Targets[(frame * _followed.Length) + at], Precision(_followed[at].Deviation), matrix, right);
        }

        AddGround(matrix, right);
        Span<float> correction = Correction(slot);
        bool hasBefore = frame > 0;
        bool hasAfter = frame + 1 < task.End;
        for (int row = 0; row < _size; row++)
        {
            double couple = task.Coupling[row];
            matrix[(row * _stride) + row] += _regular[row] + (hasBefore ? couple : 0) + (hasAfter ? couple : 0) + 1e-6;
            right[row] -= _regular[row] * correction[row];
            right[row] -= hasBefore ? couple * (correction[row] - Correction(slot - 1)[row]) : 0;
            right[row] -= hasAfter ? couple * (correction[row] - Correction(slot + 1)[row]) : 0;
        }

        HoldAtLimits(positions, matrix, right);
        if (slot > 0)
        {
            TakeOutBefore(task.Coupling, slot, matrix, right);
        }

        SymmetricInverse.Invert(matrix, _size);
    }

    // A joint at the end of its range that is pushed further out stays there, and the others have to do its part.
    private void HoldAtLimits(ReadOnlySpan<float> positions, Span<double> matrix, Span<double> right)
    {
        foreach (Joint joint in _rig.Character.Joints)
        {
            if (JointLimits.Outward(joint, positions) is not Vector3 outward)
            {
                continue;
            }

            int first = joint.VelocityIndex;
            int count = joint.VelocityCount;
            double push = 0;
            for (int row = 0; row < count; row++)
            {
                push += outward[row] * right[first + row];
            }

            for (int row = 0; push > 0 && row < count; row++)
            {
                for (int column = 0; column < count; column++)
                {
                    matrix[((first + row) * _stride) + first + column] += AtLimit * outward[row] * outward[column];
                }
            }
        }
    }

    private void TakeOutBefore(double[] coupling, int slot, Span<double> matrix, Span<double> right)
    {
        ReadOnlySpan<double> before = _inverses.AsSpan((slot - 1) * _size * _stride, _size * _stride);
        ReadOnlySpan<double> rightBefore = _right.AsSpan((slot - 1) * _stride, _stride);
        ReadOnlySpan<Vector<double>> couplingWide = MemoryMarshal.Cast<double, Vector<double>>(coupling.AsSpan());
        for (int row = 0; row < _size; row++)
        {
            ReadOnlySpan<Vector<double>> from = MemoryMarshal.Cast<double, Vector<double>>(before.Slice(row * _stride, _stride));
            ReadOnlySpan<Vector<double>> rightWide = MemoryMarshal.Cast<double, Vector<double>>(rightBefore);
            Span<Vector<double>> to = MemoryMarshal.Cast<double, Vector<double>>(matrix.Slice(row * _stride, _stride));
            Vector<double> couple = new(coupling[row]);
            Vector<double> sum = Vector<double>.Zero;
            for (int at = 0; at < to.Length; at++)
            {
                to[at] -= couple * from[at] * couplingWide[at];
                sum += from[at] * rightWide[at];
            }

            right[row] += coupling[row] * Vector.Sum(sum);
        }
    }

    // On entry the step of the frame after (zeros for the last), on exit this frame's.
    private void BackSubstitute(Task task, int frame, Span<double> step)
    {
        int slot = frame - task.Start;
        Span<double> right = _right.AsSpan(slot * _stride, _stride);
        if (frame + 1 < task.End)
        {
            for (int row = 0; row < _size; row++)
            {
                right[row] += task.Coupling[row] * step[row];
            }
        }

        ReadOnlySpan<Vector<double>> wide = MemoryMarshal.Cast<double, Vector<double>>(right);
        for (int row = 0; row < _size; row++)
        {
            ReadOnlySpan<Vector<double>> inverse = MemoryMarshal.Cast<double, Vector<double>>(_inverses.AsSpan((slot * _size * _stride) + (row * _stride), _stride));
            Vector<double> sum = Vector<double>.Zero;
            for (int at = 0; at < wide.Length; at++)
            {
                sum += inverse[at] * wide[at];
            }

            step[row] = Vector.Sum(sum);
        }
    }

    private void Move(Span<float> positions, ReadOnlySpan<double> step)
    {
        double longest = 0;
        for (int row = 0; row < _size; row++)
        {
            longest = Math.Max(longest, Math.Abs(step[row]));
        }

        float share = longest > LongestStep ? (float)(LongestStep / longest) : 1;
        Span<float> velocity = stackalloc float[_size];
        for (int row = 0; row < _size; row++)
        {
            velocity[row] = (float)step[row];
        }

        PositionVector.Integrate(_rig.Character, positions, velocity, share);
        foreach (Joint joint in _rig.Character.Joints)
        {
            JointLimits.Clamp(joint, positions);
        }
    }

    private void AddFeet(FootTargets feet, int frame, Span<double> matrix, Span<double> right)
    {
        for (int side = 0; side < 2; side++)
        {
            FootSole sole = _rig.Soles[side];
            double heel = Precision(Between(_weights.FreeFoot, _weights.HeldFoot, feet.HeelHold[side][frame]));
            double toe = Precision(Between(_weights.FreeFoot, _weights.HeldFoot, feet.ToeHold[side][frame]));
            AddPoint(sole.Body, _tree.Point(sole.Body, sole.Heel), feet.Heels[side][frame], heel, matrix, right);
            AddPoint(sole.Body, _tree.Point(sole.Body, sole.ToeLeft), feet.ToesLeft[side][frame], toe / 2, matrix, right);
            AddPoint(sole.Body, _tree.Point(sole.Body, sole.ToeRight), feet.ToesRight[side][frame], toe / 2, matrix, right);
        }
    }

    // Firmness goes evenly on a logarithmic scale.
    private static float Between(float free, float held, float hold) => free * MathF.Pow(held / free, hold);

    private void AddPoint(int body, Vector3 point, Vector3 target, double precision, Span<double> matrix, Span<double> right)
    {
        ReadOnlySpan<int> chain = _tree.Chain(body);
        Vector3 error = target - point;
        for (int at = 0; at < chain.Length; at++)
        {
            _columns[at] = _tree.Column(chain[at], point);
        }

        for (int row = 0; row < chain.Length; row++)
        {
            Vector3 column = _columns[row];
            right[chain[row]] += precision * Vector3.Dot(column, error);
            Span<double> line = matrix.Slice(chain[row] * _stride, _stride);
            for (int other = 0; other < chain.Length; other++)
            {
                line[chain[other]] += precision * Vector3.Dot(column, _columns[other]);
            }
        }
    }

    // Points below the ground are pushed up; whatever is above does not matter.
    private void AddGround(Span<double> matrix, Span<double> right)
    {
        double precision = Precision(_weights.Ground);
        foreach (SupportPoint support in _rig.Supports)
        {
            Vector3 point = _tree.Point(support.Body, support.Local);
            float depth = support.Radius - point.Z;
            if (depth <= 0)
            {
                continue;
            }

            ReadOnlySpan<int> chain = _tree.Chain(support.Body);
            for (int row = 0; row < chain.Length; row++)
            {
                float rise = _tree.Column(chain[row], point).Z;
                right[chain[row]] += precision * rise * depth;
                for (int other = 0; other < chain.Length; other++)
                {
                    matrix[(chain[row] * _stride) + chain[other]] += precision * rise * _tree.Column(chain[other], point).Z;
                }
            }
        }
    }

    private double[] Coupling(double frameRate)
    {
        double[] coupling = new double[_stride];
        coupling.AsSpan(0, _size).Fill(Precision(_weights.JointRate / (float)frameRate));
        coupling.AsSpan(_rig.Root.VelocityIndex, 3).Fill(Precision(_weights.PelvisRate / (float)frameRate));
        return coupling;
    }

    private static double Precision(float deviation) => 1 / ((double)deviation * deviation);
}
