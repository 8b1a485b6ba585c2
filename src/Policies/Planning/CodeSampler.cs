using System.Numerics;
using Motion.Sim;
using TorchSharp;
using static TorchSharp.torch;

namespace Motion.Policies.Planning;

/// <summary>How codes are drawn.</summary>
public sealed record SamplingOptions
{
    /// <summary>Sequences drawn for a plan.</summary>
    public int Samples { get; init; } = 64;

    /// <summary>Chunks ahead; as many as the model has when 0.</summary>
    public int Chunks { get; init; }

    /// <summary>Chunks ahead with a model.</summary>
    /// <param name="shape">Its sizes.</param>
    public int ChunksOf(TrajectoryShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return Chunks == 0 ? shape.Chunks : Math.Min(Chunks, shape.Chunks);
    }

    /// <summary>What logits are divided by; 0 takes the likeliest code.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>Codes are drawn from the likeliest that together have this probability (Holtzman et al., 2020).</summary>
    public double TopP { get; init; } = 0.95;

    /// <summary>Whether codes are drawn evenly, without prior: a baseline.</summary>
    public bool Uniform { get; init; }
}

/// <summary>Drawn sequences.</summary>
/// <param name="Codes">[plan, sample, token], 64-bit.</param>
/// <param name="LogLikelihood">Log probability under the prior, at temperature 1, nats: [plan, sample].</param>
public sealed record SampledCodes(Tensor Codes, Tensor LogLikelihood);

/// <summary>Draws sequences of codes. The prefix is read once for all samples; random numbers come by counting, so that plans do not depend on each other.</summary>
/// <param name="prior">The prior.</param>
/// <param name="codes">Number of codes.</param>
public sealed class CodeSampler(CodePrior prior, int codes)
{
    // After so many halvings the least probability that may be drawn is known to as many bits as it has.
    private const int Halvings = 24;
    private CodeCache? _cache;

    /// <summary>Draws.</summary>
    /// <param name="states">Present states, standardised: [plan, feature].</param>
    /// <param name="sentences">As in <see cref="CodePrior.Logits"/>.</param>
    /// <param name="options">How.</param>
    /// <param name="random">The draw.</param>
    /// <param name="given">For every plan, codes that its first sample begins with: those of the best plan so far; null or shorter where there are none.</param>
    /// <returns>Tensors of the caller's scope.</returns>
    public SampledCodes Sample(Tensor states, Tensor? sentences, SamplingOptions options, CounterRandom random, IReadOnlyList<int[]?>? given = null)
    {
        ArgumentNullException.ThrowIfNull(states);
        ArgumentNullException.ThrowIfNull(options);
        using DisposeScope scope = NewDisposeScope();
        using IDisposable unrecorded = no_grad();
        int plans = (int)states.size(0), tokens = TokensOf(options);
        long[] all = Given(plans, options.Samples, tokens, given), now = new long[plans * options.Samples];
        float[] draws = new float[now.Length];
        CodeCache cache = CacheFor(plans, options.Samples);
        Tensor likelihood = zeros([plans, options.Samples], device: states.device);
        Tensor logits = prior.Begin(states, sentences, cache).unsqueeze(1).expand(plans, options.Samples, codes);
        for (int place = 0; place < tokens; place++)
        {
            for (int row = 0; row < draws.Length; row++)
            {
                draws[row] = random.Uniform((ulong)((row * tokens) + place));
            }

            Pick(logits, draws, options, now);
            for (int row = 0; row < now.Length; row++)
            {
                ref long code = ref all[(row * tokens) + place];
                now[row] = code = code < 0 ? now[row] : code;
            }

            Tensor drawn = tensor(now).view(plans, options.Samples).to(states.device);
            likelihood = likelihood + logits.log_softmax(-1).gather(-1, drawn.unsqueeze(-1)).squeeze(-1);
            if (place + 1 < tokens)
            {
                logits = prior.Next(drawn, place, cache);
            }
        }

        scope.MoveToOuter(likelihood);
        return new SampledCodes(scope.MoveToOuter(tensor(all).view(plans, options.Samples, tokens).to(states.device)), likelihood);
    }

    /// <summary>Tokens that options ask for.</summary>
    internal int TokensOf(SamplingOptions options) => prior.Shape.ChunkTokens * options.ChunksOf(prior.Shape);

    /// <summary>Draws one code for each row of logits.</summary>
    /// <param name="logits">[plan, sample, code].</param>
    /// <param name="draws">Even in [0, 1): [plan × sample].</param>
    /// <param name="options">How.</param>
    /// <param name="picked">Result: [plan × sample].</param>
    internal void Pick(Tensor logits, ReadOnlySpan<float> draws, SamplingOptions options, Span<long> picked)
    {
        if (options.Uniform)
        {
            for (int row = 0; row < picked.Length; row++)
            {
                picked[row] = Math.Min(codes - 1, (int)(draws[row] * codes));
            }

            return;
        }

        if (options.Temperature <= 0)
        {
            logits.argmax(-1).cpu().contiguous().data<long>().CopyTo(picked);
            return;
        }

        ReadOnlySpan<float> likely = (logits / options.Temperature).softmax(-1).cpu().contiguous().data<float>().ToArray();
        for (int row = 0; row < picked.Length; row++)
        {
            picked[row] = Pick(likely.Slice(row * codes, codes), draws[row], options.TopP);
        }
    }

    /// <summary>Room for keys and values, made anew only when the size changes.</summary>
    internal CodeCache CacheFor(int plans, int samples) =>
        _cache is { } made && made.Plans == plans && made.Samples == samples ? made : _cache = new CodeCache(prior.Shape, plans, samples);

    /// <summary>Draws one of the likeliest codes, which are those that together have a share: the one that crosses it is the last.</summary>
    private static int Pick(ReadOnlySpan<float> likely, float draw, double share)
    {
        float least = LeastOf(likely, share), left = draw * SumFrom(likely, least);
        int last = 0;
        for (int code = 0; code < likely.Length; code++)
        {
            if (likely[code] >= least)
            {
                left -= likely[code];
                last = code;
                if (left < 0)
                {
                    break;
                }
            }
        }

        return last;
    }

    private static float LeastOf(ReadOnlySpan<float> likely, double share)
    {
        float least = 0, most = 1;
        for (int halving = 0; halving < Halvings; halving++)
        {
            float middle = (least + most) / 2;
            (least, most) = SumFrom(likely, middle) >= share ? (middle, most) : (least, middle);
        }

        return least;
    }

    /// <summary>What those that are not below a number make up.</summary>
    private static float SumFrom(ReadOnlySpan<float> likely, float least)
    {
        Vector<float> sums = Vector<float>.Zero, bound = new(least);
        int code = 0;
        for (; code <= likely.Length - Vector<float>.Count; code += Vector<float>.Count)
        {
            Vector<float> next = new(likely[code..]);
            sums += Vector.ConditionalSelect(Vector.GreaterThanOrEqual(next, bound), next, Vector<float>.Zero);
        }

        float sum = Vector.Sum(sums);
        for (; code < likely.Length; code++)
        {
            sum += likely[code] >= least ? likely[code] : 0;
        }

        return sum;
    }

    /// <summary>Codes that samples begin with, −1 where they are to be drawn: [plan × sample × token].</summary>
    private static long[] Given(int plans, int samples, int tokens, IReadOnlyList<int[]?>? given)
    {
        long[] kept = new long[plans * samples * tokens];
        Array.Fill(kept, -1);
        for (int plan = 0; given is not null && plan < plans; plan++)
        {
            int[] codes = given[plan] ?? [];
            for (int place = 0; place < Math.Min(tokens, codes.Length); place++)
            {
                kept[(plan * samples * tokens) + place] = codes[place];
            }
        }

        return kept;
    }
}
