using Motion.Policies.Skills;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Retargeting;
using Motion.Sim.Physics;
using Motion.Sim.Physics.Wide;
using Motion.Sim.Skills;
using Motion.Sim.Tracking;

namespace Motion.Distillation.Skills;

/// <summary>Acts in all worlds of a task, which was just changed or stepped: gives [world × action].</summary>
public delegate void SkillActor(SkillTask task, Span<float> actions);

/// <summary>One trial: from rest, or from a clip and its skill, told something.</summary>
/// <param name="Skill">Index of the skill that is told.</param>
/// <param name="Condition">What is told.</param>
/// <param name="Seconds">How long after it is told.</param>
public sealed record SkillTrial(int Skill, ReadOnlyMemory<float> Condition, float Seconds)
{
    /// <summary>The sentence that is told, where it is one.</summary>
    public string Sentence { get; init; } = "";

    /// <summary>What is told before: a skill, its condition, the frame of its clip to start at, and for how long, s; null to start at rest.</summary>
    public (int Skill, ReadOnlyMemory<float> Condition, int Frame, float Seconds)? Before { get; init; }
}

/// <summary>What became of a trial.</summary>
/// <param name="Stood">Control steps before a body that the told clip keeps off the ground touched it: all where none did.</param>
/// <param name="Told">Control steps before the trial's skill was told.</param>
/// <param name="Steps">Control steps altogether.</param>
/// <param name="Positions">Position vectors after every control step: [step × position].</param>
public sealed record SkillOutcome(int Stood, int Told, int Steps, float[] Positions)
{
    /// <summary>Whether it fell.</summary>
    public bool Fell => Stood < Steps;
}

/// <summary>Lets an actor go through trials, many at a time. The same actor gives the same outcomes.</summary>
public sealed class SkillTrials
{
    private const int MostWorlds = 256;
    private readonly Character _character;
    private readonly ReferenceTable _table;
    private readonly SkillCard _card;
    private readonly int _threads;

    /// <param name="clips">The skills' clips.</param>
    /// <param name="card">What is seen, and the physics.</param>
    /// <param name="threads">Threads for physics.</param>
    /// <exception cref="MotionException">A clip cannot be tracked.</exception>
    public SkillTrials(IReadOnlyList<CharacterClip> clips, SkillCard card, int threads)
    {
        ArgumentNullException.ThrowIfNull(clips);
        ArgumentNullException.ThrowIfNull(card);
        (_character, _card, _threads) = (clips[0].Character, card, threads);
        _table = ReferenceTable.Of(clips, card.Tracking);
    }

    /// <summary>The ways that an actor's worlds take from clip to clip, where it follows clips; null to go over at once.</summary>
    public MotionRoutes? Routes { get; init; }

    /// <summary>Control steps per second.</summary>
    public int ControlRate => _card.Tracking.ControlRate;

    /// <summary>The clips.</summary>
    public ReferenceTable Clips => _table;

    /// <summary>Runs all trials.</summary>
    /// <param name="trials">The trials.</param>
    /// <param name="actor">Who acts.</param>
    /// <param name="cancellation">Stops between steps.</param>
    public IReadOnlyList<SkillOutcome> Run(IReadOnlyList<SkillTrial> trials, SkillActor actor, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(trials);
        ArgumentNullException.ThrowIfNull(actor);
        return [.. trials.Chunk(MostWorlds).SelectMany(some => RunTogether(some, actor, cancellation))];
    }

    private SkillOutcome[] RunTogether(SkillTrial[] trials, SkillActor actor, CancellationToken cancellation)
    {
        using IWorldBatch batch = new WideEngine().CreateBatch(new Scene { Character = _character }, new BatchOptions
        {
            WorldCount = trials.Length,
            PhysicsRate = _card.PhysicsRate,
            ControlRate = ControlRate,
            SolverIterations = _card.SolverIterations,
            Threads = _threads,
            HistoryLength = 0,
        });
        using SkillTask task = _card.Task(batch, _table);
        task.Routes = Routes;
        Trail[] runs = [.. trials.Select((trial, world) => Begin(task, trial, world))];
        float[] actions = new float[trials.Length * task.ActionCount];
        for (int step = 0; step < runs.Max(run => run.Steps); step++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (int world = 0; world < runs.Length; world++)
            {
                if (step == runs[world].Told && step > 0)
                {
                    task.Switch(world, trials[world].Skill);
                    task.Tell(world, trials[world].Condition.Span);
                }
            }

            actor(task, actions);
            task.Step(actions);
            for (int world = 0; world < runs.Length; world++)
            {
                runs[world].Look(task, world, step);
            }
        }

        return [.. runs.Select(run => new SkillOutcome(run.Stood, run.Told, run.Steps, run.Positions))];
    }

    private Trail Begin(SkillTask task, SkillTrial trial, int world)
    {
        int after = (int)MathF.Round(trial.Seconds * ControlRate), before = 0;
        if (trial.Before is { } first)
        {
            before = (int)MathF.Round(first.Seconds * ControlRate);
            task.StartAt(world, first.Skill, first.Frame);
            task.Tell(world, first.Condition.Span);
        }
        else
        {
            task.StartAtRest(world, trial.Skill);
            task.Tell(world, trial.Condition.Span);
        }

        return new Trail(before, before + after, _character.PositionCount);
    }

    private sealed class Trail(int told, int steps, int count)
    {
        public int Told => told;

        public int Steps { get; } = steps;

        public int Stood { get; private set; } = steps;

        public float[] Positions { get; } = new float[steps * count];

        public void Look(SkillTask task, int world, int step)
        {
            if (step < Steps)
            {
                Stood = Stood == Steps && (task.Tracking.Fallen[world] || task.Tracking.Batch.Failed[world]) ? step : Stood;
                task.Tracking.ReadPositions(world, Positions.AsSpan(step * count, count));
            }
        }
    }
}
