using TorchSharp;
using static TorchSharp.torch;

namespace Motion.Distillation.Planning;

/// <summary>
/// Product vector quantisation as in H-GAP: every token's part of a latent becomes the nearest row of one codebook, whose rows follow the mean of the
/// latents that chose them (van den Oord et al., "Neural discrete representation learning", 2017, appendix A.1). Rows that are hardly ever chosen are put
/// where a latent is (Dhariwal et al., "Jukebox", 2020, section 3.1).
/// </summary>
public sealed class ProductQuantiser : IQuantiser
{
    private const double Decay = 0.99;
    private const double DeadBelow = 0.02;
    private readonly double _commitment;
    private readonly Tensor _rows;
    private readonly Tensor _counts;
    private readonly Tensor _sums;

    /// <param name="codes">Rows of the codebook.</param>
    /// <param name="width">Numbers in a row.</param>
    /// <param name="commitment">Weight of the latents' distance from their rows.</param>
    /// <param name="device">Where latents are.</param>
    public ProductQuantiser(int codes, int width, double commitment, Device? device = null)
    {
        (Codes, Width, _commitment) = (codes, width, commitment);
        using DisposeScope scope = NewDisposeScope();
        _rows = randn(codes, width).to(device ?? CPU).DetachFromDisposeScope();
        _counts = ones([codes], device: device).DetachFromDisposeScope();
        _sums = _rows.clone().DetachFromDisposeScope();
    }

    /// <inheritdoc/>
    public int Width { get; }

    /// <inheritdoc/>
    public int Codes { get; }

    /// <inheritdoc/>
    public Quantised Quantise(Tensor latents, bool learn)
    {
        ArgumentNullException.ThrowIfNull(latents);
        Tensor flat = latents.detach().reshape(-1, Width); // [token, number]
        Tensor distances = _rows.square().sum(-1) - (2 * flat.matmul(_rows.t())); // less |latent|², which all rows share
        Tensor codes = distances.argmin(-1);
        Tensor chosen = _rows.index_select(0, codes).view(latents.shape);
        if (learn)
        {
            Follow(flat, codes);
        }

        Tensor loss = _commitment * (latents - chosen).square().mean();
        return new Quantised(latents + (chosen - latents).detach(), codes.view(latents.size(0), latents.size(1)), loss);
    }

    /// <inheritdoc/>
    public Tensor Table() => _rows.clone();

    /// <inheritdoc/>
    public IEnumerable<KeyValuePair<string, Tensor>> State() => [new("rows", _rows), new("counts", _counts), new("sums", _sums)];

    /// <inheritdoc/>
    public void Load(Dictionary<string, Tensor> saved)
    {
        ArgumentNullException.ThrowIfNull(saved);
        using IDisposable unrecorded = no_grad();
        _rows.copy_(saved["rows"]);
        _counts.copy_(saved["counts"]);
        _sums.copy_(saved["sums"]);
    }

    private void Follow(Tensor latents, Tensor codes)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable unrecorded = no_grad();
        Tensor counts = bincount(codes, null, Codes).to_type(ScalarType.Float32);
        Tensor sums = zeros_like(_sums).index_add_(0, codes, latents, 1);
        _counts.mul_(Decay).add_(counts * (1 - Decay));
        _sums.mul_(Decay).add_(sums * (1 - Decay));
        _rows.copy_(_sums / _counts.clamp_min(1e-5).unsqueeze(-1));
        Revive(latents);
    }

    /// <summary>Puts rows that nothing chooses where a latent of this batch is.</summary>
    private void Revive(Tensor latents)
    {
        long most = latents.size(0);
        Tensor dead = _counts.lt(DeadBelow * most / Codes).nonzero().view(-1);
        if (dead.numel() == 0)
        {
            return;
        }

        Tensor drawn = randint(0, most, [dead.numel()]).to(latents.device);
        Tensor placed = latents.index_select(0, drawn);
        double usual = (double)most / Codes;
        _rows.index_copy_(0, dead, placed);
        _counts.index_copy_(0, dead, full_like(dead.to_type(ScalarType.Float32), usual));
        _sums.index_copy_(0, dead, placed * usual);
    }
}
