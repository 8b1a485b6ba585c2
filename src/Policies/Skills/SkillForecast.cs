using System.Collections.Immutable;
using Motion.Sim.Physics;
using Motion.Sim.Skills;

namespace Motion.Policies.Skills;

/// <summary>Another skill that is told for some control steps, after some more; the default is none.</summary>
/// <param name="Skill">Index of the skill.</param>
/// <param name="Wait">Control steps until it is told.</param>
/// <param name="Steps">Control steps for which it is told.</param>
internal readonly record struct Detour(int Skill, int Wait, int Steps)
{
    /// <summary>Whether it is told now.</summary>
    public bool IsOn => Wait == 0 && Steps > 0;

    /// <summary>What is left of it after some steps.</summary>
    public Detour After(int steps) => this with { Wait = Math.Max(0, Wait - steps), Steps = Math.Max(0, Steps - Math.Max(0, steps - Wait)) };
}

/// <summary>Lets a policy act in copies of worlds, with detours, and tells how long it stands in them.</summary>
internal sealed class SkillForecast : IDisposable
{
    private readonly SkillPolicy _policy;
    private readonly ImmutableArray<ReadOnlyMemory<float>> _skills;
    private readonly SkillTask _task;
    private readonly float[] _observations;
    private readonly float[] _actions;

    /// <param name="engine">Makes worlds.</param>
    /// <param name="policy">Who acts.</param>
    /// <param name="task">Where it acts: copies are of the same kind.</param>
    /// <param name="skills">What is told in detours: [skill][condition].</param>
    /// <param name="copies">How many copies are acted in together.</param>
    public SkillForecast(IPhysicsEngine engine, SkillPolicy policy, SkillTask task, ImmutableArray<ReadOnlyMemory<float>> skills, int copies)
    {
        IWorldBatch worlds = task.Tracking.Batch;
        (_policy, _skills) = (policy, skills);
        Worlds = engine.CreateBatch(worlds.Scene, worlds.Options with { WorldCount = copies, HistoryLength = 0, DumpFolder = null });
        _task = task.For(Worlds);
        _observations = new float[copies * task.ObservationCount];
        _actions = new float[copies * task.ActionCount];
    }

    /// <summary>The copies, as they are after a step.</summary>
    public IWorldBatch Worlds { get; }

    /// <summary>How many of some control steps worlds stand on each way: [way].</summary>
    public int[] Stood(IReadOnlyList<(SkillSnapshot From, Detour Way)> ways, int steps) =>
        Follow(ways, steps, (_, copy) => !_task.Tracking.Fallen[copy] && !Worlds.Failed[copy]);

    /// <summary>Goes some control steps along ways.</summary>
    /// <param name="ways">From where, and what is told: [way].</param>
    /// <param name="steps">How many steps.</param>
    /// <param name="goesOn">Asked after every step, by the index of a way and that of its copy, whether it goes on; not asked again once it does not.</param>
    /// <returns>How many steps each went: [way].</returns>
    public int[] Follow(IReadOnlyList<(SkillSnapshot From, Detour Way)> ways, int steps, Func<int, int, bool> goesOn)
    {
        int[] went = new int[ways.Count];
        Array.Fill(went, steps);
        for (int first = 0; first < ways.Count; first += Worlds.WorldCount)
        {
            FollowTogether(ways, first, went, goesOn);
        }

        return went;
    }

    /// <summary>Puts what a detour says in the place of the condition of an observation.</summary>
    public void Tell(Span<float> observation, Detour detour)
    {
        if (detour.IsOn)
        {
            ReadOnlySpan<float> condition = _skills[detour.Skill].Span;
            condition.CopyTo(observation[^condition.Length..]);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _task.Dispose();
        Worlds.Dispose();
    }

    private void FollowTogether(IReadOnlyList<(SkillSnapshot From, Detour Way)> ways, int first, int[] went, Func<int, int, bool> goesOn)
    {
        int size = _task.ObservationCount, count = Math.Min(Worlds.WorldCount, ways.Count - first), steps = went[first];
        for (int copy = 0; copy < count; copy++)
        {
            _task.Put(copy, ways[first + copy].From);
        }

        for (int step = 0; step < steps && went.AsSpan(first, count).Contains(steps); step++)
        {
            _task.Observe(_observations);
            for (int copy = 0; copy < count; copy++)
            {
                Tell(_observations.AsSpan(copy * size, size), ways[first + copy].Way.After(step));
            }

            _policy.Act(_observations, _actions);
            _task.Step(_actions);
            for (int copy = 0; copy < count; copy++)
            {
                ref int own = ref went[first + copy];
                own = own < steps || goesOn(first + copy, copy) ? own : step;
            }
        }
    }
}
