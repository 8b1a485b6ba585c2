using Motion.Policies.Planning;
using Motion.Sim;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Motion.Distillation.Planning;

/// <summary>Learns which codes follow a state, and a sentence where it is told one, from windows without a fall that a finished autoencoder encodes.</summary>
internal sealed class PriorStage : IPlannerStage, IDisposable
{
    private readonly TrajectoryModel _model;
    private readonly AutoencoderStage _autoencoder;
    private readonly PlannerTrainingOptions _options;
    private readonly MappedRollouts _data;
    private readonly Tensor? _meanings;
    private readonly WindowBatch _batch;

    public PriorStage(TrajectoryModel model, AutoencoderStage autoencoder, MappedRollouts data, PlannerTrainingOptions options, float[][]? meanings)
    {
        (_model, _autoencoder, _data, _options) = (model, autoencoder, data, options);
        _meanings = meanings is null ? null : tensor([.. meanings.SelectMany(row => row)]).view(meanings.Length, -1).to(model.Device).DetachFromDisposeScope();
        _batch = new WindowBatch(options.Batch, options.Shape.Steps, model.Card.States, model.Card.Actions);
    }

    /// <inheritdoc/>
    public string Name => "prior";

    /// <inheritdoc/>
    public long Steps => _options.PriorSteps;

    /// <inheritdoc/>
    public IReadOnlyList<string> Columns => ["surprise", "hits"];

    /// <inheritdoc/>
    public IEnumerable<Parameter> Parameters => _model.Prior.parameters();

    /// <inheritdoc/>
    public IEnumerable<KeyValuePair<string, Tensor>> State => AutoencoderStage.Prefixed("prior", _model.Prior.state_dict());

    /// <inheritdoc/>
    public (Tensor Loss, double[] Measured) Loss(long step)
    {
        _data.Draw(CounterRandom.For(_options.Seed, 0xC0_0000_0000 + (ulong)step), _batch);
        WindowTensors windows = WindowTensors.Of(_batch, _model, _meanings);
        Tensor codes, states = windows.First;
        using (no_grad())
        {
            codes = _autoencoder.Encode(windows);
        }

        Tensor? sentences = windows.Meaning is null ? null : windows.Meaning * rand(windows.Windows, 1).to(_model.Device).ge(_options.SentenceDropout).to_type(ScalarType.Float32);
        Tensor logits = _model.Prior.Logits(states + (randn_like(states) * _options.StateNoise), sentences, codes);
        Tensor flat = logits.reshape(-1, logits.size(-1)), wanted = codes.reshape(-1);

        // Plans are drawn from what stands, so that few of them fall.
        Tensor stands = windows.Alive.select(1, windows.Steps - 1).repeat_interleave(codes.size(1), 0);
        Tensor surprise = -flat.log_softmax(-1).gather(-1, wanted.unsqueeze(-1)).squeeze(-1);
        Tensor loss = (surprise * stands).sum() / (stands.sum() + 1e-6);
        double hits = flat.detach().argmax(-1).eq(wanted).to_type(ScalarType.Float32).mean().ToDouble();
        return (loss, [loss.item<float>(), hits]);
    }

    /// <inheritdoc/>
    public void Load(Dictionary<string, Tensor> saved) => _model.Prior.load_state_dict(AutoencoderStage.Under(saved, "prior"));

    public void Dispose() => _meanings?.Dispose();
}
