using System.Collections.Immutable;
using Motion.Policies.Skills;
using Motion.Sim;
using Motion.Sim.Physics;
using Motion.Sim.Skills;

namespace Motion.Policies.Planning;

/// <summary>
/// Plans of another kind than codes: to tell a policy one of its skills, each tried out in copies of the world and scored there. Where a sentence says how to
/// move, some are told for a while only, and then the one that the sentence means: who shall run somewhere may turn first.
/// </summary>
public sealed class SkillPlans : IDisposable
{
    // For how long a skill is told before the one that a sentence means, s.
    private const double FirstSeconds = 0.5;

    private readonly ImmutableArray<ReadOnlyMemory<float>> _skills;
    private readonly SkillForecast _forecast;
    private readonly StateReader _reader;
    private readonly FallDetector _falls;
    private readonly PlannerOptions _options;
    private readonly float[] _state;

    /// <param name="policy">Who is told; taken over.</param>
    /// <param name="skills">What it can be told: [skill][condition].</param>
    /// <param name="engine">Makes copies of its worlds.</param>
    /// <param name="options">Says what a fall costs.</param>
    public SkillPlans(ToldPolicy policy, ImmutableArray<ReadOnlyMemory<float>> skills, IPhysicsEngine engine, PlannerOptions options)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(options);
        (Policy, _skills, _options) = (policy, skills, options);
        _forecast = new SkillForecast(engine, policy.Policy, policy.Task, skills, (skills.Length + 1) * Math.Min(policy.Task.WorldCount, 16));
        StateLayout layout = new(policy.Task.Tracking.Batch.Scene.Character);
        (_reader, _falls, _state) = (new StateReader(layout), new FallDetector(layout), new float[layout.Count]);
    }

    /// <summary>Who is told.</summary>
    public ToldPolicy Policy { get; }

    /// <summary>The best skill to tell for each of some worlds.</summary>
    /// <param name="from">The worlds: [request].</param>
    /// <param name="requests">What is wanted.</param>
    /// <param name="steps">Control steps ahead.</param>
    /// <returns>The best of each, with the score that it had; more where it is what was told before.</returns>
    public Plan[] Best(IReadOnlyList<SkillSnapshot> from, IReadOnlyList<PlanRequest> requests, int steps)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(requests);
        Way[] ways = [.. requests.SelectMany((request, index) => WaysOf(index, from[index], request, steps))];
        double[] earned = new double[ways.Length];
        List<GroundPlace>[] paths = [.. ways.Select(_ => new List<GroundPlace>(steps))];
        int[] went = _forecast.Follow([.. ways.Select(way => (way.From, way.Told))], steps, (way, copy) =>
        {
            GroundPlace place = _reader.Read(_forecast.Worlds, copy, _state);
            paths[way].Add(place);
            bool stands = !_falls.HasFallen(_forecast.Worlds, copy);
            earned[way] += stands ? requests[ways[way].Request].Objective.Reward(new RootState(_state, place)) : -_options.FallCost;
            return stands;
        });
        return [.. requests.Select((request, index) =>
        {
            int[] own = [.. Enumerable.Range(0, ways.Length).Where(way => ways[way].Request == index)];
            double patience = PlanScore.Patience(own.Where(way => went[way] == steps).Select(way => earned[way]), _options);
            double ScoreOf(int way) => ways[way].Meaning + earned[way] + (ways[way].GoesOn ? patience : 0);
            int best = own.MaxBy(ScoreOf);
            return new Plan([], ScoreOf(best), 0, went[best] == steps ? 1 : 0, [.. paths[best]]) { Skill = ways[best].Told.Skill, Telling = (ways[best].Told.Steps, ways[best].Then) };
        })];
    }

    /// <summary>Acts in worlds by the skills of their plans.</summary>
    /// <param name="plans">Worlds with their plans.</param>
    /// <param name="targets">Result: [actuator, world].</param>
    public void Act(IReadOnlyList<(int World, int Skill)> plans, Span<float> targets)
    {
        ArgumentNullException.ThrowIfNull(plans);
        if (plans.Count == 0)
        {
            return;
        }

        foreach ((int world, int skill) in plans)
        {
            Policy.Task.Tell(world, _skills[skill].Span);
        }

        Policy.Act([.. plans.Select(plan => plan.World)], targets);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _forecast.Dispose();
        Policy.Dispose();
    }

    /// <summary>What is told on each way. Where a sentence says how to move, the last is what is left of the one that is followed.</summary>
    private IEnumerable<Way> WaysOf(int index, SkillSnapshot from, PlanRequest request, int steps)
    {
        double[] meanings = [.. _skills.Select(skill => request.Objective.RewardOfMeaning(skill.Span))];
        if (request.Sentence is null)
        {
            return meanings.Select((meaning, skill) => new Way(index, from, new Detour(skill, 0, steps), skill, steps * meaning) { GoesOn = skill == request.Previous?.Skill });
        }

        int meant = Array.IndexOf(meanings, meanings.Max()), first = Math.Min(steps, (int)(FirstSeconds * Policy.Task.Tracking.Options.ControlRate));
        SkillSnapshot then = from.Telling(_skills[meant].Span);
        Way Telling(int skill, int told) => new(index, then, new Detour(skill, 0, told), meant, (told * meanings[skill]) + ((steps - told) * meanings[meant]));
        CounterRandom random = new(request.Seed);
        IEnumerable<Way> ways = meanings.Select((_, skill) => Telling(skill, random.Bits((ulong)skill) % 2 == 0 ? first : steps));
        return request.Previous is { Skill: >= 0 } before
            ? ways.Append(Telling(before.SkillNow, Math.Clamp(before.Telling.Steps - before.Age, 0, steps)) with { GoesOn = true })
            : ways;
    }

    /// <summary>What a request's world is told first, the skill that it is told after that, and what both earn by their meaning.</summary>
    private sealed record Way(int Request, SkillSnapshot From, Detour Told, int Then, double Meaning)
    {
        /// <summary>Whether it is what is followed now.</summary>
        public bool GoesOn { get; init; }
    }
}
