using System.Numerics;
using static TorchSharp.torch;

namespace Motion.Policies.Planning;

/// <summary>
/// Keys and values of a prior's layers while sequences are drawn: those of the prefix once for all samples that share it, those of codes in room that is
/// made once and written in place. All of it is in the processor's memory, wherever networks run: a token attends to so few others that handing the work to
/// tensors' operators takes several times as long as doing it.
/// </summary>
public sealed class CodeCache
{
    private readonly float[][] _keys;
    private readonly float[][] _values;
    private readonly float[][] _prefixKeys;
    private readonly float[][] _prefixValues;
    private readonly float[] _read;
    private readonly float[] _attended;
    private readonly int _width;
    private readonly int _heads;
    private readonly int _tokens;

    /// <param name="shape">The prior's sizes.</param>
    /// <param name="plans">Prefixes.</param>
    /// <param name="samples">Sequences of each.</param>
    public CodeCache(TrajectoryShape shape, int plans, int samples)
    {
        ArgumentNullException.ThrowIfNull(shape);
        (Plans, Samples, _width, _heads, _tokens) = (plans, samples, shape.PriorWidth, shape.PriorHeads, shape.Tokens);
        int rows = plans * samples;
        float[][] Room() => [.. Enumerable.Range(0, shape.PriorLayers).Select(_ => new float[rows * _tokens * _width])];
        (_keys, _values, _prefixKeys, _prefixValues) = (Room(), Room(), new float[shape.PriorLayers][], new float[shape.PriorLayers][]);
        (_read, _attended) = (new float[rows * 3 * _width], new float[rows * _width]);
    }

    /// <summary>Prefixes.</summary>
    public int Plans { get; }

    /// <summary>Sequences of each.</summary>
    public int Samples { get; }

    /// <summary>Goes on with other sequences of the same plan in place of these, as beam search does.</summary>
    /// <param name="chosen">Which sample goes on in each place: [plan × sample].</param>
    /// <param name="used">Tokens that are there.</param>
    public void Choose(ReadOnlySpan<long> chosen, int used)
    {
        int row = _tokens * _width;
        foreach (float[] room in _keys.Concat(_values))
        {
            float[] before = (float[])room.Clone();
            for (int index = 0; index < chosen.Length; index++)
            {
                int from = (index / Samples * Samples) + (int)chosen[index];
                before.AsSpan(from * row, used * _width).CopyTo(room.AsSpan(index * row));
            }
        }
    }

    /// <summary>Keeps the keys and values of a prefix: [plan, head, token, feature].</summary>
    internal void SetPrefix(int layer, Tensor keys, Tensor values) => (_prefixKeys[layer], _prefixValues[layer]) = (InRows(keys), InRows(values));

    /// <summary>Keeps the keys and values of one token of every sample, and attends from it to the prefix and to all tokens so far.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="place">Which token it is.</param>
    /// <param name="read">Its queries, keys and values one after another: [plan, sample, 3 × width].</param>
    /// <returns>[plan, sample, width].</returns>
    internal Tensor Attend(int layer, int place, Tensor read)
    {
        read.cpu().contiguous().data<float>().CopyTo(_read);
        int prefix = _prefixKeys[layer].Length / (Plans * _width), feature = _width / _heads;
        Span<float> weights = stackalloc float[prefix + place + 1];
        for (int row = 0; row < Plans * Samples; row++)
        {
            ReadOnlySpan<float> own = _read.AsSpan(row * 3 * _width, 3 * _width);
            Span<float> keys = _keys[layer].AsSpan(row * _tokens * _width, (place + 1) * _width), values = _values[layer].AsSpan(row * _tokens * _width, (place + 1) * _width);
            own.Slice(_width, _width).CopyTo(keys[(place * _width)..]);
            own[(2 * _width)..].CopyTo(values[(place * _width)..]);
            Range shared = (row / Samples * prefix * _width)..(((row / Samples) + 1) * prefix * _width);
            for (int at = 0; at < _width; at += feature)
            {
                ReadOnlySpan<float> query = own.Slice(at, feature);
                Span<float> result = _attended.AsSpan((row * _width) + at, feature);
                Products(query, _prefixKeys[layer].AsSpan(shared)[at..], weights[..prefix]);
                Products(query, keys[at..], weights[prefix..]);
                Normalise(weights, 1 / MathF.Sqrt(feature));
                result.Clear();
                AddWeighted(weights[..prefix], _prefixValues[layer].AsSpan(shared)[at..], result);
                AddWeighted(weights[prefix..], values[at..], result);
            }
        }

        Tensor attended = empty(Plans, Samples, _width);
        attended.data<float>().CopyFrom(_attended);
        return attended.to(read.device);
    }

    /// <summary>[plan, head, token, feature] as [plan × token × width].</summary>
    private static float[] InRows(Tensor parts) => parts.transpose(1, 2).cpu().contiguous().data<float>().ToArray();

    /// <summary>Products of one vector with others that lie a width apart.</summary>
    private void Products(ReadOnlySpan<float> one, ReadOnlySpan<float> others, Span<float> products)
    {
        for (int other = 0; other < products.Length; other++)
        {
            ReadOnlySpan<float> next = others.Slice(other * _width, one.Length);
            Vector<float> sums = Vector<float>.Zero;
            int at = 0;
            for (; at <= one.Length - Vector<float>.Count; at += Vector<float>.Count)
            {
                sums += new Vector<float>(one[at..]) * new Vector<float>(next[at..]);
            }

            float sum = Vector.Sum(sums);
            for (; at < one.Length; at++)
            {
                sum += one[at] * next[at];
            }

            products[other] = sum;
        }
    }

    /// <summary>Adds vectors that lie a width apart, each as often as its weight says.</summary>
    private void AddWeighted(ReadOnlySpan<float> weights, ReadOnlySpan<float> vectors, Span<float> sum)
    {
        for (int vector = 0; vector < weights.Length; vector++)
        {
            ReadOnlySpan<float> next = vectors.Slice(vector * _width, sum.Length);
            int at = 0;
            for (; at <= sum.Length - Vector<float>.Count; at += Vector<float>.Count)
            {
                (new Vector<float>(sum[at..]) + (new Vector<float>(next[at..]) * weights[vector])).CopyTo(sum[at..]);
            }

            for (; at < sum.Length; at++)
            {
                sum[at] += next[at] * weights[vector];
            }
        }
    }

    /// <summary>Softmax of numbers times a scale, in place.</summary>
    private static void Normalise(Span<float> weights, float scale)
    {
        float most = float.NegativeInfinity, sum = 0;
        foreach (float weight in weights)
        {
            most = MathF.Max(most, weight);
        }

        for (int index = 0; index < weights.Length; index++)
        {
            weights[index] = MathF.Exp((weights[index] - most) * scale);
            sum += weights[index];
        }

        for (int index = 0; index < weights.Length; index++)
        {
            weights[index] /= sum;
        }
    }
}
