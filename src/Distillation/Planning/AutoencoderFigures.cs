using System.Numerics;
using Motion.Policies.Planning;
using Motion.Sim;
using TorchSharp;
using static TorchSharp.torch;

namespace Motion.Distillation.Planning;

/// <summary>Measures an autoencoder and its prior.</summary>
internal sealed class AutoencoderFigures(TrajectoryModel model, AutoencoderStage autoencoder)
{
    private const int Windows = 512;
    private const int Batches = 4;

    // Windows that no rollout to learn from began like.
    private const int ReplayNumber = 1_000_000;
    private readonly TrajectoryShape _shape = model.Card.Shape;

    /// <summary>
    /// On rollouts that were held back: perplexity and share of codes that are used; reconstruction: actions, rad; foreseen key bodies, mm, joints and root
    /// rotation, degrees, and root velocity, m/s, half way and at the end of the window; how often a fall within the window is told; the prior's surprise,
    /// nats a token.
    /// </summary>
    public IReadOnlyDictionary<string, double> Measure(MappedRollouts held, ulong seed)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable unrecorded = no_grad();
        manual_seed((long)seed);
        WindowBatch batch = new(Windows, _shape.Steps, model.Card.States, model.Card.Actions);
        StateErrors errors = new(held.Layout);
        List<Tensor> used = [];
        Dictionary<string, double> sums = [];
        for (int number = 0; number < Batches; number++)
        {
            held.Draw(CounterRandom.For(seed, 0xE0_0000_0000 + (ulong)number), batch);
            WindowTensors windows = WindowTensors.Of(batch, model, null);
            Tensor codes = autoencoder.Encode(windows);
            used.Add(codes);
            foreach ((string name, double value) in Errors(windows, codes, errors))
            {
                sums[name] = sums.GetValueOrDefault(name) + (value / Batches);
            }
        }

        Tensor all = cat(used, 0);
        sums["perplexity"] = AutoencoderStage.Perplexity(all, model.Card.Codes);
        sums["codes_used"] = bincount(all.reshape(-1), null, model.Card.Codes).gt(0).to_type(ScalarType.Float32).mean().ToDouble();
        return sums.ToDictionary(pair => pair.Key, pair => Math.Round(pair.Value, 4));
    }

    /// <summary>
    /// Teachers act for windows; their codes are followed in the simulator from where each window began: key bodies, mm, joints, degrees, and the root's place
    /// on the ground, mm, away from the teacher's half way and at the end, of those that stand, and the share that falls.
    /// </summary>
    public IReadOnlyDictionary<string, double> Replay(SkillRollouts source, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Replayed replayed = source.Replay(ReplayNumber, _shape.Steps, Follow);
        StateErrors errors = new(source.Layout);
        TrajectoryRollout taught = replayed.Taught, repeated = replayed.Repeated;
        int[] whole = [.. Enumerable.Range(0, taught.Worlds).Where(world => Enumerable.Range(1, _shape.Steps).All(step => taught.Flags[taught.RowOf(world, step)] == 0) && taught.Flags[taught.RowOf(world, 0)] == TrajectoryRollout.Start)];
        bool Stands(int world, int steps) => Enumerable.Range(0, steps).All(step => repeated.Flags[repeated.RowOf(world, step)] == 0);
        Dictionary<string, double> figures = new() { ["replay_falls"] = whole.Length == 0 ? 0 : whole.Count(world => !Stands(world, _shape.Steps)) / (double)whole.Length };
        foreach ((string when, int step) in new[] { ("half", _shape.Steps / 2), ("end", _shape.Steps) })
        {
            int[] rows = [.. whole.Where(world => Stands(world, step)).Select(world => taught.RowOf(world, step))];
            double Mean(Func<int, double> error) => rows.Length == 0 ? 0 : rows.Average(error);
            ReadOnlySpan<float> At(float[] states, int row) => states.AsSpan(row * taught.StateCount, taught.StateCount);
            figures[$"replay_mm_{when}"] = Mean(row => errors.KeyBodyMillimetres(At(repeated.States, row), At(taught.States, row)));
            figures[$"replay_degrees_{when}"] = Mean(row => errors.JointDegrees(At(repeated.States, row), At(taught.States, row)));
            figures[$"replay_place_mm_{when}"] = Mean(row => 1000 * Vector2.Distance(replayed.RepeatedPlaces[row].Position, replayed.TaughtPlaces[row].Position));
        }

        return figures.ToDictionary(pair => pair.Key, pair => Math.Round(pair.Value, 4));
    }

    private ReplayActor Follow(TrajectoryRollout taught)
    {
        int[] codes = CodesOf(taught), now = new int[taught.Worlds * _shape.ChunkTokens], phases = new int[taught.Worlds];
        CodeFollower follower = new(model);
        return (step, states, targets) =>
        {
            int chunk = step / _shape.ChunkSteps;
            Array.Fill(phases, step % _shape.ChunkSteps);
            for (int world = 0; world < phases.Length; world++)
            {
                codes.AsSpan((world * _shape.Tokens) + (chunk * _shape.ChunkTokens), _shape.ChunkTokens).CopyTo(now.AsSpan(world * _shape.ChunkTokens));
            }

            follower.Act(states, now, phases, targets);
        };
    }

    private int[] CodesOf(TrajectoryRollout taught)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable unrecorded = no_grad();
        Tensor states = model.States.To(tensor(taught.States).view(taught.Worlds, taught.Steps, -1).to(model.Device));
        Tensor actions = model.Actions.To(tensor(taught.Actions).view(taught.Worlds, taught.Steps, -1).to(model.Device)).narrow(1, 0, _shape.Steps);
        Tensor all = ones([taught.Worlds, _shape.Steps], device: model.Device);
        return [.. autoencoder.Encode(new WindowTensors(states, actions, all, all, null)).cpu().contiguous().data<long>().ToArray().Select(code => (int)code)];
    }

    private IEnumerable<(string Name, double Value)> Errors(WindowTensors windows, Tensor codes, StateErrors errors)
    {
        Tensor vectors = model.Decoder.Vectors(codes);
        Tensor phases = eye(_shape.ChunkSteps, device: model.Device).repeat(_shape.Chunks, 1).unsqueeze(0).expand(windows.Windows, windows.Steps, _shape.ChunkSteps);
        Tensor chosen = model.Decoder.Actions(windows.Before, vectors.repeat_interleave(_shape.ChunkSteps, 1), phases);
        Tensor blind = model.Decoder.Actions(windows.Before, zeros_like(vectors).repeat_interleave(_shape.ChunkSteps, 1), zeros_like(phases));
        yield return ("action_error_rad", ActionError(chosen, windows));
        yield return ("cloned_action_error_rad", ActionError(blind, windows));
        Foresight ahead = model.Decoder.Foresee(windows.First, vectors, whole: true);
        Tensor states = model.States.From(cat([ahead.Roots, ahead.Bodies!], -1)), truth = model.States.From(windows.States.narrow(1, 1, windows.Steps));
        foreach ((string when, long step) in new[] { ("half", (windows.Steps / 2) - 1), ("end", windows.Steps - 1) })
        {
            Tensor alive = windows.Alive.select(1, step), off = states.select(1, step) - truth.select(1, step);
            float[] foreseen = Numbers(states.select(1, step)), came = Numbers(truth.select(1, step)), stood = Numbers(alive);
            yield return ($"key_bodies_mm_{when}", Mean(foreseen, came, stood, errors.KeyBodyMillimetres));
            yield return ($"joints_degrees_{when}", Mean(foreseen, came, stood, errors.JointDegrees));
            yield return ($"root_velocity_{when}", Mean(off.narrow(1, 7, 3).square().sum(-1).sqrt(), alive));

            // The turned vertical axis: its angle to what it should be.
            Tensor one = states.select(1, step).narrow(1, 4, 3), other = truth.select(1, step).narrow(1, 4, 3);
            Tensor cosine = (one * other).sum(-1) / ((one.square().sum(-1) * other.square().sum(-1)).sqrt() + 1e-9);
            yield return ($"tilt_degrees_{when}", 180 / Math.PI * Mean(cosine.clamp(-1, 1).acos(), alive));
        }

        Tensor stands = windows.Alive.select(1, windows.Steps - 1), said = ahead.Survival.select(1, windows.Steps - 1).ge(0).to_type(ScalarType.Float32);
        yield return ("falls_told", Mean(1 - said, 1 - stands));
        yield return ("falls_told_wrongly", Mean(1 - said, stands));
        Tensor logits = model.Prior.Logits(windows.First, null, codes);
        yield return ("prior_surprise_nats", nn.functional.cross_entropy(logits.reshape(-1, logits.size(-1)), codes.reshape(-1)).ToDouble());
    }

    private double ActionError(Tensor chosen, WindowTensors windows)
    {
        Tensor off = (model.Actions.From(chosen) - model.Actions.From(windows.Actions)).abs().mean([-1]);
        return Mean(off, windows.Acted);
    }

    private delegate double StateError(ReadOnlySpan<float> state, ReadOnlySpan<float> other);

    private static double Mean(float[] states, float[] others, float[] mask, StateError error)
    {
        int count = states.Length / mask.Length;
        double sum = 0;
        for (int row = 0; row < mask.Length; row++)
        {
            sum += mask[row] == 0 ? 0 : error(states.AsSpan(row * count, count), others.AsSpan(row * count, count));
        }

        return sum / Math.Max(1, mask.Sum());
    }

    private static float[] Numbers(Tensor tensor) => tensor.cpu().contiguous().data<float>().ToArray();

    private static double Mean(Tensor values, Tensor mask) => ((values * mask).sum() / (mask.sum() + 1e-9)).ToDouble();
}
