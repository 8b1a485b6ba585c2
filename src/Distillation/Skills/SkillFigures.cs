using System.Collections.Immutable;
using Motion.Sim;
using Motion.Sim.Clips.Recording;
using Motion.Sim.Clips.Retargeting;

namespace Motion.Distillation.Skills;

/// <summary>A sentence to try, and the skill that it asks for.</summary>
/// <param name="Sentence">The sentence, or the skill's name where conditions are indices.</param>
/// <param name="Skill">Index of the skill.</param>
/// <param name="Condition">What the policy is told.</param>
public sealed record SkillQuery(string Sentence, int Skill, ReadOnlyMemory<float> Condition);

/// <summary>What became of a query: ten seconds from rest.</summary>
/// <param name="Query">The query.</param>
/// <param name="Outcome">What was done.</param>
/// <param name="Shown">Index of the skill that the motion shows.</param>
/// <param name="IsRight">Whether it did not fall and that is right.</param>
public sealed record SkillAnswer(SkillQuery Query, SkillOutcome Outcome, int Shown, bool IsRight)
{
    /// <summary>Whether it fell.</summary>
    public bool Fell => Outcome.Fell;
}

/// <summary>What became of going over from one skill to another at a random moment.</summary>
/// <param name="From">The first skill.</param>
/// <param name="To">The second.</param>
/// <param name="Fell">Whether it fell in the five seconds after.</param>
/// <param name="IsRight">Whether the three seconds that begin two seconds after show the second.</param>
public sealed record SkillTransition(int From, int To, bool Fell, bool IsRight);

/// <summary>Measures how well an actor does what it is told: from rest, and from other skills.</summary>
/// <param name="trials">Runs trials.</param>
/// <param name="judge">Says what motions show.</param>
public sealed class SkillFigures(SkillTrials trials, SkillJudge judge)
{
    private const float QuerySeconds = 10;
    private const float RecognisedAfter = 2;
    private const float RecognisedSeconds = 3;

    // Neighbouring windows say nearly the same.
    private const int WindowStride = 3;

    /// <summary>Ten seconds of each query from rest.</summary>
    public IReadOnlyList<SkillAnswer> Answer(IReadOnlyList<SkillQuery> queries, SkillActor actor, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(queries);
        IReadOnlyList<SkillOutcome> outcomes = trials.Run([.. queries.Select(query => new SkillTrial(query.Skill, query.Condition, QuerySeconds))], actor, cancellation);
        int[] shown = judge.Nearest([.. outcomes.Select(outcome => outcome.Positions)], trials.ControlRate);
        return [.. queries.Select((query, index) =>
            new SkillAnswer(query, outcomes[index], shown[index], !outcomes[index].Fell && judge.IsRight(shown[index], query.Skill, query.Sentence)))];
    }

    /// <summary>How much of what was done is the clips' motion, and how much of the clips' motion was done: the mean over skills.</summary>
    /// <param name="clips">The skills' clips.</param>
    /// <param name="answers">What was done for them; every skill in at least one.</param>
    public PrecisionRecall Areas(IReadOnlyList<CharacterClip> clips, IReadOnlyList<SkillAnswer> answers)
    {
        ArgumentNullException.ThrowIfNull(clips);
        ArgumentNullException.ThrowIfNull(answers);
        PrecisionRecall[] areas = [.. answers.GroupBy(answer => answer.Query.Skill).Select(own => AreasOf(clips[own.Key], [.. own.Select(answer => answer.Outcome)]))];
        return new PrecisionRecall(areas.Average(area => area.Precision), areas.Average(area => area.Recall));
    }

    private PrecisionRecall AreasOf(CharacterClip clip, IReadOnlyList<SkillOutcome> outcomes)
    {
        int count = clip.Character.PositionCount, rate = trials.ControlRate;
        MotionWindows done = MotionWindows.Of(
            [.. outcomes.Select(outcome => new MotionRecording { Name = clip.Name, Character = clip.Character, FrameRate = rate, Positions = outcome.Positions[..(outcome.Stood * count)] })],
            stride: WindowStride);
        int expected = outcomes.Sum(outcome => ((outcome.Steps - done.Frames) / WindowStride) + 1);
        return PrecisionRecall.Compare(done, MotionWindows.Of(clip, rate), expected);
    }

    /// <summary>Transitions between skills drawn at random, each told by one of its queries, after one to four seconds from a random frame of the first's clip.</summary>
    /// <param name="queries">At least one of each skill that takes part.</param>
    /// <param name="count">How many transitions.</param>
    /// <param name="actor">Who acts.</param>
    /// <param name="seed">Seed of what is drawn.</param>
    /// <param name="cancellation">Stops between steps.</param>
    public IReadOnlyList<SkillTransition> Transitions(IReadOnlyList<SkillQuery> queries, int count, SkillActor actor, ulong seed, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(queries);
        CounterRandom random = CounterRandom.For(seed, 0x7245);
        ImmutableArray<SkillQuery[]> bySkill = [.. queries.GroupBy(query => query.Skill).Select(group => group.ToArray())];
        SkillTrial[] drawn = [.. Enumerable.Range(0, count).Select(index =>
        {
            CounterRandom own = new(random.Bits((ulong)index));
            SkillQuery[] first = bySkill[own.Below(0, bySkill.Length)], second = bySkill[own.Below(1, bySkill.Length)];
            SkillQuery from = first[own.Below(2, first.Length)], to = second[own.Below(3, second.Length)];
            int frame = own.Below(4, trials.Clips.Clips[from.Skill].Last - 1);
            return new SkillTrial(to.Skill, to.Condition, RecognisedAfter + RecognisedSeconds)
            {
                Sentence = to.Sentence,
                Before = (from.Skill, from.Condition, frame, 1 + (3 * own.Uniform(5))),
            };
        })];
        SkillTrial[] changes = [.. drawn.Where(trial => trial.Before!.Value.Skill != trial.Skill)];
        IReadOnlyList<SkillOutcome> outcomes = trials.Run(changes, actor, cancellation);
        int[] shown = judge.Nearest([.. outcomes.Select(Recognised)], trials.ControlRate);
        return [.. changes.Select((trial, index) => new SkillTransition(
            trial.Before!.Value.Skill, trial.Skill, outcomes[index].Fell, !outcomes[index].Fell && judge.IsRight(shown[index], trial.Skill, trial.Sentence)))];
    }

    private float[] Recognised(SkillOutcome outcome)
    {
        int numbers = outcome.Positions.Length / outcome.Steps;
        return outcome.Positions[((outcome.Told + (int)(RecognisedAfter * trials.ControlRate)) * numbers)..];
    }
}
