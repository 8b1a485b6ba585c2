using static TorchSharp.torch;

namespace Motion.Distillation.Planning;

/// <summary>Latents that were made codes.</summary>
/// <param name="Vectors">What decoders get: [sample, token, number]; gradients reach the latents as if they had not been quantised.</param>
/// <param name="Codes">Indices: [sample, token], 64-bit.</param>
/// <param name="Loss">What is added to the loss to keep latents near codes.</param>
public sealed record Quantised(Tensor Vectors, Tensor Codes, Tensor Loss);

/// <summary>Turns latents into one of a number of codes, and learns or fixes what these stand for.</summary>
public interface IQuantiser
{
    /// <summary>Numbers in a token's latent.</summary>
    int Width { get; }

    /// <summary>Number of codes.</summary>
    int Codes { get; }

    /// <summary>Quantises.</summary>
    /// <param name="latents">[sample, token, number].</param>
    /// <param name="learn">Whether a codebook that follows latents follows these.</param>
    /// <returns>Tensors of the caller's scope.</returns>
    Quantised Quantise(Tensor latents, bool learn);

    /// <summary>What every code stands for, for decoders: [code, number], of the caller's scope.</summary>
    Tensor Table();

    /// <summary>All that is learned, by name: the live tensors.</summary>
    IEnumerable<KeyValuePair<string, Tensor>> State();

    /// <summary>Goes back to what <see cref="State"/> gave.</summary>
    void Load(Dictionary<string, Tensor> saved);
}
