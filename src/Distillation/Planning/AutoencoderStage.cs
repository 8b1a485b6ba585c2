using Motion.Policies.Planning;
using Motion.Sim;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Motion.Distillation.Planning;

/// <summary>Learns codes, and what they mean, from windows of trajectories.</summary>
internal sealed class AutoencoderStage : IPlannerStage, IDisposable
{
    private const double RootWeight = 3;
    private readonly TrajectoryModel _model;
    private readonly PlannerTrainingOptions _options;
    private readonly MappedRollouts _data;
    private readonly Tensor? _meanings;
    private readonly WindowBatch _batch;

    public AutoencoderStage(TrajectoryModel model, MappedRollouts data, PlannerTrainingOptions options, float[][]? meanings)
    {
        (_model, _data, _options) = (model, data, options);
        TrajectoryShape shape = options.Shape;
        Quantiser = options.Quantiser == QuantiserKind.FiniteScalar
            ? new FiniteScalarQuantiser(shape.Levels, model.Device)
            : new ProductQuantiser(shape.CodebookRows, shape.CodebookWidth, options.Commitment, model.Device);
        Encoder = new TrajectoryEncoder(shape, model.Card.States + model.Card.Actions, Quantiser.Width);
        Encoder.to(model.Device);
        _meanings = meanings is null ? null : tensor([.. meanings.SelectMany(row => row)]).view(meanings.Length, -1).to(model.Device).DetachFromDisposeScope();
        _batch = new WindowBatch(options.Batch, shape.Steps, model.Card.States, model.Card.Actions);
        PublishCodebook();
    }

    public TrajectoryEncoder Encoder { get; }

    public IQuantiser Quantiser { get; }

    /// <inheritdoc/>
    public string Name => "autoencoder";

    /// <inheritdoc/>
    public long Steps => _options.AutoencoderSteps;

    /// <inheritdoc/>
    public IReadOnlyList<string> Columns => ["action_error", "state_error", "survival_error", "meaning_error", "commitment", "perplexity"];

    /// <inheritdoc/>
    public IEnumerable<Parameter> Parameters => Encoder.parameters().Concat(_model.Decoder.parameters());

    /// <inheritdoc/>
    public IEnumerable<KeyValuePair<string, Tensor>> State =>
        [.. Prefixed("encoder", Encoder.state_dict()), .. Prefixed("decoder", _model.Decoder.state_dict()), .. Prefixed("quantiser", Quantiser.State())];

    /// <inheritdoc/>
    public (Tensor Loss, double[] Measured) Loss(long step)
    {
        _data.Draw(CounterRandom.For(_options.Seed, 0xA0_0000_0000 + (ulong)step), _batch);
        WindowTensors windows = WindowTensors.Of(_batch, _model, _meanings);
        Quantised codes = Quantiser.Quantise(Encoder.call(windows.Before, windows.Actions), learn: true);
        Tensor vectors = codes.Vectors.reshape(windows.Windows, _options.Shape.Chunks, -1); // [window, chunk, number]
        Tensor actions = ActionError(windows, vectors, step);
        Foresight ahead = _model.Decoder.Foresee(Noisy(windows.First), vectors, whole: true);
        Tensor after = windows.States.narrow(1, 1, windows.Steps);
        Tensor alive = windows.Alive.unsqueeze(-1);
        long bodies = _model.Card.States - StateLayout.RootCount;
        Tensor roots = Masked((ahead.Roots - after.narrow(2, 0, StateLayout.RootCount)).square(), alive);
        Tensor rest = Masked((ahead.Bodies! - after.narrow(2, StateLayout.RootCount, bodies)).square(), alive);
        Tensor survival = nn.functional.binary_cross_entropy_with_logits(ahead.Survival, windows.Alive);
        Tensor meaning = windows.Meaning is null || ahead.Meaning is null
            ? zeros([], device: _model.Device)
            : (1 - Cosine(ahead.Meaning, windows.Meaning)).mean();
        Tensor loss = (_options.ActionWeight * actions) + (RootWeight * roots) + rest + (_options.SurvivalWeight * survival) + (0.2 * meaning) + codes.Loss;
        return (loss, [actions.item<float>(), (roots + rest).item<float>() / 2, survival.item<float>(), meaning.item<float>(), codes.Loss.item<float>(), Perplexity(codes.Codes, Quantiser.Codes)]);
    }

    /// <inheritdoc/>
    public void Load(Dictionary<string, Tensor> saved)
    {
        Encoder.load_state_dict(Under(saved, "encoder"));
        _model.Decoder.load_state_dict(Under(saved, "decoder"));
        Quantiser.Load(Under(saved, "quantiser"));
    }

    /// <summary>Codes of windows: [window, token], of the caller's scope.</summary>
    public Tensor Encode(WindowTensors windows) => Quantiser.Quantise(Encoder.call(windows.Before, windows.Actions), learn: false).Codes;

    /// <summary>Gives the decoder what codes stand for.</summary>
    public void PublishCodebook()
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable unrecorded = no_grad();
        _model.Decoder.Codebook.copy_(Quantiser.Table());
    }

    public void Dispose()
    {
        Encoder.Dispose();
        _meanings?.Dispose();
    }

    /// <summary>How many codes would be as varied if they were used evenly: e to the entropy of their use.</summary>
    internal static double Perplexity(Tensor codes, int count)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor share = bincount(codes.reshape(-1), null, count).to_type(ScalarType.Float64);
        share = share / share.sum();
        return Math.Exp(-(share * (share + 1e-12).log()).sum().ToDouble());
    }

    internal static Dictionary<string, Tensor> Under(Dictionary<string, Tensor> tensors, string prefix) =>
        tensors.Where(pair => pair.Key.StartsWith(prefix + ".", StringComparison.Ordinal)).ToDictionary(pair => pair.Key[(prefix.Length + 1)..], pair => pair.Value);

    internal static IEnumerable<KeyValuePair<string, Tensor>> Prefixed(string prefix, IEnumerable<KeyValuePair<string, Tensor>> tensors) =>
        tensors.Select(pair => new KeyValuePair<string, Tensor>($"{prefix}.{pair.Key}", pair.Value));

    private static Tensor Masked(Tensor errors, Tensor mask) => (errors * mask).sum() / ((mask.sum() * errors.size(-1)) + 1e-6);

    private static Tensor Cosine(Tensor one, Tensor other) => (one * other).sum(-1) / ((one.square().sum(-1) * other.square().sum(-1)).sqrt() + 1e-6);

    private Tensor Noisy(Tensor states) => _options.StateNoise > 0 ? states + (randn_like(states) * _options.StateNoise) : states;

    /// <summary>Error of actions at some steps of every chunk, the same of all windows; some windows are told no code.</summary>
    private Tensor ActionError(WindowTensors windows, Tensor vectors, long step)
    {
        TrajectoryShape shape = _options.Shape;
        int each = _options.ActionsPerChunk;
        CounterRandom random = CounterRandom.For(_options.Seed, 0xB0_0000_0000 + (ulong)step);
        int[] phases = [.. Enumerable.Range(0, shape.ChunkSteps).OrderBy(phase => random.Bits((ulong)phase)).Take(each)];
        long[] picked = [.. Enumerable.Range(0, shape.Chunks).SelectMany(chunk => phases.Select(phase => (long)((chunk * shape.ChunkSteps) + phase)))];
        Tensor at = tensor(picked).to(_model.Device);
        Tensor states = Noisy(windows.Before.index_select(1, at)); // [window, picked, feature]
        Tensor told = rand(windows.Windows, 1, 1).to(_model.Device).ge(_options.CodeDropout).to_type(ScalarType.Float32);
        Tensor repeated = vectors.repeat_interleave(each, 1) * told;
        long[] which = [.. Enumerable.Range(0, shape.Chunks).SelectMany(_ => phases.Select(phase => (long)phase))];
        Tensor oneHot = nn.functional.one_hot(tensor(which), shape.ChunkSteps).to_type(ScalarType.Float32).to(_model.Device).unsqueeze(0) * told;
        Tensor chosen = _model.Decoder.Actions(states, repeated, oneHot);
        Tensor off = (chosen - windows.Actions.index_select(1, at)).abs(), near = off.clamp(0, _options.LargestActionError);
        return Masked(near * ((2 * off) - near), windows.Acted.index_select(1, at).unsqueeze(-1));
    }
}
