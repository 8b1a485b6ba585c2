using TorchSharp;
using static TorchSharp.torch;

namespace Motion.Policies.Planning;

/// <summary>
/// Keys and values of a prior's layers while sequences are drawn: those of the prefix once for all samples that share it, those of codes in room that is
/// made once and written in place.
/// </summary>
public sealed class CodeCache : IDisposable
{
    private readonly Tensor[] _keys;
    private readonly Tensor[] _values;
    private readonly Tensor?[] _prefixKeys;
    private readonly Tensor?[] _prefixValues;

    /// <param name="shape">The prior's sizes.</param>
    /// <param name="plans">Prefixes.</param>
    /// <param name="samples">Sequences of each.</param>
    /// <param name="device">Where.</param>
    public CodeCache(TrajectoryShape shape, int plans, int samples, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(shape);
        (Plans, Samples) = (plans, samples);
        long[] size = [plans, shape.PriorHeads, samples, shape.Tokens, shape.PriorWidth / shape.PriorHeads];
        _keys = [.. Enumerable.Range(0, shape.PriorLayers).Select(_ => zeros(size, device: device).DetachFromDisposeScope())];
        _values = [.. Enumerable.Range(0, shape.PriorLayers).Select(_ => zeros(size, device: device).DetachFromDisposeScope())];
        _prefixKeys = new Tensor?[shape.PriorLayers];
        _prefixValues = new Tensor?[shape.PriorLayers];
    }

    /// <summary>Prefixes.</summary>
    public int Plans { get; }

    /// <summary>Sequences of each.</summary>
    public int Samples { get; }

    /// <summary>Goes on with other sequences of the same plan in place of these, as beam search does.</summary>
    /// <param name="chosen">Which sample goes on in each place: [plan, sample].</param>
    /// <param name="used">Tokens that are there.</param>
    public void Choose(Tensor chosen, int used)
    {
        ArgumentNullException.ThrowIfNull(chosen);
        using DisposeScope scope = NewDisposeScope();
        foreach (Tensor room in _keys.Concat(_values))
        {
            Tensor there = room.narrow(3, 0, used);
            Tensor index = chosen.view(Plans, 1, Samples, 1, 1).expand(there.shape);
            there.copy_(there.gather(2, index));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Tensor? held in _keys.Concat(_values).Concat(_prefixKeys).Concat(_prefixValues))
        {
            held?.Dispose();
        }
    }

    internal void SetPrefix(int layer, Tensor keys, Tensor values)
    {
        _prefixKeys[layer]?.Dispose();
        _prefixValues[layer]?.Dispose();
        (_prefixKeys[layer], _prefixValues[layer]) = (keys.DetachFromDisposeScope(), values.DetachFromDisposeScope());
    }

    /// <summary>Writes the keys and values of a token, [plan, head, sample, feature].</summary>
    internal void Write(int layer, int place, Tensor keys, Tensor values)
    {
        _keys[layer].select(3, place).copy_(keys);
        _values[layer].select(3, place).copy_(values);
    }

    /// <summary>Attends from one token of every sample to the prefix and to all tokens up to a place: [plan, head, sample, feature].</summary>
    internal Tensor Attend(int layer, Tensor queries, int place)
    {
        Tensor keys = _keys[layer].narrow(3, 0, place + 1), values = _values[layer].narrow(3, 0, place + 1);
        Tensor toPrefix = queries.matmul(_prefixKeys[layer]!.transpose(-2, -1)); // [plan, head, sample, prefix]: one product for all samples
        Tensor toCodes = (queries.unsqueeze(3) * keys).sum(-1); // [plan, head, sample, token]
        long prefix = toPrefix.size(-1);
        Tensor weights = (cat([toPrefix, toCodes], -1) * (1 / Math.Sqrt(queries.size(-1)))).softmax(-1);
        Tensor fromPrefix = weights.narrow(-1, 0, prefix).matmul(_prefixValues[layer]!);
        return fromPrefix + (weights.narrow(-1, prefix, place + 1).unsqueeze(-1) * values).sum(3);
    }
}
