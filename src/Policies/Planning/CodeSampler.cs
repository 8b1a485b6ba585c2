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

    /// <summary>Codes are drawn from the likeliest that together have this probability (Holtzman et al., 2020), at most 128.</summary>
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
public sealed class CodeSampler(CodePrior prior, int codes) : IDisposable
{
    private const int MostCodes = 128;
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
        Tensor kept = Given(plans, options.Samples, tokens, given).to(states.device);
        Tensor draws = Draws(plans, options.Samples, tokens, random).to(states.device);
        CodeCache cache = CacheFor(plans, options.Samples, states.device);
        List<Tensor> drawn = [];
        Tensor likelihood = zeros([plans, options.Samples], device: states.device);
        Tensor logits = prior.Begin(states, sentences, cache).unsqueeze(1).expand(plans, options.Samples, codes);
        for (int place = 0; place < tokens; place++)
        {
            Tensor known = kept.select(2, place);
            Tensor code = where(known.ge(0), known, Pick(logits, draws.select(2, place), options));
            likelihood = likelihood + logits.log_softmax(-1).gather(-1, code.unsqueeze(-1)).squeeze(-1);
            drawn.Add(code);
            if (place + 1 < tokens)
            {
                logits = prior.Next(code, place, cache);
            }
        }

        Tensor all = stack(drawn, 2);
        scope.MoveToOuter(all);
        scope.MoveToOuter(likelihood);
        return new SampledCodes(all, likelihood);
    }

    /// <inheritdoc/>
    public void Dispose() => _cache?.Dispose();

    /// <summary>Tokens that options ask for.</summary>
    internal int TokensOf(SamplingOptions options) => prior.Shape.ChunkTokens * options.ChunksOf(prior.Shape);

    /// <summary>Draws one code for each row of logits.</summary>
    /// <param name="logits">[plan, sample, code].</param>
    /// <param name="draws">Even in [0, 1): [plan, sample].</param>
    /// <param name="options">How.</param>
    internal Tensor Pick(Tensor logits, Tensor draws, SamplingOptions options)
    {
        if (options.Uniform)
        {
            return (draws * codes).floor().to_type(ScalarType.Int64).clamp(0, codes - 1);
        }

        if (options.Temperature <= 0)
        {
            return logits.argmax(-1);
        }

        (Tensor sorted, Tensor order) = (logits / options.Temperature).softmax(-1).topk(Math.Min(codes, MostCodes));
        Tensor sums = sorted.cumsum(-1); // [plan, sample, code]

        // A code stays while those before it do not make up the share: the one that crosses it is the last.
        Tensor stays = (sums - sorted).lt(options.TopP).to_type(ScalarType.Float32);
        Tensor total = (sorted * stays).sum(-1, true);
        Tensor chosen = sums.le(draws.unsqueeze(-1) * total).to_type(ScalarType.Int64).sum(-1, true);
        Tensor last = stays.sum(-1, true).to_type(ScalarType.Int64) - 1;
        return order.gather(-1, minimum(chosen, last)).squeeze(-1);
    }

    /// <summary>Room for keys and values, made anew only when the size changes.</summary>
    internal CodeCache CacheFor(int plans, int samples, Device device)
    {
        if (_cache is null || _cache.Plans != plans || _cache.Samples != samples)
        {
            _cache?.Dispose();
            _cache = new CodeCache(prior.Shape, plans, samples, device);
        }

        return _cache;
    }

    private static Tensor Draws(int plans, int samples, int tokens, CounterRandom random)
    {
        float[] draws = new float[plans * samples * tokens];
        for (int index = 0; index < draws.Length; index++)
        {
            draws[index] = random.Uniform((ulong)index);
        }

        return tensor(draws).view(plans, samples, tokens);
    }

    private static Tensor Given(int plans, int samples, int tokens, IReadOnlyList<int[]?>? given)
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

        return tensor(kept).view(plans, samples, tokens);
    }
}
