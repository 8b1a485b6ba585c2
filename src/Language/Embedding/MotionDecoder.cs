using Motion.Language.Encoders;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Motion.Language.Embedding;

/// <summary>From a latent back to the motion: a transformer over learned queries, one for each token, as PADL's (Juravsky et al. 2022).</summary>
public sealed class MotionDecoder : nn.Module<Tensor, Tensor>
{
    private readonly Linear _latent;
    private readonly Parameter _queries;
    private readonly ModuleList<TransformerLayer> _layers;
    private readonly LayerNorm _norm;
    private readonly Linear _write;
    private readonly EmbeddingShape _shape;

    /// <summary>Makes one with random weights.</summary>
    /// <param name="shape">Sizes.</param>
    public MotionDecoder(EmbeddingShape shape)
        : base(nameof(MotionDecoder))
    {
        ArgumentNullException.ThrowIfNull(shape);
        _shape = shape;
        TransformerShape motion = shape.Motion with { Layers = 1 };
        _latent = nn.Linear(shape.Latent, motion.Width);
        _queries = new Parameter(randn(shape.MotionTokens, motion.Width).mul(0.5));
        _layers = nn.ModuleList([.. Enumerable.Range(0, motion.Layers).Select(_ => new TransformerLayer(motion))]);
        _norm = nn.LayerNorm(motion.Width);
        _write = nn.Linear(motion.Width, shape.FramesPerToken * shape.MotionFeatures);
        RegisterComponents();
    }

    /// <summary>Latents [motion, latent] to features in even scale [motion, frame, feature], as many frames as the longest motion has.</summary>
    public override Tensor forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        Tensor hidden = _latent.call(input.mul(Math.Sqrt(_shape.Latent))).unsqueeze(1).add(_queries);
        foreach (TransformerLayer layer in _layers)
        {
            hidden = layer.call(hidden, null);
        }

        return _write.call(_norm.call(hidden)).view(input.size(0), _shape.MostFrames, _shape.MotionFeatures);
    }
}
