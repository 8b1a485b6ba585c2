using Motion.Policies.Planning;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Retargeting;
using Motion.Sim.Physics;
using Motion.Sim.Tracking;

namespace Motion.Distillation.Planning;

/// <summary>
/// Where clips can be entered from a state: the frames that are most like it. Unlikeness is the length of weighted differences of states: 1 for a key
/// body that is a metre off.
/// </summary>
internal sealed class SkillEntrances
{
    private readonly Character _character;
    private readonly float[] _weights;
    private readonly float[] _frames;
    private readonly ReferenceTable _table;

    /// <param name="table">The clips.</param>
    /// <param name="reader">Reads states.</param>
    /// <param name="batch">Worlds to pose, whose state is lost.</param>
    public SkillEntrances(ReferenceTable table, StateReader reader, IWorldBatch batch)
    {
        (_table, _character) = (table, reader.Layout.Character);
        _weights = WeightsOf(reader.Layout);
        _frames = new float[table.RowCount * _weights.Length];
        for (int clip = 0; clip < table.Clips.Count; clip++)
        {
            for (int frame = 0; frame <= table.Clips[clip].Last; frame++)
            {
                Span<float> state = _frames.AsSpan((table.Clips[clip].First + frame) * _weights.Length, _weights.Length);
                batch.Reset([0], table.Positions(clip, frame), table.Velocities(clip, frame));
                reader.Read(batch, 0, state);
                Weigh(state, state);
            }
        }
    }

    /// <summary>The frame of a clip that is most like a state.</summary>
    /// <param name="clip">The clip.</param>
    /// <param name="state">The state.</param>
    /// <returns>The frame, early enough for something to follow, and how unlike it is.</returns>
    public (int Frame, float Distance) Nearest(int clip, ReadOnlySpan<float> state)
    {
        Span<float> sought = stackalloc float[_weights.Length];
        Weigh(state, sought);
        ReferenceClip entry = _table.Clips[clip];
        (int best, float least) = (0, float.PositiveInfinity);
        for (int frame = 0; frame < LastEntrance(entry); frame++)
        {
            float distance = SquaredDistance(_frames.AsSpan((entry.First + frame) * _weights.Length, _weights.Length), sought);
            if (distance < least)
            {
                (best, least) = (frame, distance);
            }
        }

        return (best, MathF.Sqrt(least));
    }

    /// <summary>Where a clip must lie for one of its frames to be where a root is.</summary>
    public GroundDisplacement Placement(int clip, int frame, ReadOnlySpan<float> positions) =>
        GroundDisplacement.Between(_character, _table.Positions(clip, frame), positions);

    private void Weigh(ReadOnlySpan<float> state, Span<float> to)
    {
        for (int feature = 0; feature < _weights.Length; feature++)
        {
            to[feature] = _weights[feature] * state[feature];
        }
    }

    private static float SquaredDistance(ReadOnlySpan<float> one, ReadOnlySpan<float> other)
    {
        float sum = 0;
        for (int feature = 0; feature < one.Length; feature++)
        {
            float difference = one[feature] - other[feature];
            sum += difference * difference;
        }

        return sum;
    }

    private static int LastEntrance(ReferenceClip clip) => clip.IsLoop ? clip.Last : Math.Max(1, clip.Last - 15);

    private static float[] WeightsOf(StateLayout layout)
    {
        float[] weights = new float[layout.Count];
        (string Part, float Weight)[] parts =
        [
            ("root height", 1), ("root rotation", 0.5f), ("root linear velocity", 0.2f), ("root angular velocity", 0.05f), ("joint velocities", 0.02f), ("key bodies", 1),
        ];
        foreach ((string name, float weight) in parts)
        {
            ObservationPart part = layout.Part(name);
            weights.AsSpan(part.Start, part.Count).Fill(weight);
        }

        return weights;
    }
}
