using Motion.Sim;
using TorchSharp;
using static TorchSharp.torch;

namespace Motion.Policies.Planning;

/// <summary>
/// Plans by drawing codes from a prior, foreseeing what they lead to, and scoring that by an objective, for any number of characters together. Characters
/// do not depend on each other. Not safe for several threads at once.
/// </summary>
public sealed class Planner : IDisposable
{
    private readonly TrajectoryModel _model;
    private readonly CodeSampler _sampler;
    private readonly BeamSearch _beams;

    /// <param name="model">What is planned with; not disposed here.</param>
    /// <param name="options">How.</param>
    /// <exception cref="MotionException">Options are out of range.</exception>
    public Planner(TrajectoryModel model, PlannerOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate(model.Card.Shape);
        (_model, Options) = (model, options);
        _sampler = new CodeSampler(model.Prior, model.Card.Codes);
        _beams = new BeamSearch(model, _sampler, options);
    }

    /// <summary>How.</summary>
    public PlannerOptions Options { get; }

    /// <summary>What is planned with.</summary>
    public TrajectoryModel Model => _model;

    /// <summary>Steps of a plan.</summary>
    public int Steps => _sampler.TokensOf(Options.Sampling) / _model.Card.Shape.ChunkTokens * _model.Card.Shape.ChunkSteps;

    /// <summary>Plans.</summary>
    /// <param name="requests">From where, and for what: at least one.</param>
    /// <param name="kept">How many plans each gets.</param>
    /// <returns>For every request its best plans, best first.</returns>
    public Plan[][] Plans(IReadOnlyList<PlanRequest> requests, int kept = 1)
    {
        ArgumentNullException.ThrowIfNull(requests);
        using DisposeScope scope = NewDisposeScope();
        using IDisposable unrecorded = no_grad();
        Tensor states = _model.States.To(tensor([.. requests.SelectMany(request => request.State)]).view(requests.Count, -1).to(_model.Device)); // [plan, feature]
        SampledCodes drawn = Draw(states, requests);
        return Score(states, drawn, requests, kept);
    }

    /// <inheritdoc/>
    public void Dispose() => _sampler.Dispose();

    private SampledCodes Draw(Tensor states, IReadOnlyList<PlanRequest> requests)
    {
        // Requests may be planned together or apart: with a seed of its own each draws the same.
        Tensor? sentences = SentencesOf(requests);
        int[]?[] given = [.. requests.Select(request => Options.KeepBest ? request.Previous?.Left(_model.Card.Shape) : null)];
        CounterRandom random = new(requests.Aggregate(0UL, (mixed, request) => new CounterRandom(mixed).Bits(request.Seed)));
        return Options.BeamWays > 0
            ? _beams.Search(states, sentences, requests, random)
            : _sampler.Sample(states, sentences, Options.Sampling, random, given);
    }

    private Tensor? SentencesOf(IReadOnlyList<PlanRequest> requests)
    {
        int latent = _model.Card.Shape.SentenceLatent;
        return latent == 0 || requests.All(request => request.Sentence is null)
            ? null
            : tensor([.. requests.SelectMany(request => request.Sentence ?? new float[latent])]).view(requests.Count, latent).to(_model.Device);
    }

    private Plan[][] Score(Tensor states, SampledCodes drawn, IReadOnlyList<PlanRequest> requests, int kept)
    {
        int samples = (int)drawn.Codes.size(1), tokens = (int)drawn.Codes.size(2), steps = tokens / _model.Card.Shape.ChunkTokens * _model.Card.Shape.ChunkSteps;
        Tensor codes = drawn.Codes.reshape(-1, tokens);
        Foresight ahead = _model.Decoder.Foresee(states.repeat_interleave(samples, 0), _model.Decoder.Vectors(codes), whole: false);
        float[] roots = ahead.Roots.cpu().contiguous().data<float>().ToArray();
        float[] survival = ahead.Survival.cpu().contiguous().data<float>().ToArray();
        float[] meaning = ahead.Meaning?.cpu().contiguous().data<float>().ToArray() ?? [];
        float[] likelihood = drawn.LogLikelihood.reshape(-1).cpu().contiguous().data<float>().ToArray();
        long[] chosen = codes.cpu().contiguous().data<long>().ToArray();
        int latent = meaning.Length / (requests.Count * samples);
        for (int row = 0; row < roots.Length; row += StateLayout.RootCount)
        {
            _model.States.FromInPlace(roots.AsSpan(row, StateLayout.RootCount));
        }

        return [.. requests.Select((request, plan) =>
        {
            Plan[] scored = new Plan[samples];
            for (int sample = 0; sample < samples; sample++)
            {
                int at = (plan * samples) + sample;
                GroundPlace[] path = new GroundPlace[steps];
                (double score, double stands) = PlanScore.Of(
                    roots.AsSpan(at * steps * StateLayout.RootCount, steps * StateLayout.RootCount),
                    survival.AsSpan(at * steps, steps),
                    meaning.AsSpan(at * latent, latent),
                    (request, Options, 1f / _model.Card.ControlRate),
                    path);
                int[] own = [.. chosen.AsSpan(at * tokens, tokens).ToArray().Select(code => (int)code)];
                scored[sample] = new Plan(own, score + PlanScore.Unlikely(likelihood[at], tokens, Options), likelihood[at], stands, path);
            }

            return (Plan[])[.. scored.OrderByDescending(found => double.IsNaN(found.Score) ? double.NegativeInfinity : found.Score).Take(kept)];
        })];
    }
}
