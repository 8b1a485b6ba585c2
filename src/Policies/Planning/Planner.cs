using Motion.Sim;
using TorchSharp;
using static TorchSharp.torch;

namespace Motion.Policies.Planning;

/// <summary>
/// Plans by drawing codes from a prior, foreseeing what they lead to, and scoring that by an objective, for any number of characters together. Characters
/// do not depend on each other. Not safe for several threads at once.
/// </summary>
public sealed class Planner
{
    private const int MostPrefixes = 32;
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
    public int Steps => Options.Sampling.ChunksOf(_model.Card.Shape) * _model.Card.Shape.ChunkSteps;

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
        return Score(states, Draw(states, requests), requests, kept);
    }

    /// <summary>Draws, with the skill that each sample was told: [plan × sample].</summary>
    private (SampledCodes Drawn, int[] Told) Draw(Tensor states, IReadOnlyList<PlanRequest> requests)
    {
        CounterRandom random = new(requests.Aggregate(0UL, (mixed, request) => new CounterRandom(mixed).Bits(request.Seed)));
        int samples = Options.Sampling.Samples;
        if (Options.BeamWays > 0)
        {
            return (_beams.Search(states, SentencesOf([.. requests.Select(request => request.Sentence)]), requests, random), Untold(requests.Count * samples));
        }

        int prefixes = Prefixes();
        int[] told = [.. requests.SelectMany(request => ToldBy(request, prefixes))];
        Tensor? sentences = SentencesOf([.. told.Select((skill, index) => skill < 0 ? requests[index / prefixes].Sentence : _model.Sentences[skill])]);
        int[]?[] given = [.. told.Select((_, index) => Options.KeepBest && index % prefixes == 0 ? requests[index / prefixes].Previous?.Left(_model.Card.Shape) : null)];
        SampledCodes drawn = _sampler.Sample(states.repeat_interleave(prefixes, 0), sentences, Options.Sampling with { Samples = samples / prefixes }, random, given);
        return (
            new SampledCodes(drawn.Codes.reshape(requests.Count, samples, -1), drawn.LogLikelihood.reshape(requests.Count, samples)),
            [.. told.SelectMany(skill => Enumerable.Repeat(skill, samples / prefixes))]);
    }

    /// <summary>How many prefixes the samples of a plan are drawn after: as many samples after each.</summary>
    private int Prefixes()
    {
        SamplingOptions sampling = Options.Sampling;
        bool tells = _model.Sentences.Length > 0 && Options.ToldShare > 0 && !sampling.Uniform && sampling.Temperature > 0;
        return tells ? Enumerable.Range(1, Math.Min(MostPrefixes, sampling.Samples)).Last(count => sampling.Samples % count == 0) : 1;
    }

    /// <summary>
    /// The skill that is told in each prefix of a plan, −1 for the request's sentence or none: in the first what the previous plan was told, then −1, then skills in
    /// an order of the request's own, fewer where the request has a sentence.
    /// </summary>
    private IEnumerable<int> ToldBy(PlanRequest request, int prefixes)
    {
        int skills = _model.Sentences.Length, telling = (int)(prefixes * Options.ToldShare / (request.Sentence is null ? 1 : 2));
        CounterRandom random = new(request.Seed);
        int[] order = [.. Enumerable.Range(0, skills).OrderBy(skill => random.Bits((ulong)skill))];
        yield return prefixes > 1 && Options.KeepBest && request.Previous is { } previous ? previous.Told : -1;
        for (int prefix = 1; prefix < prefixes; prefix++)
        {
            yield return prefix < prefixes - telling ? -1 : order[(prefix - (prefixes - telling)) % skills];
        }
    }

    private Tensor? SentencesOf(float[]?[] said)
    {
        int latent = _model.Card.Shape.SentenceLatent;
        return latent == 0 || said.All(sentence => sentence is null)
            ? null
            : tensor([.. said.SelectMany(sentence => sentence ?? new float[latent])]).view(said.Length, latent).to(_model.Device);
    }

    private static int[] Untold(int count)
    {
        int[] told = new int[count];
        Array.Fill(told, -1);
        return told;
    }

    private Plan[][] Score(Tensor states, (SampledCodes Drawn, int[] Told) draw, IReadOnlyList<PlanRequest> requests, int kept)
    {
        (SampledCodes drawn, int[] told) = draw;
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
                    (request, Options, 1f / _model.Card.ControlRate),
                    path);
                int[] own = [.. chosen.AsSpan(at * tokens, tokens).ToArray().Select(code => (int)code)];
                double meant = steps * request.Objective.RewardOfMeaning(meaning.AsSpan(at * latent, latent));
                scored[sample] = new Plan(own, score + meant + PlanScore.Unlikely(likelihood[at], tokens, Options), likelihood[at], stands, path) { Told = told[at], Meant = meant };
            }

            // The plan that is followed is tried out again, whatever is thought of it: it is known to have stood.
            double patience = !Follows(request) ? 0 : kept > 1 ? double.PositiveInfinity : PlanScore.Patience(scored.Select(plan => plan.Score), Options);
            return (Plan[])[.. scored.Select((found, sample) => (found, Order: double.IsNaN(found.Score) ? double.NegativeInfinity : found.Score + (sample == 0 ? patience : 0)))
                .OrderByDescending(pair => pair.Order).Select(pair => pair.found).Take(kept)];
        })];
    }

    /// <summary>Whether the first sample is the rest of the plan so far.</summary>
    internal bool Follows(PlanRequest request) => Options.KeepBest && Options.BeamWays == 0 && request.Previous?.Left(_model.Card.Shape) is not null;
}
