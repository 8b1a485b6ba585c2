using Motion.Sim;
using static TorchSharp.torch;

namespace Motion.Policies.Planning;

/// <summary>
/// Beam search: from every plan several codes are drawn for the next chunk, all are foreseen and scored so far, and the best go on. Chunks must be of one
/// token.
/// </summary>
/// <param name="model">What is planned with.</param>
/// <param name="sampler">Draws codes.</param>
/// <param name="options">How.</param>
internal sealed class BeamSearch(TrajectoryModel model, CodeSampler sampler, PlannerOptions options)
{
    /// <summary>Searches.</summary>
    /// <param name="states">Present states, standardised: [plan, feature].</param>
    /// <param name="sentences">As in <see cref="CodePrior.Logits"/>.</param>
    /// <param name="requests">From where, and for what.</param>
    /// <param name="random">The draw.</param>
    public SampledCodes Search(Tensor states, Tensor? sentences, IReadOnlyList<PlanRequest> requests, CounterRandom random)
    {
        if (model.Card.Shape.ChunkTokens != 1)
        {
            throw new MotionException(ExitCode.BadConfiguration, $"beam search wants a model with one token for each chunk, not {model.Card.Shape.ChunkTokens}: draw samples instead");
        }

        int plans = requests.Count, beams = options.Sampling.Samples, ways = options.BeamWays, tokens = sampler.TokensOf(options.Sampling);
        CodeCache cache = sampler.CacheFor(plans, beams);
        Tensor logits = model.Prior.Begin(states, sentences, cache).unsqueeze(1).expand(plans, beams, -1);
        Tensor all = states.repeat_interleave(beams * ways, 0);
        Tensor known = model.Decoder.Begin(states).repeat_interleave(beams, 0); // [plan × beam, width]
        Tensor codes = zeros([plans, beams, 0], ScalarType.Int64, states.device);
        Tensor likelihood = zeros([plans, beams], device: states.device);
        BeamScores scores = new(requests, beams, options, model);
        for (int place = 0; place < tokens; place++)
        {
            Tensor wide = logits.repeat_interleave(ways, 1); // [plan, beam × way, code]
            long[] drawn = new long[plans * beams * ways];
            sampler.Pick(wide, Draws(drawn.Length, place, random), options.Sampling, drawn);
            Tensor code = tensor(drawn).view(plans, beams * ways).to(states.device);
            Tensor likely = likelihood.repeat_interleave(ways, 1) + wide.log_softmax(-1).gather(-1, code.unsqueeze(-1)).squeeze(-1);
            Tensor next = model.Decoder.Next(known.repeat_interleave(ways, 0), model.Decoder.Codebook.index_select(0, code.reshape(-1)));
            (Tensor roots, Tensor survival) = model.Decoder.Look(all, next);
            long[] best = scores.Advance(roots, survival, likely);
            Tensor chosen = tensor(best).view(plans, beams).to(states.device); // of beam × way
            long[] parents = [.. best.Select(way => way / ways)];
            Tensor picked = code.gather(1, chosen);
            codes = cat([codes.gather(1, tensor(parents).view(plans, beams, 1).expand(plans, beams, codes.size(2)).to(states.device)), picked.unsqueeze(-1)], 2);
            likelihood = likely.gather(1, chosen);
            Tensor rows = (chosen + (arange(plans, ScalarType.Int64, states.device).unsqueeze(-1) * (beams * ways))).view(-1);
            known = next.index_select(0, rows);
            if (place + 1 < tokens)
            {
                if (place > 0)
                {
                    cache.Choose(parents, place);
                }

                logits = model.Prior.Next(picked, place, cache);
            }
        }

        return new SampledCodes(codes, likelihood);
    }

    private static float[] Draws(int count, int place, CounterRandom random) =>
        [.. Enumerable.Range(0, count).Select(index => random.Uniform(((ulong)place << 32) + (ulong)index))];

    /// <summary>What beams have earned so far, and where they are.</summary>
    private sealed class BeamScores(IReadOnlyList<PlanRequest> requests, int beams, PlannerOptions options, TrajectoryModel model)
    {
        private double[] _earned = new double[requests.Count * beams];
        private double[] _stands = [.. Enumerable.Repeat(1.0, requests.Count * beams)];
        private GroundPlace[] _places = [.. requests.SelectMany(request => Enumerable.Repeat(request.Place, beams))];

        /// <summary>Scores one more chunk of all ways, and chooses those that go on: [plan × beam], indices of beam × way.</summary>
        public long[] Advance(Tensor roots, Tensor survival, Tensor likelihood)
        {
            int steps = model.Card.Shape.ChunkSteps, ways = (int)(roots.size(0) / _earned.Length);
            float[] seen = roots.cpu().contiguous().data<float>().ToArray(), standing = survival.cpu().contiguous().data<float>().ToArray();
            float[] likely = likelihood.reshape(-1).cpu().contiguous().data<float>().ToArray();
            double[] earned = new double[_earned.Length * ways], stands = new double[earned.Length], scores = new double[earned.Length];
            GroundPlace[] places = new GroundPlace[earned.Length], path = new GroundPlace[steps];
            PlannerOptions free = options with { FallCost = 0 };
            for (int row = 0; row < earned.Length; row++)
            {
                int parent = row / ways;
                Span<float> own = seen.AsSpan(row * steps * StateLayout.RootCount, steps * StateLayout.RootCount);
                for (int step = 0; step < steps; step++)
                {
                    model.States.FromInPlace(own.Slice(step * StateLayout.RootCount, StateLayout.RootCount));
                }

                PlanRequest request = requests[parent / beams] with { Place = _places[parent] };
                (double score, double stand) = PlanScore.Of(own, standing.AsSpan(row * steps, steps), (request, free, 1f / model.Card.ControlRate), path);
                (earned[row], stands[row], places[row]) = (_earned[parent] + score, Math.Min(_stands[parent], stand), path[^1]);
                scores[row] = earned[row] - (options.FallCost * (1 - stands[row])) + PlanScore.Unlikely(likely[row], 1, options);
            }

            long[] chosen = Best(scores, ways);
            int[] rows = [.. chosen.Select((way, index) => (index / beams * beams * ways) + (int)way)];
            (_earned, _stands, _places) = ([.. rows.Select(row => earned[row])], [.. rows.Select(row => stands[row])], [.. rows.Select(row => places[row])]);
            return chosen;
        }

        private long[] Best(double[] scores, int ways)
        {
            int wide = beams * ways;
            return [.. Enumerable.Range(0, requests.Count).SelectMany(plan =>
                Enumerable.Range(0, wide).OrderByDescending(way => scores[(plan * wide) + way]).Take(beams).Select(way => (long)way))];
        }
    }
}
