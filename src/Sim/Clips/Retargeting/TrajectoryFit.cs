using System.Numerics;
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
    private const int MostSteps = 12;

    // Steps shorter than this change nothing that anyone would see; a longer step than the last one leaves the region in which its
    // linearisation says anything, rad or m.
    private const double Negligible = 2e-3;
    private const double LongestStep = 0.6;

    private readonly CharacterRig _rig;
    private readonly ArticulatedTree _tree;
    private readonly FitWeights _weights;
    private readonly int _size;
    private readonly BlockTridiagonal _system;
    private readonly OneSidedRows _bounds;
    private readonly float[] _corrections;
    private readonly double[] _step;
    private readonly float[] _velocity;
    private readonly double[] _regular;
    private readonly NormalEquations _equations;
    private readonly (int Body, double Precision)[] _followed;

    public TrajectoryFit(CharacterRig rig, ArticulatedTree tree, FitWeights weights)
    {
        (_rig, _tree, _weights) = (rig, tree, weights);
        _size = tree.FreedomCount;
        _system = new BlockTridiagonal(_size, Window);
        _corrections = new float[(Window + 1) * _size];
        _step = new double[_system.Stride];
        _velocity = new float[_size];
        _equations = new NormalEquations(tree);
        _bounds = new OneSidedRows(rig, _equations, tree, Precision(weights.Ground), Window);
        _regular = new double[_size];
        Array.Fill(_regular, Precision(weights.Joint));
        int root = rig.Root.VelocityIndex;
        _regular.AsSpan(root, 3).Clear();
        _regular.AsSpan(root + 3, 3).Fill(Precision(weights.PelvisTurn));
        _followed =
        [
            .. new (JointRole Role, float Deviation)[]
            {
                (JointRole.Pelvis, weights.Pelvis), (JointRole.LeftHand, weights.Hand), (JointRole.RightHand, weights.Hand), (JointRole.Head, weights.Head),
            }.Where(followed => rig.Roles.Has(followed.Role)).Select(followed => (rig.Roles[followed.Role], Precision(followed.Deviation))),
        ];
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

        _system.Coupling.AsSpan(0, _size).Fill(Precision(_weights.JointRate / (float)frameRate));
        _system.Coupling.AsSpan(_rig.Root.VelocityIndex, 3).Fill(Precision(_weights.PelvisRate / (float)frameRate));
        for (int start = 0; start < frames; start += Window - Overlap)
        {
            int end = Math.Min(start + Window, frames);
            FitWindow(new Task(start, end, transferred, targets, feet), positions);
            if (end == frames)
            {
                break;
            }
        }
    }

    private readonly record struct Task(int Start, int End, float[] Transferred, Vector3[] Targets, FootTargets Feet);

    private void FitWindow(Task task, Span<float> positions)
    {
        int count = _tree.PositionCount;
        _bounds.Clear();
        for (int step = 0; step < MostSteps; step++)
        {
            // Slot −1 holds the frame before the window, which stays as it is.
            for (int frame = Math.Max(task.Start - 1, 0); frame < task.End; frame++)
            {
                PositionVector.Differentiate(
                    _rig.Character, task.Transferred.AsSpan(frame * count, count), positions.Slice(frame * count, count), 1, Correction(frame - task.Start));
            }

            for (int frame = task.Start; frame < task.End; frame++)
            {
                Build(task, frame, positions.Slice(frame * count, count));
                _system.Eliminate(frame - task.Start);
            }

            double longest = 0;
            for (int frame = task.End - 1; frame >= task.Start; frame--)
            {
                Span<float> at = positions.Slice(frame * count, count);
                _system.Substitute(frame - task.Start, frame + 1 == task.End, _step);
                _bounds.Update(frame - task.Start, at, _step);
                longest = Math.Max(longest, Move(at));
            }

            if (longest < Negligible)
            {
                break;
            }
        }
    }

    private Span<float> Correction(int slot) => _corrections.AsSpan((slot + 1) * _size, _size);

    private void Build(Task task, int frame, ReadOnlySpan<float> positions)
    {
        int slot = frame - task.Start;
        Span<double> matrix = _system.Matrix(slot);
        Span<double> right = _system.Right(slot);
        matrix.Clear();
        right.Clear();
        _tree.Place(positions);
        AddFeet(task.Feet, frame, matrix, right);
        for (int at = 0; at < _followed.Length; at++)
        {
            int body = _followed[at].Body;
            _equations.AddPoint(body, _tree.Positions[body], task.Targets[(frame * _followed.Length) + at], _followed[at].Precision, matrix, right);
        }

        _bounds.Add(slot, positions, matrix, right, _system.Stride);
        Span<float> correction = Correction(slot);
        bool hasBefore = frame > 0;
        bool hasAfter = frame + 1 < task.End;
        for (int row = 0; row < _size; row++)
        {
            double couple = _system.Coupling[row];
            matrix[(row * _system.Stride) + row] += _regular[row] + (hasBefore ? couple : 0) + (hasAfter ? couple : 0);
            right[row] -= _regular[row] * correction[row];
            right[row] -= hasBefore ? couple * (correction[row] - Correction(slot - 1)[row]) : 0;
            right[row] -= hasAfter ? couple * (correction[row] - Correction(slot + 1)[row]) : 0;
        }
    }

    // Moves a frame by the solved step and says how long it was.
    private double Move(Span<float> positions)
    {
        double longest = 0;
        for (int row = 0; row < _size; row++)
        {
            longest = Math.Max(longest, Math.Abs(_step[row]));
            _velocity[row] = (float)_step[row];
        }

        PositionVector.Integrate(_rig.Character, positions, _velocity, longest > LongestStep ? (float)(LongestStep / longest) : 1);
        foreach (Joint joint in _rig.Character.Joints)
        {
            JointLimits.Clamp(joint, positions);
        }

        return longest;
    }

    private void AddFeet(FootTargets feet, int frame, Span<double> matrix, Span<double> right)
    {
        for (int side = 0; side < 2; side++)
        {
            FootSole sole = _rig.Soles[side];
            double heel = Precision(Between(_weights.FreeFoot, _weights.HeldFoot, feet.HeelHold[side][frame]));
            double toe = Precision(Between(_weights.FreeFoot, _weights.HeldFoot, feet.ToeHold[side][frame]));
            _equations.AddPoint(sole.Body, _tree.Point(sole.Body, sole.Heel), feet.Heels[side][frame], heel, matrix, right);
            _equations.AddPoint(sole.Body, _tree.Point(sole.Body, sole.ToeLeft), feet.ToesLeft[side][frame], toe / 2, matrix, right);
            _equations.AddPoint(sole.Body, _tree.Point(sole.Body, sole.ToeRight), feet.ToesRight[side][frame], toe / 2, matrix, right);
        }
    }

    // Firmness goes evenly on a logarithmic scale.
    private static float Between(float free, float held, float hold) => free * MathF.Pow(held / free, hold);

    private static double Precision(float deviation) => 1 / ((double)deviation * deviation);
}
