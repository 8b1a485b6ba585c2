using Motion.Language.Encoders;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Motion.Language.Embedding;

/// <summary>
/// A transformer that sees all of a motion at once and gives its latent of unit length, as PADL's (Juravsky et al. 2022) does. The first three features
/// of a frame are rates of the path on the ground: turning, going forward, going left; the path itself is given to the network too.
/// </summary>
public sealed class MotionEncoder : nn.Module<Tensor, Tensor, Tensor>
{
    private readonly Tensor _mean;
    private readonly Tensor _scale;
    private readonly Linear _read;
    private readonly Parameter _places;
    private readonly ModuleList<TransformerLayer> _layers;
    private readonly LayerNorm _norm;
    private readonly Linear _latent;
    private readonly EmbeddingShape _shape;

    // The path: sine, cosine and half turns of the heading, metres forward and left of the start.
    private const int PathFeatures = 5;

    /// <summary>Makes one with random weights, which takes features as they are until it is told their scale.</summary>
    /// <param name="shape">Sizes.</param>
    /// <param name="dropout">Share that is dropped in training.</param>
    public MotionEncoder(EmbeddingShape shape, double dropout = 0)
        : base(nameof(MotionEncoder))
    {
        ArgumentNullException.ThrowIfNull(shape);
        TransformerShape motion = shape.Motion;
        _shape = shape;
        _mean = zeros(shape.MotionFeatures);
        _scale = ones(shape.MotionFeatures);
        _read = nn.Linear(shape.FramesPerToken * (shape.MotionFeatures + PathFeatures), motion.Width);
        _places = new Parameter(randn(shape.MotionTokens, motion.Width).mul(0.1));
        _layers = nn.ModuleList([.. Enumerable.Range(0, motion.Layers).Select(_ => new TransformerLayer(motion, dropout: dropout))]);
        _norm = nn.LayerNorm(motion.Width);
        _latent = nn.Linear(2 * motion.Width, shape.Latent);
        RegisterComponents();
    }

    /// <summary>Tells it the mean of every feature and by how much to divide: [feature] each.</summary>
    public void SetScale(ReadOnlySpan<float> mean, ReadOnlySpan<float> scale)
    {
        _mean.data<float>().CopyFrom(mean);
        _scale.data<float>().CopyFrom(scale);
    }

    /// <summary>Features [motion, frame, feature] in even scale, 0 where there is no frame.</summary>
    public Tensor Even(Tensor frames, Tensor present)
    {
        ArgumentNullException.ThrowIfNull(frames);
        ArgumentNullException.ThrowIfNull(present);
        return frames.sub(_mean).div(_scale).clamp(-8, 8).mul(present.unsqueeze(-1));
    }

    /// <summary>Features [motion, frame, feature], and which frames are there [motion, frame], to latents [motion, latent].</summary>
    public override Tensor forward(Tensor input1, Tensor input2)
    {
        ArgumentNullException.ThrowIfNull(input1);
        ArgumentNullException.ThrowIfNull(input2);
        long motions = input1.size(0);
        long tokens = input1.size(1) / _shape.FramesPerToken;
        Tensor present = input2.view(motions, tokens, _shape.FramesPerToken).amax([2]); // [motion, token]
        Tensor mask = Masks.Of(present);
        Tensor hidden = _read.call(cat([Even(input1, input2), Path(input1, input2)], 2).reshape(motions, tokens, -1)).add(_places.narrow(0, 0, tokens));
        foreach (TransformerLayer layer in _layers)
        {
            hidden = layer.call(hidden, mask);
        }

        hidden = _norm.call(hidden); // [motion, token, feature]
        Tensor strongest = hidden.add(present.sub(1).mul(1e9).unsqueeze(-1)).amax([1]);
        return nn.functional.normalize(_latent.call(cat([Masks.Mean(hidden, present), strongest], 1)), dim: -1);
    }

    // Where rates lead, from the start and its heading.
    private Tensor Path(Tensor frames, Tensor present)
    {
        Tensor rates = frames.narrow(2, 0, 3).mul(present.unsqueeze(-1)).div(_shape.FrameRate); // [motion, frame, 3]
        Tensor turned = rates.select(2, 0).cumsum(1); // [motion, frame]
        (Tensor sine, Tensor cosine) = (turned.sin(), turned.cos());
        (Tensor forward, Tensor left) = (rates.select(2, 1), rates.select(2, 2));
        Tensor ahead = forward.mul(cosine).sub(left.mul(sine)).cumsum(1);
        Tensor aside = forward.mul(sine).add(left.mul(cosine)).cumsum(1);
        return stack([sine, cosine, turned.div(Math.PI), ahead.div(2), aside.div(2)], 2).clamp(-8, 8).mul(present.unsqueeze(-1));
    }
}
