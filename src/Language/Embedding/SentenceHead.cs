using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Motion.Language.Embedding;

/// <summary>From an encoder's features [sentence, feature] to latents of unit length [sentence, latent].</summary>
public sealed class SentenceHead : nn.Module<Tensor, Tensor>
{
    private readonly LayerNorm _norm;
    private readonly Linear _widen;
    private readonly Linear _narrow;
    private readonly Linear _straight;

    /// <summary>Makes one with random weights.</summary>
    /// <param name="features">Features of a sentence.</param>
    /// <param name="latent">Numbers in a latent.</param>
    public SentenceHead(int features, int latent)
        : base(nameof(SentenceHead))
    {
        _norm = nn.LayerNorm(features);
        _widen = nn.Linear(features, 2 * latent);
        _narrow = nn.Linear(2 * latent, latent);
        _straight = nn.Linear(features, latent);
        RegisterComponents();
    }

    /// <summary>Latents of unit length.</summary>
    public override Tensor forward(Tensor input)
    {
        Tensor even = _norm.call(input);
        return nn.functional.normalize(_straight.call(even).add(_narrow.call(_widen.call(even).gelu())), dim: -1);
    }
}
