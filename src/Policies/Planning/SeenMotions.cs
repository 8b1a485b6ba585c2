using Motion.Sim.Clips.Recording;
using Motion.Sim.Physics;

namespace Motion.Policies.Planning;

/// <summary>What is seen of plans that are tried out, and what it means.</summary>
internal sealed class SeenMotions
{
    // Who falls before, and before others, has not shown anything, s.
    private const double ShortestSeconds = 0.5;

    private readonly IMotionMeaning _meaning;
    private readonly MotionRecorder[] _motions;
    private readonly int _rate;

    private SeenMotions(IMotionMeaning meaning, IWorldBatch copies, int rate, int ways)
    {
        _meaning = meaning;
        _motions = [.. Enumerable.Range(0, ways).Select(_ => new MotionRecorder(copies.Scene.Character, rate))];
        _rate = rate;
    }

    /// <summary>For some ways in copies of worlds; null where requests do not want to see what they mean.</summary>
    public static SeenMotions? For(IReadOnlyList<PlanRequest> requests, IWorldBatch copies, int rate, int ways) =>
        requests[0].Seen is { } meaning ? new SeenMotions(meaning, copies, rate, ways) : null;

    /// <summary>Looks at the copy that goes a way: at the character, whatever else there is.</summary>
    public void Add(int way, IWorldBatch copies, int copy) =>
        _motions[way].Add(copies.Positions[..(copies.Scene.Character.PositionCount * copies.WorldCount)], copies.WorldCount, copy);

    /// <summary>What each way's meaning earns: [way].</summary>
    /// <param name="objective">Of a way.</param>
    /// <param name="steps">Control steps that it is counted for.</param>
    public double[] Rewards(Func<int, IObjective> objective, int steps)
    {
        double[] rewards = new double[_motions.Length];
        int fewest = Math.Max(2, Math.Min((int)(ShortestSeconds * _rate), _motions.Select(motion => motion.FrameCount).DefaultIfEmpty().Max()));
        int[] shown = [.. Enumerable.Range(0, rewards.Length).Where(way => _motions[way].FrameCount >= fewest)];
        if (shown.Length > 0)
        {
            float[][] meanings = _meaning.Of([.. shown.Select(way => _motions[way].Finish("tried"))]);
            foreach ((int way, float[] meaning) in shown.Zip(meanings))
            {
                rewards[way] = steps * objective(way).RewardOfMeaning(meaning);
            }
        }

        return rewards;
    }
}
