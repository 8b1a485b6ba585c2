using Motion.Distillation.Experts;
using Motion.Policies;
using Motion.Sim;

namespace Motion.Distillation.Tests.Experts;

public class PpoLearnerTests
{
    [Fact]
    public void Rewards_rise_to_what_the_noise_leaves()
    {
        (double before, double after, _) = Learn(updates: 60, threads: 1);

        // Without knowing anything the error is 0.36/3 + 0.16/3 = 0.17, and the noise of 0.2 costs 0.04 in any case.
        Assert.InRange(before, -0.25, -0.17);
        Assert.InRange(after, -0.055, -0.035);
    }

    [Fact]
    public void The_same_seed_and_threads_give_the_same_numbers_to_the_bit()
    {
        Assert.Equal(Learn(updates: 5, threads: 2).Weights, Learn(updates: 5, threads: 2).Weights);
        Assert.NotEqual(Learn(updates: 5, threads: 2).Weights, Learn(updates: 5, threads: 2, seed: 1).Weights);
    }

    [Fact]
    public void Slices_of_a_minibatch_add_up_to_its_gradient()
    {
        float[] one = Learn(updates: 2, threads: 1).Weights, three = Learn(updates: 2, threads: 3).Weights;
        Assert.All(one.Zip(three), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Labels_are_cloned_with_or_without_rewards(float surrogate)
    {
        // Rewards ask for 0.6·a − 0.4·b, the teacher for the opposite: who listens to the teacher alone, or much more to it, comes to that.
        using GuessingWorlds worlds = new(64, 0);
        using GaussianPolicy policy = new(2, 1, new NetworkOptions { Layers = [32] }, 0.2f, 0);
        using Perceptron value = new(2, 1, new NetworkOptions { Layers = [32] }, 1);
        using ObservationNormaliser normaliser = new(2);
        using Workers workers = new(1);
        using PpoLearner learner = new(policy, value, new PpoOptions { MinibatchSize = 256, PolicyRate = 3e-3f, AdaptiveRate = false, TargetDivergence = 1 }, workers, 0);
        using Rollout rollout = new(16, 64, 2, 1, labelled: true);
        float[] seen = new float[2 * 64];
        using Collector collector = new(worlds, policy, normaliser, CounterRandom.For(0, 7), (labels, trust) =>
        {
            worlds.Observe(seen);
            trust.Fill(1);
            for (int world = 0; world < 64; world++)
            {
                labels[world] = (-0.6f * seen[2 * world]) + (0.4f * seen[(2 * world) + 1]);
            }
        });
        PolicyUpdate update = default;
        float first = 0;
        for (int round = 0; round < 40; round++)
        {
            collector.TeacherActs = round < 20;
            collector.Collect(rollout);
            update = learner.UpdatePolicy(rollout, normaliser, new PolicyObjective { Surrogate = surrogate, Cloning = 100, Rate = 3e-3 });
            learner.UpdateValue();
            first = round == 0 ? update.CloningError : first;
        }

        // Knowing nothing costs 0.36/3 + 0.16/3 = 0.17 at first.
        Assert.InRange(first, 0.01f, 0.2f);
        Assert.InRange(update.CloningError, 0, 2e-3f);
        using Tensor off = rollout.Actions - rollout.Labels!;

        // The policy acts by then: what it did is off by the noise, 0.2² = 0.04, and little more.
        Assert.InRange(off.square().mean().ToSingle(), 0.035f, 0.05f);
    }

    private static (double Before, double After, float[] Weights) Learn(int updates, int threads, ulong seed = 0)
    {
        const float Deviation = 0.2f;
        using GuessingWorlds worlds = new(64, seed);
        using GaussianPolicy policy = new(2, 1, new NetworkOptions { Layers = [32] }, Deviation, seed);
        using Perceptron value = new(2, 1, new NetworkOptions { Layers = [32] }, seed + 1);
        using ObservationNormaliser normaliser = new(2);
        using Workers workers = new(threads);
        PpoOptions options = new() { MinibatchSize = 256, PolicyRate = 3e-3f, AdaptiveRate = false, TargetDivergence = 1 };
        using PpoLearner learner = new(policy, value, options, workers, seed);
        using Rollout rollout = new(options.Horizon, worlds.WorldCount, 2, 1);
        using Collector collector = new(worlds, policy, normaliser, CounterRandom.For(seed, 7));
        double before = 0, after = 0;
        for (int update = 0; update < updates; update++)
        {
            collector.Collect(rollout);
            after = rollout.Rewards.Average(reward => (double)reward);
            before = update == 0 ? after : before;
            learner.UpdatePolicy(rollout, normaliser);
            learner.UpdateValue();
            normaliser.Learn(rollout.Observations.narrow(0, 0, rollout.Steps).view(rollout.Samples, -1));
        }

        return (before, after, [.. policy.parameters().SelectMany(parameter => parameter.data<float>().ToArray())]);
    }
}
