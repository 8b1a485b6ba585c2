using Motion.Policies.Planning;
using Motion.Sim;
using TorchSharp;
using static TorchSharp.torch;

namespace Motion.Distillation.Planning;

/// <summary>Measures an autoencoder and its prior on rollouts that were held back.</summary>
internal sealed class AutoencoderFigures(TrajectoryModel model, AutoencoderStage autoencoder, MappedRollouts held)
{
    private const int Windows = 512;
    private const int Batches = 4;

    /// <summary>
    /// Perplexity and share of codes that are used; reconstruction: actions, rad; foreseen key bodies, mm, root rotation, degrees, and root velocity, m/s,
    /// half way and at the end of the window; how often a fall within the window is told; the prior's surprise, nats a token.
    /// </summary>
    public IReadOnlyDictionary<string, double> Measure(ulong seed)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable unrecorded = no_grad();
        manual_seed((long)seed);
        WindowBatch batch = new(Windows, model.Card.Shape.Steps, model.Card.States, model.Card.Actions);
        List<Tensor> used = [];
        Dictionary<string, double> sums = [];
        for (int number = 0; number < Batches; number++)
        {
            held.Draw(CounterRandom.For(seed, 0xE0_0000_0000 + (ulong)number), batch);
            WindowTensors windows = WindowTensors.Of(batch, model, null);
            Tensor codes = autoencoder.Encode(windows);
            used.Add(codes);
            foreach ((string name, double value) in Errors(windows, codes))
            {
                sums[name] = sums.GetValueOrDefault(name) + (value / Batches);
            }
        }

        Tensor all = cat(used, 0);
        sums["perplexity"] = AutoencoderStage.Perplexity(all, model.Card.Codes);
        sums["codes_used"] = bincount(all.reshape(-1), null, model.Card.Codes).gt(0).to_type(ScalarType.Float32).mean().ToDouble();
        return sums.ToDictionary(pair => pair.Key, pair => Math.Round(pair.Value, 4));
    }

    private IEnumerable<(string Name, double Value)> Errors(WindowTensors windows, Tensor codes)
    {
        TrajectoryShape shape = model.Card.Shape;
        Tensor vectors = model.Decoder.Vectors(codes);
        Tensor phases = eye(shape.ChunkSteps, device: model.Device).repeat(shape.Chunks, 1).unsqueeze(0).expand(windows.Windows, windows.Steps, shape.ChunkSteps);
        Tensor chosen = model.Decoder.Actions(windows.Before, vectors.repeat_interleave(shape.ChunkSteps, 1), phases);
        Tensor blind = model.Decoder.Actions(windows.Before, zeros_like(vectors).repeat_interleave(shape.ChunkSteps, 1), zeros_like(phases));
        yield return ("action_error_rad", ActionError(chosen, windows));
        yield return ("cloned_action_error_rad", ActionError(blind, windows));
        Foresight ahead = model.Decoder.Foresee(windows.First, vectors, whole: true);
        Tensor states = model.States.From(cat([ahead.Roots, ahead.Bodies!], -1)), truth = model.States.From(windows.States.narrow(1, 1, windows.Steps));
        foreach ((string when, long step) in new[] { ("half", (windows.Steps / 2) - 1), ("end", windows.Steps - 1) })
        {
            Tensor alive = windows.Alive.select(1, step), off = states.select(1, step) - truth.select(1, step);
            int keys = held.Layout.Part("key bodies").Start;
            yield return ($"key_bodies_mm_{when}", 1000 * Mean(off.narrow(1, keys, 15).view(-1, 5, 3).square().sum(-1).sqrt().mean([-1]), alive));
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

    private static double Mean(Tensor values, Tensor mask) => ((values * mask).sum() / (mask.sum() + 1e-9)).ToDouble();
}
