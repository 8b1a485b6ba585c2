using static TorchSharp.torch;

namespace Motion.Language.Encoders;

/// <summary>Masks that are added to the scores of attention, and means over what they leave.</summary>
internal static class Masks
{
    /// <summary>Hides the keys that are not there: from [sequence, token] (1 where there is a token, else 0) to [sequence, 1, 1, token].</summary>
    public static Tensor Of(Tensor present) => present.sub(1).mul(1e9).unsqueeze(1).unsqueeze(1);

    /// <summary>Each query sees the keys up to its own: [token, token].</summary>
    public static Tensor Causal(long tokens) => full([tokens, tokens], -1e9).triu(1);

    /// <summary>Mean over the tokens that are there: [sequence, token, feature] and [sequence, token] to [sequence, feature].</summary>
    public static Tensor Mean(Tensor values, Tensor present) =>
        values.mul(present.unsqueeze(-1)).sum(1).div(present.sum(1, keepdim: true).clamp_min(1));
}
