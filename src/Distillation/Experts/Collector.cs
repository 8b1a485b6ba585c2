using System.Runtime.InteropServices;
using Motion.Policies;
using Motion.Sim;
using Motion.Sim.Tracking;
using TorchSharp;
using static TorchSharp.torch;

namespace Motion.Distillation.Experts;

/// <summary>Says what a teacher would do in every world now.</summary>
/// <param name="actions">Result: [world × action].</param>
/// <param name="trust">Result: how far to trust that, 0 to 1: [world].</param>
public delegate void Labelling(Span<float> actions, Span<float> trust);

/// <summary>
/// Lets a policy act in an environment and writes down what happens. A control step takes one upload, of observations and noise together, and one
/// download, of actions.
/// </summary>
public sealed class Collector : IDisposable
{
    private readonly IEnvironment _environment;
    private readonly GaussianPolicy _policy;
    private readonly ObservationNormaliser _normaliser;
    private readonly CounterRandom _random;
    private readonly Labelling? _teacher;
    private readonly float[] _trust;
    private readonly Tensor _sent;
    private readonly Tensor _received;

    /// <param name="environment">Where to act; not disposed here.</param>
    /// <param name="policy">Who acts.</param>
    /// <param name="normaliser">What the policy's observations go through.</param>
    /// <param name="random">The noise of the actions.</param>
    /// <param name="teacher">Says what a teacher would do, for rollouts that have room for it.</param>
    public Collector(IEnvironment environment, GaussianPolicy policy, ObservationNormaliser normaliser, CounterRandom random, Labelling? teacher = null)
    {
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentNullException.ThrowIfNull(policy);
        (_environment, _policy, _normaliser, _random, _teacher) = (environment, policy, normaliser, random, teacher);
        _trust = new float[environment.WorldCount];
        _sent = Buffer((environment.ObservationCount + environment.ActionCount) * environment.WorldCount);
        _received = Buffer(environment.ActionCount * environment.WorldCount);
    }

    /// <summary>Whether the teacher acts in the policy's stead, with the same noise.</summary>
    public bool TeacherActs { get; set; }

    /// <summary>Control steps done so far, in every world: also the place in the noise.</summary>
    public ulong StepsDone { get; set; }

    private int ObservationNumbers => _environment.ObservationCount * _environment.WorldCount;

    private Span<float> Seen => MemoryMarshal.Cast<byte, float>(_sent.bytes)[..ObservationNumbers];

    private Span<float> Noise => MemoryMarshal.Cast<byte, float>(_sent.bytes)[ObservationNumbers..];

    private Span<float> Actions => MemoryMarshal.Cast<byte, float>(_received.bytes);

    /// <summary>Fills a rollout.</summary>
    public void Collect(Rollout rollout)
    {
        ArgumentNullException.ThrowIfNull(rollout);
        rollout.Clear();
        using IDisposable unrecorded = no_grad();
        for (int step = 0; step < rollout.Steps; step++)
        {
            Act(rollout, step);
            _environment.Step(Actions);
            Record(rollout, step);
        }

        Look(rollout, rollout.Steps);
        using DisposeScope scope = NewDisposeScope();
        rollout.Observations.select(0, rollout.Steps).copy_(_sent.narrow(0, 0, ObservationNumbers).view(rollout.Worlds, -1));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _sent.Dispose();
        _received.Dispose();
    }

    private Tensor Buffer(int count)
    {
        Tensor buffer = zeros(count);
        if (_policy.Device.type == DeviceType.CPU)
        {
            return buffer.DetachFromDisposeScope();
        }

        using (buffer)
        {
            return buffer.pin_memory().DetachFromDisposeScope();
        }
    }

    private void Act(Rollout rollout, int step)
    {
        Look(rollout, step);
        _random.Normal(StepsDone++ * (ulong)Noise.Length, Noise);
        using DisposeScope scope = NewDisposeScope();
        Tensor there = _sent.to(_policy.Device, non_blocking: true);
        Tensor seen = there.narrow(0, 0, ObservationNumbers).view(rollout.Worlds, -1);
        Tensor noise = there.narrow(0, ObservationNumbers, there.numel() - ObservationNumbers).view(rollout.Worlds, -1);
        Tensor means = _policy.call(_normaliser.Normalise(seen)); // [world, action]
        if (rollout.Labels is not null && _teacher is not null)
        {
            _teacher(Actions, _trust);
            rollout.Labels.select(0, step).copy_(_received.view(rollout.Worlds, -1));
            rollout.Trust!.select(0, step).copy_(tensor(_trust));
        }

        Tensor actions = (TeacherActs ? rollout.Labels!.select(0, step) : means) + (noise * _policy.Deviation);
        rollout.Observations.select(0, step).copy_(seen);
        rollout.Means.select(0, step).copy_(means);
        rollout.Actions.select(0, step).copy_(actions);
        _received.copy_(actions.view(-1));
    }

    private void Look(Rollout rollout, int step)
    {
        _environment.Observe(Seen);
        for (int world = 0; world < rollout.Worlds; world++)
        {
            rollout.Rows[(step * rollout.Worlds) + world] = _environment.RowOf(world);
        }
    }

    private void Record(Rollout rollout, int step)
    {
        int at = step * rollout.Worlds;
        _environment.Rewards.CopyTo(rollout.Rewards.AsSpan(at));
        _environment.Terminated.CopyTo(rollout.Terminated.AsSpan(at));
        _environment.Truncated.CopyTo(rollout.Truncated.AsSpan(at));
        for (int world = 0; world < rollout.Worlds; world++)
        {
            if (_environment.Truncated[world])
            {
                rollout.AddFinal(_environment.FinalObservation(world));
            }
        }
    }
}
