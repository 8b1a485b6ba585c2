using Motion.Sim;
using Motion.Sim.Tracking;

namespace Motion.Distillation.Tests.Experts;

/// <summary>
/// Worlds with two observations even in ±1 whose best action is 0.6·a − 0.4·b: the reward is the negative squared distance from it. Episodes are cut
/// short after eight steps. The observations depend on the seed and the step alone.
/// </summary>
internal sealed class GuessingWorlds(int worlds, ulong seed) : IEnvironment
{
    private readonly CounterRandom _random = new(seed);
    private readonly float[] _rewards = new float[worlds];
    private readonly bool[] _truncated = new bool[worlds];
    private readonly float[] _final = new float[2];
    private ulong _step;

    public int WorldCount => worlds;

    public int ObservationCount => 2;

    public int ActionCount => 1;

    public ReadOnlySpan<float> Rewards => _rewards;

    public ReadOnlySpan<bool> Terminated => new bool[worlds];

    public ReadOnlySpan<bool> Truncated => _truncated;

    public int RowOf(int world) => 0;

    public void Restart() => _step = 0;

    public void Observe(Span<float> observations)
    {
        for (int world = 0; world < worlds; world++)
        {
            (observations[2 * world], observations[(2 * world) + 1]) = Seen(world);
        }
    }

    public ReadOnlySpan<float> FinalObservation(int world) => _final;

    public void Step(ReadOnlySpan<float> actions)
    {
        for (int world = 0; world < worlds; world++)
        {
            (float a, float b) = Seen(world);
            float error = actions[world] - ((0.6f * a) - (0.4f * b));
            _rewards[world] = -error * error;
            _truncated[world] = _step % 8 == 7;
        }

        _step++;
    }

    public void Save(BinaryWriter writer) => writer.Write(_step);

    public void Restore(BinaryReader reader) => _step = reader.ReadUInt64();

    public void Dispose()
    {
    }

    private (float A, float B) Seen(int world)
    {
        ulong place = 2 * ((_step * (ulong)worlds) + (ulong)world);
        return ((2 * _random.Uniform(place)) - 1, (2 * _random.Uniform(place + 1)) - 1);
    }
}
