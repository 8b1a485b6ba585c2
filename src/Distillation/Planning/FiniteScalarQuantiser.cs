using static TorchSharp.torch;

namespace Motion.Distillation.Planning;

/// <summary>
/// Finite scalar quantisation (Mentzer et al., "Finite scalar quantization: VQ-VAE made simple", 2024): every number of a latent is bounded and rounded to
/// one of a few levels; there is no codebook to learn, and none to collapse.
/// </summary>
public sealed class FiniteScalarQuantiser : IQuantiser
{
    private readonly int[] _levels;
    private readonly Tensor _half;
    private readonly Tensor _offset;
    private readonly Tensor _shift;
    private readonly Tensor _steps;

    /// <param name="levels">Levels of each number, 2 or more.</param>
    /// <param name="device">Where latents are.</param>
    public FiniteScalarQuantiser(IReadOnlyList<int> levels, Device? device = null)
    {
        _levels = [.. levels];
        const float Inside = 1e-3f;

        // An even number of levels has none in the middle: its levels lie half a step off (equation 1 of the paper's appendix).
        float[] half = [.. _levels.Select(level => (level - 1) * (1 + Inside) / 2)];
        float[] offset = [.. _levels.Select(level => level % 2 == 0 ? 0.5f : 0)];
        float[] shift = [.. offset.Zip(half, (off, size) => MathF.Atanh(off / size))];
        float[] steps = new float[_levels.Length];
        for (int index = 0, product = 1; index < steps.Length; product *= _levels[index++])
        {
            steps[index] = product;
        }

        (_half, _offset, _shift, _steps) = (Kept(half, device), Kept(offset, device), Kept(shift, device), Kept(steps, device));
    }

    /// <inheritdoc/>
    public int Width => _levels.Length;

    /// <inheritdoc/>
    public int Codes => (int)CodesOf(_levels);

    /// <summary>Number of codes that levels make.</summary>
    public static long CodesOf(IEnumerable<int> levels) => levels.Aggregate(1L, (product, level) => product * level);

    /// <inheritdoc/>
    public Quantised Quantise(Tensor latents, bool learn)
    {
        ArgumentNullException.ThrowIfNull(latents);
        Tensor bounded = (latents + _shift).tanh() * _half - _offset;
        Tensor rounded = bounded + (bounded.round() - bounded).detach();
        Tensor lowest = floor(_half + _offset);
        Tensor codes = ((rounded.detach() + lowest) * _steps).sum(-1).round().to_type(ScalarType.Int64);
        return new Quantised(rounded / lowest, codes, zeros([], device: latents.device));
    }

    /// <inheritdoc/>
    public Tensor Table()
    {
        float[] rows = new float[Codes * Width];
        for (int code = 0; code < Codes; code++)
        {
            for (int index = 0, left = code; index < Width; left /= _levels[index++])
            {
                int lowest = _levels[index] / 2;
                rows[(code * Width) + index] = ((left % _levels[index]) - lowest) / (float)lowest;
            }
        }

        return tensor(rows, device: _half.device).view(Codes, Width);
    }

    /// <inheritdoc/>
    public IEnumerable<KeyValuePair<string, Tensor>> State() => [];

    /// <inheritdoc/>
    public void Load(Dictionary<string, Tensor> saved)
    {
    }

    private static Tensor Kept(float[] values, Device? device) => tensor(values, device: device).DetachFromDisposeScope();
}
