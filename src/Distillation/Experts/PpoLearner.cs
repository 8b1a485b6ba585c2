using Motion.Distillation.Runs;
using Motion.Policies;
using Motion.Sim;
using TorchSharp;
using static TorchSharp.torch;

namespace Motion.Distillation.Experts;

/// <summary>What an update came to.</summary>
/// <param name="PolicyLoss">Mean clipped surrogate of the last pass, negated.</param>
/// <param name="Divergence">Mean KL(old‖new) of the last pass.</param>
/// <param name="Clipped">Share of samples whose ratio was clipped in the last pass.</param>
/// <param name="GradientNorm">Mean norm of the gradients.</param>
/// <param name="LearningRate">Learning rate at the end.</param>
/// <param name="Epochs">Passes that were made.</param>
/// <param name="CloningError">Mean squared distance of an action's mean from the teacher's label, times trust, in the last pass; 0 without labels.</param>
public readonly record struct PolicyUpdate(float PolicyLoss, float Divergence, float Clipped, float GradientNorm, float LearningRate, int Epochs, float CloningError = 0);

/// <summary>Where a learner stands.</summary>
/// <param name="PolicyRate">The policy's learning rate.</param>
/// <param name="Shuffles">How often samples were put in a new order.</param>
/// <param name="ValueError">Mean squared error of the value function's last update.</param>
public sealed record LearnerProgress(double PolicyRate, ulong Shuffles, float ValueError);

/// <summary>
/// Proximal policy optimisation (Schulman et al., 2017) in two halves that need not wait for each other: the policy's update needs the values of a
/// rollout, the value function's update needs only that rollout, so that the next rollout can be collected beside it.
/// </summary>
public sealed class PpoLearner : IDisposable
{
    private readonly PpoOptions _options;
    private readonly Workers _workers;
    private readonly CounterRandom _order;
    private readonly SharedGradient<GaussianPolicy> _policy;
    private readonly SharedGradient<Perceptron> _value;
    private double _rate;
    private ulong _shuffles;
    private Tensor? _observations;
    private Tensor? _returns;

    /// <summary>Makes a learner of networks that it does not dispose.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="value">The value function: one output.</param>
    /// <param name="options">Settings.</param>
    /// <param name="workers">Threads to learn on.</param>
    /// <param name="seed">Seed of the order of samples.</param>
    public PpoLearner(GaussianPolicy policy, Perceptron value, PpoOptions options, Workers workers, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(workers);
        options.Validate();
        _options = options;
        _workers = workers;
        _order = CounterRandom.For(seed, 0x0DE2);
        _policy = new SharedGradient<GaussianPolicy>(workers, policy, own => own.Sharing(), options.PolicyRate, options.GradientLimit);
        _value = new SharedGradient<Perceptron>(workers, value, own => own.Sharing(), options.ValueRate, options.GradientLimit);
        _rate = options.PolicyRate;
    }

    /// <summary>Mean squared error of the value function's last update.</summary>
    public float ValueError { get; private set; }

    /// <summary>Improves the policy by a rollout, whose values and advantages it computes, and keeps what the value function will learn from.</summary>
    /// <param name="rollout">What happened; with labels where there is cloning.</param>
    /// <param name="normaliser">What observations go through.</param>
    /// <param name="objective">What the policy is improved by: its rewards alone when null.</param>
    public PolicyUpdate UpdatePolicy(Rollout rollout, ObservationNormaliser normaliser, PolicyObjective? objective = null)
    {
        ArgumentNullException.ThrowIfNull(rollout);
        ArgumentNullException.ThrowIfNull(normaliser);
        using DisposeScope scope = NewDisposeScope();
        using IDisposable unrecorded = no_grad();
        Tensor seen = normaliser.Normalise(rollout.Observations.view((rollout.Steps + 1) * rollout.Worlds, -1)); // [(step + 1) · world, feature]
        float[] values = Values(seen), final = rollout.FinalCount == 0 ? [] : Values(normaliser.Normalise(rollout.FinalObservations()));

        float[] advantages = new float[rollout.Samples];
        GeneralisedAdvantage.Compute(rollout.Rewards, values, rollout.Terminated, rollout.Truncated, final, (_options.Discount, _options.Lambda), advantages);

        // Samples are put in a new order once, so that minibatches lie together in memory; passes take minibatches in orders of their own.
        Tensor order = tensor([.. Shuffled(rollout.Samples).Select(sample => (long)sample)]).to(rollout.Device);
        Keep(ref _observations, seen.index_select(0, order));
        Keep(ref _returns, tensor([.. advantages.Select((advantage, index) => advantage + values[index])]).to(rollout.Device).index_select(0, order));
        Tensor normalised = tensor(Normalised(advantages)).to(rollout.Device).index_select(0, order);
        Tensor actions = rollout.Actions.view(rollout.Samples, -1).index_select(0, order), means = rollout.Means.view(rollout.Samples, -1).index_select(0, order);
        bool cloned = objective is { Cloning: > 0 };
        Tensor? labels = cloned ? rollout.Labels!.view(rollout.Samples, -1).index_select(0, order) : null, trust = cloned ? rollout.Trust!.view(rollout.Samples, 1).index_select(0, order) : null;
        return ImprovePolicy(new PolicySamples(_observations!, actions, means, _policy.Module.LogProbability(means, actions), normalised, labels, trust), objective ?? new());
    }

    /// <summary>Improves the value function by what <see cref="UpdatePolicy"/> kept, if anything. Gives the mean squared error of the last pass.</summary>
    public float UpdateValue()
    {
        if (_observations is null || _returns is null)
        {
            return ValueError;
        }

        using DisposeScope scope = NewDisposeScope();
        Tensor observations = _observations, returns = _returns;
        float error = 0;
        for (int epoch = 0; epoch < _options.ValueEpochs; epoch++)
        {
            error = 0;
            (int[] minibatches, int size) = Minibatches((int)returns.numel());
            foreach (int minibatch in minibatches)
            {
                (float[] sums, _) = _value.Step((long)minibatch * size, size, (module, first, count) =>
                {
                    Tensor predicted = module.call(observations.narrow(0, first, count));
                    using IDisposable own = no_grad();
                    Tensor errors = predicted - returns.narrow(0, first, count).unsqueeze(-1);
                    return (predicted, errors * (2.0 / size), errors.square().sum().unsqueeze(0).div_(size));
                });
                error += sums[0] / minibatches.Length;
            }
        }

        Keep(ref _observations, null);
        Keep(ref _returns, null);
        ValueError = error;
        return error;
    }

    /// <summary>Writes down all that decides what follows but the networks. The value function must have learned what the policy's update kept.</summary>
    public LearnerProgress Save(TrainingState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Add("policy_optimiser", _policy.Save());
        state.Add("value_optimiser", _value.Save());
        return new LearnerProgress(_rate, _shuffles, ValueError);
    }

    /// <summary>Goes back to where <see cref="Save"/> was called.</summary>
    public void Load(TrainingState state, LearnerProgress progress)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(progress);
        _policy.Load(state.Under("policy_optimiser"));
        _value.Load(state.Under("value_optimiser"));
        (_rate, _shuffles, ValueError) = (progress.PolicyRate, progress.Shuffles, progress.ValueError);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _policy.Dispose();
        _value.Dispose();
        _observations?.Dispose();
        _returns?.Dispose();
    }

    /// <summary>What the policy learns from: observations, actions, means of actions, labels and their trust [sample, …]; log probabilities and advantages [sample].</summary>
    private sealed record PolicySamples(Tensor Observations, Tensor Actions, Tensor OldMeans, Tensor OldLogProbabilities, Tensor Advantages, Tensor? Labels, Tensor? Trust)
    {
        public PolicySamples Narrow(long first, long count) => new(
            Observations.narrow(0, first, count), Actions.narrow(0, first, count), OldMeans.narrow(0, first, count), OldLogProbabilities.narrow(0, first, count), Advantages.narrow(0, first, count), Labels?.narrow(0, first, count), Trust?.narrow(0, first, count));
    }

    private static void Keep(ref Tensor? kept, Tensor? value)
    {
        kept?.Dispose();
        kept = value?.DetachFromDisposeScope();
    }

    private PolicyUpdate ImprovePolicy(PolicySamples samples, PolicyObjective objective)
    {
        PolicyUpdate update = default;
        _policy.LearningRate = objective.Rate ?? _rate;
        double norms = 0;
        int steps = 0;
        for (int epoch = 1; epoch <= _options.PolicyEpochs; epoch++)
        {
            float[] totals = new float[4];
            (int[] minibatches, int size) = Minibatches((int)samples.Advantages.numel());
            foreach (int minibatch in minibatches)
            {
                (float[] sums, double norm) = _policy.Step((long)minibatch * size, size, (module, first, count) =>
                    PolicyGradient(module, samples.Narrow(first, count), size, objective));
                norms += norm;
                steps++;
                for (int index = 0; index < totals.Length; index++)
                {
                    totals[index] += sums[index] / (minibatches.Length * size);
                }
            }

            update = new PolicyUpdate(totals[0], totals[1], totals[2], (float)(norms / steps), (float)_policy.LearningRate, epoch, totals[3]);
            if (objective.Rate is null && totals[1] > 4 * _options.TargetDivergence)
            {
                break;
            }
        }

        if (objective.Rate is null)
        {
            Adapt(update.Divergence);
        }

        return update;
    }

    /// <summary>
    /// The gradient of the clipped surrogate (Schulman et al., 2017, equation 7) with respect to the means, by hand: with d = action − mean, p the ratio of
    /// probabilities and A the advantage, −p·A·d/σ² where the ratio counts, plus those of Σ (mean outside ±1)² and of Σ (mean − label)².
    /// </summary>
    private (Tensor Means, Tensor Gradient, Tensor Statistics) PolicyGradient(GaussianPolicy policy, PolicySamples samples, long count, PolicyObjective objective)
    {
        Tensor means = policy.call(samples.Observations);
        using IDisposable unrecorded = no_grad();
        Tensor outside = means - means.clamp(-1, 1), none = zeros([], device: means.device);
        Tensor gradient = outside.mul_(2 * _options.ActionBoundWeight / count);
        (Tensor loss, Tensor clipped, Tensor cloning) = (none, none, none);
        if (objective.Surrogate > 0)
        {
            Tensor away = samples.Actions - means;
            Tensor ratio = (away.square().sum(-1).mul_(-0.5 / (policy.Deviation * policy.Deviation)) - samples.OldLogProbabilities).exp_();
            Tensor gain = ratio * samples.Advantages, clippedGain = ratio.clamp(1 - _options.Clip, 1 + _options.Clip).mul_(samples.Advantages);
            Tensor counts = gain.le(clippedGain).to(ScalarType.Float32);
            gradient.sub_(away.mul_((gain * counts).mul_(objective.Surrogate / (policy.Deviation * policy.Deviation * count)).unsqueeze(-1)));
            (loss, clipped) = (-gain.minimum(clippedGain).sum(), counts.numel() - counts.sum());
        }

        if (samples.Labels is not null)
        {
            Tensor wrong = (means - samples.Labels).mul_(samples.Trust!);
            cloning = wrong.square().mean([-1]).sum();
            gradient.add_(wrong.mul_(2 * objective.Cloning / count));
        }

        return (means, gradient, stack([loss, policy.Divergence(samples.OldMeans, means).sum(), clipped, cloning]));
    }

    // Schulman's rule of thumb: a rate that moves the policy by half or twice as much as wanted is changed by half.
    private void Adapt(float divergence)
    {
        if (!_options.AdaptiveRate)
        {
            return;
        }

        double factor = divergence > 2 * _options.TargetDivergence ? 1 / 1.5 : divergence < _options.TargetDivergence / 2 ? 1.5 : 1;
        _rate = Math.Clamp(_rate * factor, 1e-5, 1e-2);
    }

    private float[] Values(Tensor observations)
    {
        using DisposeScope scope = NewDisposeScope();
        long count = observations.shape[0];
        Tensor values = empty([count], device: observations.device);
        int slices = _workers.Count;
        _workers.Run(slices, slice =>
        {
            using DisposeScope own = NewDisposeScope();
            using IDisposable unrecorded = no_grad();
            long first = slice * count / slices, next = (slice + 1) * count / slices;
            values.narrow(0, first, next - first).copy_(_value.Module.call(observations.narrow(0, first, next - first)).squeeze(-1));
        });
        return values.data<float>().ToArray();
    }

    /// <summary>Minibatches in a new order, and how many samples each has.</summary>
    private (int[] Order, int Size) Minibatches(int samples)
    {
        int size = Math.Min(_options.MinibatchSize, samples);
        return (Shuffled(samples / size), size);
    }

    private int[] Shuffled(int count)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        CounterRandom random = new(_order.Bits(_shuffles++));
        for (int index = count - 1; index > 0; index--)
        {
            int other = random.Below((ulong)index, index + 1);
            (order[index], order[other]) = (order[other], order[index]);
        }

        return order;
    }

    private float[] Normalised(float[] advantages)
    {
        double mean = advantages.Average(value => (double)value);
        double deviation = Math.Sqrt(advantages.Average(value => (value - mean) * (value - mean)));
        float limit = _options.AdvantageLimit;
        return [.. advantages.Select(value => Math.Clamp((float)((value - mean) / (deviation + 1e-5)), -limit, limit))];
    }
}
