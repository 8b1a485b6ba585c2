using System.Collections.Immutable;
using Motion.Policies.Skills;
using Motion.Sim;
using Motion.Sim.Physics;
using Motion.Sim.Skills;

namespace Motion.Policies.Planning;

/// <summary>
/// Plans of another kind than codes: to tell a policy one of its skills, each tried out in copies of the world and scored there. Which are tried is drawn anew for
/// every plan, with what is left of the one that is followed. Half are told for a while only, and then another one: who runs walks before spinning. Where a
/// sentence says how to move, that one is what it means, and the ones before it are those nearest to it: who shall walk somewhere may walk round a bend first.
/// </summary>
public sealed class SkillPlans : IDisposable
{
    // For how long a skill is told before another one, s; before what a sentence means up to so many times as long, for turns take time.
    private const double FirstSeconds = 0.5;
    private const ulong MostFirsts = 3;

    // How many times as far as codes skills are foreseen: it takes longer until one has led to another.
    private const double Reach = 1.5;

    // How many are tried beside the one that is followed: together they fill the lanes of a vector.
    private const int Drawn = 15;

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
        _forecast = new SkillForecast(engine, policy.Policy, policy.Task, skills, (Drawn + 1) * Math.Min(policy.Task.WorldCount, 16));
        StateLayout layout = new(policy.Task.Tracking.Batch.Scene.Character);
        (_reader, _falls, _state) = (new StateReader(layout), new FallDetector(layout), new float[layout.Count]);
    }

    /// <summary>Who is told.</summary>
    public ToldPolicy Policy { get; }

    /// <summary>The best skill to tell for each of some worlds.</summary>
    /// <param name="from">The worlds: [request].</param>
    /// <param name="requests">What is wanted.</param>
    /// <param name="steps">Control steps that scores stand for.</param>
    /// <returns>The best of each, with the score that so many steps would have had; more where it is what was told before.</returns>
    public Plan[] Best(IReadOnlyList<SkillSnapshot> from, IReadOnlyList<PlanRequest> requests, int steps)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(requests);
        int ahead = (int)(Reach * steps);
        Tried[] first = Try(requests, [.. requests.SelectMany((request, index) => WaysOf(index, from[index], request, ahead))], ahead, steps);

        // Where everybody falls, others are asked.
        int[] lost = [.. Enumerable.Range(0, requests.Count).Where(index => first.All(tried => tried.Way.Request != index || tried.Went < ahead))];
        Tried[] all = [.. first, .. Try(requests, [.. lost.SelectMany(index => WaysOf(index, from[index], requests[index] with { Seed = ~requests[index].Seed, Previous = null, Sentence = null }, ahead))], ahead, steps)];
        return [.. requests.Select((request, index) =>
        {
            Tried[] own = [.. all.Where(tried => tried.Way.Request == index)];
            double patience = PlanScore.Patience(own.Where(tried => tried.Went == ahead).Select(tried => tried.Earned), _options);
            double ScoreOf(Tried tried) => tried.Meant + tried.Earned + (tried.Way.GoesOn ? patience : 0);
            Tried best = own.MaxBy(ScoreOf)!;
            return new Plan([], ScoreOf(best), 0, best.Went == ahead ? 1 : 0, [.. best.Path]) { Skill = best.Way.Told.Skill, Telling = (best.Way.Told.Steps, best.Way.Then) };
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

    /// <summary>Goes ways in copies of the worlds, as far as they stand.</summary>
    private Tried[] Try(IReadOnlyList<PlanRequest> requests, Way[] ways, int ahead, int steps)
    {
        double share = steps / (double)ahead;
        double[] earned = new double[ways.Length];
        List<GroundPlace>[] paths = [.. ways.Select(_ => new List<GroundPlace>(ahead))];
        SeenMotions? seen = SeenMotions.For(requests, _forecast.Worlds, Policy.Task.Tracking.Options.ControlRate, ways.Length);
        int[] went = _forecast.Follow([.. ways.Select(way => (way.From, way.Told))], ahead, (way, copy) =>
        {
            GroundPlace place = _reader.Read(_forecast.Worlds, copy, _state);
            paths[way].Add(place);
            seen?.Add(way, _forecast.Worlds, copy);
            bool stands = !_falls.HasFallen(_forecast.Worlds, copy);
            double reward = share * requests[ways[way].Request].Objective.Reward(new RootState(_state, place));
            earned[way] += stands ? reward : PlanScore.Fall(reward, ahead - paths[way].Count, _options);
            return stands;
        });
        double[] meant = seen?.Rewards(way => requests[ways[way].Request].Objective, steps) ?? [.. ways.Select(way => share * way.Meaning)];
        return [.. ways.Select((way, index) => new Tried(way, earned[index], meant[index], went[index], paths[index]))];
    }

    /// <summary>What is told on each way: some skills, all along or for a while, and what is left of the one that is followed.</summary>
    private IEnumerable<Way> WaysOf(int index, SkillSnapshot from, PlanRequest request, int steps)
    {
        double[] meanings = [.. _skills.Select(skill => request.Objective.RewardOfMeaning(skill.Span))];
        int? meant = request.Sentence is null ? null : Array.IndexOf(meanings, meanings.Max());
        int first = Math.Min(steps, (int)(FirstSeconds * Policy.Task.Tracking.Options.ControlRate));
        Way Telling(int skill, int told, int then) =>
            new(index, from.Telling(_skills[then].Span), new Detour(skill, 0, told), then, (told * meanings[skill]) + ((steps - told) * meanings[then]));
        CounterRandom random = new(request.Seed);
        int[] drawn = [.. Enumerable.Range(0, _skills.Length).OrderBy(skill => skill == meant ? 0 : random.Bits((ulong)skill))];
        int alone = Math.Min(drawn.Length, Drawn / 2);
        int[] before = meant is null ? drawn : [.. drawn.OrderByDescending(skill => meanings[skill]).Take(Drawn - alone)];
        foreach (int skill in drawn.Take(alone))
        {
            yield return Telling(skill, steps, meant ?? skill);
        }

        for (int way = alone; way < Drawn; way++)
        {
            int told = meant is null ? first : Math.Min(steps, first * (1 + (int)(random.Bits(2_000_000 + (ulong)way) % MostFirsts)));
            yield return Telling(before[way % before.Length], told, meant ?? (int)(random.Bits(1_000_000 + (ulong)way) % (ulong)drawn.Length));
        }

        if (request.Previous is { Skill: >= 0 } followed)
        {
            yield return Telling(followed.SkillNow, Math.Clamp(followed.Telling.Steps - followed.Age, 0, steps), meant ?? followed.Telling.Then) with { GoesOn = true };
        }
    }

    /// <summary>What a request's world is told first, the skill that it is told after that, and what both earn by their meaning.</summary>
    private sealed record Way(int Request, SkillSnapshot From, Detour Told, int Then, double Meaning)
    {
        /// <summary>Whether it is what is followed now.</summary>
        public bool GoesOn { get; init; }
    }

    /// <summary>What came of a way: what it earned by steps and by meaning, for how many of them it stood, and where it led.</summary>
    private sealed record Tried(Way Way, double Earned, double Meant, int Went, List<GroundPlace> Path);
}
