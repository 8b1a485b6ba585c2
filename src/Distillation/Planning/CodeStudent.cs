using Motion.Policies.Planning;
using Motion.Sim;
using Motion.Sim.Skills;
using TorchSharp;
using static TorchSharp.torch;

namespace Motion.Distillation.Planning;

/// <summary>
/// Lets a model act in rollouts as it does when it plans, but for no objective: in every chunk each world follows a code that is drawn for its state and what
/// is said about the skill that it is told. A world that begins within a chunk acts by cloning until the next one.
/// </summary>
/// <param name="model">The model; not disposed here.</param>
public sealed class CodeStudent(TrajectoryModel model)
{
    private static readonly SamplingOptions One = new() { Samples = 1, Chunks = 1 };
    private readonly CodeFollower _follower = new(model);
    private readonly CodeSampler _sampler = new(model.Prior, model.Card.Codes);
    private StateReader? _reader;
    private SkillTask? _task;
    private float[] _states = [];
    private float[] _targets = [];
    private int[] _codes = [];
    private int[] _phases = [];
    private int _step;

    /// <summary>Acts in all worlds of a task, as a <see cref="Motion.Distillation.Skills.SkillActor"/> does. In another task than before it begins anew.</summary>
    public void Act(SkillTask task, Span<float> actions)
    {
        ArgumentNullException.ThrowIfNull(task);
        if (!ReferenceEquals(task, _task))
        {
            Begin(task);
        }

        int worlds = task.WorldCount, features = model.Card.States, count = model.Card.Actions, tokens = model.Card.Shape.ChunkTokens;
        for (int world = 0; world < worlds; world++)
        {
            _reader!.Read(task.Tracking.Batch, world, _states.AsSpan(world * features, features));
        }

        int phase = _step++ % model.Card.Shape.ChunkSteps;
        Array.Fill(_phases, phase);
        if (phase == 0)
        {
            Draw(task);
        }
        else
        {
            for (int world = 0; world < worlds; world++)
            {
                if (task.Terminated[world] || task.Truncated[world])
                {
                    _codes.AsSpan(world * tokens, tokens).Fill(-1);
                }
            }
        }

        _follower.Act(_states, _codes, _phases, _targets);
        for (int world = 0; world < worlds; world++)
        {
            task.Actions.FromTargets(_targets.AsSpan(world * count, count), actions.Slice(world * count, count));
        }
    }

    private void Begin(SkillTask task)
    {
        (_task, _step) = (task, 0);
        _reader = new StateReader(new StateLayout(task.Tracking.Batch.Scene.Character));
        _states = new float[task.WorldCount * model.Card.States];
        _targets = new float[task.WorldCount * model.Card.Actions];
        _codes = new int[task.WorldCount * model.Card.Shape.ChunkTokens];
        _phases = new int[task.WorldCount];
    }

    private void Draw(SkillTask task)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable unrecorded = no_grad();
        int worlds = task.WorldCount;
        Tensor states = model.States.To(tensor(_states).view(worlds, -1).to(model.Device));
        Tensor? told = model.Sentences.Length == 0
            ? null
            : tensor([.. Enumerable.Range(0, worlds).SelectMany(world => model.Sentences[task.SkillOf(world)])]).view(worlds, -1).to(model.Device);

        // Rollouts that differ in where they begin draw differently.
        CounterRandom random = CounterRandom.For(BitConverter.SingleToUInt32Bits(_states[0]), (ulong)_step);
        long[] drawn = _sampler.Sample(states, told, One, random).Codes.cpu().contiguous().data<long>().ToArray();
        for (int token = 0; token < drawn.Length; token++)
        {
            _codes[token] = (int)drawn[token];
        }
    }
}
