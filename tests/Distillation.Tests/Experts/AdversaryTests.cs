using System.Runtime.InteropServices;
using Motion.Distillation.Experts;
using Motion.Policies;

namespace Motion.Distillation.Tests.Experts;

public class AdversaryTests
{
    private const int Worlds = 16, Steps = 8, Features = 4, State = 2;

    [Fact]
    public void Motion_that_is_not_the_clips_is_soon_told_from_it()
    {
        (float first, float last) = Judge(AdversaryKind.Imitation, offset: 2);

        // softplus(0) = 0.69 is the reward of one that cannot tell; a logit of −2 already gives 0.13.
        Assert.InRange(first, 0.4f, 1.0f);
        Assert.InRange(last, 0, 0.25f);
    }

    [Fact]
    public void Motion_of_the_clip_itself_cannot_be_told_from_it() => Assert.InRange(Judge(AdversaryKind.Imitation, offset: 0).Last, 0.5f, 0.9f);

    [Fact]
    public void Differences_from_the_reference_are_told_from_none()
    {
        Assert.InRange(Judge(AdversaryKind.Difference, offset: 2).Last, 0, 0.25f);
        Assert.InRange(Judge(AdversaryKind.Difference, offset: 0).Last, 0.5f, 0.9f);
    }

    [Fact]
    public void Rewards_are_the_weighted_sum_and_steps_that_end_keep_the_tasks_share()
    {
        using DisposeScope scope = NewDisposeScope();
        using Workers workers = new(1);
        using ObservationNormaliser normaliser = new(Features);
        AdversaryOptions options = new() { Kind = AdversaryKind.Imitation, TaskWeight = 0.25f, Weight = 2 };
        using Adversary adversary = new(options, References(), State, workers, seed: 0);
        using Rollout rollout = Moving(0, 0);
        Array.Fill(rollout.Rewards, 1);
        rollout.Terminated[5] = true;
        adversary.Judge(rollout, normaliser);
        Assert.Equal(0.25f, rollout.Rewards[5]);
        Assert.Equal(0.25f + (2 * adversary.Reward), rollout.Rewards.Where((_, sample) => sample != 5).Average(), 1e-3f);
    }

    [Fact]
    public void Motion_of_a_skill_that_was_not_told_is_told_from_the_told_one()
    {
        // Half of the clips' steps and all of the worlds' are of skill 0, else there is nothing to tell: the best logit is ln ½, softplus of that ln 1.5 = 0.41.
        Assert.InRange(JudgeSkills(told: 0), 0.35f, 0.6f);

        // Told skill 1, half of the worlds still do skill 0: that is no step of skill 1.
        Assert.InRange(JudgeSkills(told: 1), 0, 0.25f);
    }

    /// <summary>Two skills, the circle and the same circle beside it; worlds go round the first, and are told one.</summary>
    private static float JudgeSkills(int told)
    {
        using DisposeScope scope = NewDisposeScope();
        using Workers workers = new(1);
        using ObservationNormaliser normaliser = new(Features);
        Tensor both = cat([References(), References() + tensor([3.5f, 0, 0, 0])], 0).DetachFromDisposeScope();
        AdversaryOptions options = new() { Kind = AdversaryKind.Imitation, Network = new() { Layers = [32] }, Rate = 1e-2f, GradientPenalty = 0.02f, MinibatchSize = 128, ReplaySize = 1000, ReplayAdded = 100 };
        using Adversary adversary = new(options, both, State, workers, seed: 0, [.. Enumerable.Range(0, 22).Select(row => row / 11)]);
        float last = 0;
        for (int round = 0; round < 40; round++)
        {
            // Half of the worlds do what they are told, so that every skill is seen done well.
            using Rollout rollout = Moving(0, round, world => world < Worlds / 2 ? 0 : told);
            adversary.Judge(rollout, normaliser);
            last = Enumerable.Range(0, Steps * Worlds).Where(sample => sample % Worlds >= Worlds / 2).Average(sample => rollout.Rewards[sample] / options.Weight);
        }

        return last;
    }

    private static (float First, float Last) Judge(AdversaryKind kind, float offset)
    {
        using DisposeScope scope = NewDisposeScope();
        using Workers workers = new(2);
        using ObservationNormaliser normaliser = new(Features);
        AdversaryOptions options = new() { Kind = kind, Network = new() { Layers = [32] }, Rate = 3e-3f, GradientPenalty = 0.1f, MinibatchSize = 128, ReplaySize = 1000, ReplayAdded = 100 };
        using Adversary adversary = new(options, References(), State, workers, seed: 0);
        float first = 0;
        for (int round = 0; round < 25; round++)
        {
            using Rollout rollout = Moving(offset, round);
            adversary.Judge(rollout, normaliser);
            first = round == 0 ? adversary.Reward : first;
        }

        return (first, adversary.Reward);
    }

    // The clip goes round a circle of ten places.
    private static float[] Place(int row) => [MathF.Cos(MathF.Tau * row / 10), MathF.Sin(MathF.Tau * row / 10), row % 2, 1];

    private static Tensor References() => tensor([.. Enumerable.Range(0, 11).SelectMany(Place)]).view(11, Features).DetachFromDisposeScope();

    /// <summary>Worlds that go round the same circle, or beside it.</summary>
    private static Rollout Moving(float offset, int round, Func<int, int>? skillOf = null)
    {
        Rollout rollout = new(Steps, Worlds, Features, 1);
        for (int step = 0; step <= Steps; step++)
        {
            for (int world = 0; world < Worlds; world++)
            {
                int row = (step + world + round) % 10;
                float[] place = Place(row);
                place[0] += offset;
                place.CopyTo(MemoryMarshal.Cast<byte, float>(rollout.Observations.bytes)[(((step * Worlds) + world) * Features)..]);
                rollout.Rows[(step * Worlds) + world] = row + (11 * (skillOf?.Invoke(world) ?? 0));
            }
        }

        return rollout;
    }
}
