using TorchSharp;
using static TorchSharp.torch;

namespace Motion.Policies;

/// <summary>
/// Makes observations of mean 0 and deviation 1 by what was seen so far: running sums merged in double precision (Chan, Golub and LeVeque, "Updating
/// formulae and a pairwise algorithm for computing sample variances", 1979), so that the same observations in the same order give the same numbers.
/// </summary>
public sealed class ObservationNormaliser : IDisposable
{
    private const double SmallestDeviation = 1e-3;
    private readonly double[] _means;
    private readonly double[] _squares;
    private readonly Device _device;
    private Tensor _shift;
    private Tensor _scale;

    /// <summary>Knows of nothing yet: leaves observations as they are.</summary>
    /// <param name="count">Numbers in an observation.</param>
    /// <param name="device">Where observations will be.</param>
    public ObservationNormaliser(int count, Device? device = null)
    {
        _means = new double[count];
        _squares = new double[count];
        _device = device ?? CPU;
        _shift = zeros([count], device: _device).DetachFromDisposeScope();
        _scale = ones([count], device: _device).DetachFromDisposeScope();
    }

    /// <summary>Furthest that a normalised number may be from 0.</summary>
    public const float Limit = 5;

    /// <summary>How many observations were seen.</summary>
    public double Seen { get; private set; }

    /// <summary>[…, feature] to the same, normalised; the caller owns the result.</summary>
    public Tensor Normalise(Tensor observations)
    {
        ArgumentNullException.ThrowIfNull(observations);
        using Tensor centred = observations - _shift;
        return centred.mul_(_scale).clamp_(-Limit, Limit).alias();
    }

    /// <summary>Takes more observations into account.</summary>
    /// <param name="observations">[sample, feature].</param>
    public void Learn(Tensor observations)
    {
        ArgumentNullException.ThrowIfNull(observations);
        using DisposeScope scope = NewDisposeScope();
        using IDisposable unrecorded = no_grad();
        long samples = observations.shape[0];
        Tensor exact = observations.to(ScalarType.Float64);
        Tensor mean = exact.mean([0]);
        double[] squares = (exact - mean).square().sum([0]).cpu().data<double>().ToArray();
        Merge(samples, mean.cpu().data<double>().ToArray(), squares);
    }

    /// <summary>What was learned: how many, means, sums of squared distances from the mean. The caller owns the tensor.</summary>
    public Tensor Save() => tensor((double[])[Seen, .. _means, .. _squares]);

    /// <summary>Goes back to what <see cref="Save"/> gave.</summary>
    /// <exception cref="ArgumentException">It belongs to observations of another size.</exception>
    public void Load(Tensor saved)
    {
        ArgumentNullException.ThrowIfNull(saved);
        double[] values = saved.data<double>().ToArray();
        if (values.Length != 1 + (2 * _means.Length))
        {
            throw new ArgumentException($"statistics of {(values.Length - 1) / 2} numbers do not fit observations of {_means.Length}", nameof(saved));
        }

        Seen = values[0];
        values.AsSpan(1, _means.Length).CopyTo(_means);
        values.AsSpan(1 + _means.Length).CopyTo(_squares);
        Publish();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _shift.Dispose();
        _scale.Dispose();
    }

    private void Merge(long samples, double[] means, double[] squares)
    {
        double together = Seen + samples;
        for (int feature = 0; feature < _means.Length; feature++)
        {
            double distance = means[feature] - _means[feature];
            _means[feature] += distance * samples / together;
            _squares[feature] += squares[feature] + (distance * distance * Seen * samples / together);
        }

        Seen = together;
        Publish();
    }

    private void Publish()
    {
        float[] scales = [.. _squares.Select(square => Seen == 0 ? 1 : (float)(1 / Math.Max(SmallestDeviation, Math.Sqrt(square / Seen))))];
        using IDisposable unrecorded = no_grad();
        using Tensor shift = tensor([.. _means.Select(mean => (float)mean)]);
        using Tensor scale = tensor(scales);
        _shift.copy_(shift);
        _scale.copy_(scale);
    }
}
