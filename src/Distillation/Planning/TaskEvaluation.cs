using System.Numerics;
using Motion.Policies.Planning;
using Motion.Sim.Characters;
using Motion.Sim.Physics;
using Motion.Sim.Physics.Wide;

namespace Motion.Distillation.Planning;

/// <summary>What was measured of episodes of one task.</summary>
public sealed record TaskScore
{
    /// <summary>Episodes.</summary>
    public required int Episodes { get; init; }

    /// <summary>Mean over episodes of the sum of rewards up to the fall or the end.</summary>
    public required double Return { get; init; }

    /// <summary>Standard error of that mean.</summary>
    public required double ReturnError { get; init; }

    /// <summary>Share of episodes without a fall.</summary>
    public required double Survival { get; init; }

    /// <summary>Mean time to the fall or the end, s.</summary>
    public required double Seconds { get; init; }

    /// <summary>Mean jerk of all bodies while standing, m/s³.</summary>
    public required double Jerk { get; init; }

    /// <summary>Share of episodes that got within half a metre of their target without a fall; for tasks with one.</summary>
    public double? Reached { get; init; }
}

/// <summary>Lets controllers act for objectives in episodes that start alike, end with a fall or after 12 seconds, and measures them.</summary>
public sealed class TaskEvaluation : IDisposable
{
    private readonly StateReader _reader;
    private readonly FallDetector _falls;
    private readonly EpisodeStarts _starts;
    private readonly int _rate;

    /// <param name="character">Who acts.</param>
    /// <param name="card">Says what the physics is.</param>
    /// <param name="starts">Where episodes start.</param>
    /// <param name="episodes">How many at a time.</param>
    /// <param name="threads">Threads for physics.</param>
    public TaskEvaluation(Character character, PlannerCard card, EpisodeStarts starts, int episodes, int threads)
    {
        ArgumentNullException.ThrowIfNull(card);
        (_starts, _rate) = (starts, card.ControlRate);
        Worlds = Engine.CreateBatch(new Scene { Character = character }, new BatchOptions
        {
            WorldCount = episodes,
            PhysicsRate = card.PhysicsRate,
            ControlRate = card.ControlRate,
            SolverIterations = card.SolverIterations,
            Threads = threads,
            HistoryLength = 0,
        });
        StateLayout layout = new(character);
        (_reader, _falls) = (new StateReader(layout), new FallDetector(layout));
    }

    /// <summary>Makes worlds.</summary>
    public IPhysicsEngine Engine { get; } = new WideEngine();

    /// <summary>The worlds of the episodes.</summary>
    public IWorldBatch Worlds { get; }

    /// <summary>Longest episode, s.</summary>
    public double Seconds { get; init; } = 12;

    /// <summary>Runs one episode in every world.</summary>
    /// <param name="controller">Who acts.</param>
    /// <param name="objective">What is wanted, for a world and where its episode starts.</param>
    /// <param name="target">A point to reach, likewise; null where there is none.</param>
    /// <param name="look">Told after every step which worlds still stand; null to tell nobody.</param>
    /// <param name="cancellation">Stops between steps.</param>
    public TaskScore Measure(
        IController controller, Func<int, GroundPlace, IObjective> objective, Func<int, GroundPlace, Vector2>? target, Action<IReadOnlyList<int>>? look, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(controller);
        ArgumentNullException.ThrowIfNull(objective);
        _starts.Place(Worlds);
        controller.Restart();
        float[] state = new float[_reader.Layout.Count], targets = new float[_reader.Layout.Actions * Worlds.WorldCount];
        GroundPlace[] begin = [.. Enumerable.Range(0, Worlds.WorldCount).Select(world => _reader.Read(Worlds, world, state))];
        Episode[] episodes = [.. begin.Select((place, world) => new Episode(objective(world, place), target?.Invoke(world, place), new JerkMeter(Worlds.BodyCount, _rate)))];
        IObjective[] objectives = [.. episodes.Select(episode => episode.Objective)];
        int[] active = [.. Enumerable.Range(0, Worlds.WorldCount)];
        int steps = (int)Math.Round(Seconds * _rate);
        for (int step = 0; step < steps && active.Length > 0; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            controller.Act(Worlds, active, objectives, targets);
            Worlds.SetControls(targets);
            Worlds.Step();
            foreach (int world in active)
            {
                Look(episodes[world], world, state);
            }

            active = [.. active.Where(world => !episodes[world].Fell)];
            look?.Invoke(active);
        }

        return ScoreOf(episodes);
    }

    /// <inheritdoc/>
    public void Dispose() => Worlds.Dispose();

    private void Look(Episode episode, int world, float[] state)
    {
        GroundPlace place = _reader.Read(Worlds, world, state);
        if (_falls.HasFallen(Worlds, world))
        {
            episode.Fell = true;
            return;
        }

        episode.Steps++;
        episode.Return += episode.Objective.Reward(new RootState(state, place));
        episode.Jerk.Add(Worlds, world);
        episode.Reached |= episode.Target is { } target && Vector2.Distance(target, place.Position) < 0.5f;
    }

    private TaskScore ScoreOf(Episode[] episodes)
    {
        double mean = episodes.Average(episode => episode.Return);
        double variance = episodes.Length > 1 ? episodes.Sum(episode => (episode.Return - mean) * (episode.Return - mean)) / (episodes.Length - 1) : 0;
        return new TaskScore
        {
            Episodes = episodes.Length,
            Return = mean,
            ReturnError = Math.Sqrt(variance / episodes.Length),
            Survival = episodes.Count(episode => !episode.Fell) / (double)episodes.Length,
            Seconds = episodes.Average(episode => episode.Steps / (double)_rate),
            Jerk = episodes.Average(episode => episode.Jerk.Mean),
            Reached = episodes[0].Target is null ? null : episodes.Count(episode => episode.Reached && !episode.Fell) / (double)episodes.Length,
        };
    }

    private sealed class Episode(IObjective objective, Vector2? target, JerkMeter jerk)
    {
        public IObjective Objective { get; } = objective;

        public Vector2? Target { get; } = target;

        public JerkMeter Jerk { get; } = jerk;

        public double Return { get; set; }

        public int Steps { get; set; }

        public bool Fell { get; set; }

        public bool Reached { get; set; }
    }
}
