using System.Collections.Immutable;
using Motion.Language.Embedding;
using Motion.Sim;
using TorchSharp;
using static TorchSharp.torch;

namespace Motion.Distillation.Embedding;

/// <summary>A sentence, and the clip it is about.</summary>
/// <param name="Sentence">The sentence.</param>
/// <param name="Clip">The clip's name.</param>
public sealed record TextQuery(string Sentence, string Clip);

/// <summary>How well one side finds the other.</summary>
public sealed record Retrieval
{
    /// <summary>Share whose nearest is right.</summary>
    public double R1 { get; init; }

    /// <summary>Share with a right one among the nearest three.</summary>
    public double R3 { get; init; }

    /// <summary>Share with a right one among the nearest five.</summary>
    public double R5 { get; init; }

    /// <summary>Median place of the first right one, from 1.</summary>
    public double MedianRank { get; init; }

    /// <summary>Share that chooses right among four, three wrong ones drawn at random.</summary>
    public double FourWay { get; init; }

    /// <summary>How many were asked.</summary>
    public int Queries { get; init; }

    /// <summary>How many there were to find.</summary>
    public int Candidates { get; init; }
}

/// <summary>Both ways.</summary>
/// <param name="SentenceToClip">Sentences find clips.</param>
/// <param name="ClipToSentence">Clips find sentences.</param>
public sealed record TextScore(Retrieval SentenceToClip, Retrieval ClipToSentence);

/// <summary>
/// Measures how well sentences and motions find each other by their latents alone: the captions that a clip has are not looked at. A clip counts as
/// right when it is the query's, carries the very same sentence, or shows the same recording.
/// </summary>
public static class TextEvaluation
{
    private const int Draws = 20;

    /// <summary>Measures queries over a set of clips.</summary>
    /// <param name="embedding">The embedding.</param>
    /// <param name="clips">The clips to find, with all their captions.</param>
    /// <param name="queries">The sentences; each clip must be among the clips.</param>
    /// <param name="seed">Seed of the wrong ones to choose among.</param>
    public static TextScore Measure(SentenceEmbedding embedding, IReadOnlyList<EmbeddingClip> clips, IReadOnlyList<TextQuery> queries, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(embedding);
        ArgumentNullException.ThrowIfNull(clips);
        ArgumentNullException.ThrowIfNull(queries);
        using DisposeScope scope = NewDisposeScope();
        Tensor motions = embedding.EmbedMotions([.. clips.Select(clip => clip.Features)]);
        Tensor sentences = embedding.EmbedSentences([.. queries.Select(query => query.Sentence)]);
        float[] scores = sentences.matmul(motions.t()).data<float>().ToArray(); // [query × clip]
        bool[] right = Right(clips, queries);
        return Score(scores, right, queries.Count, clips.Count, seed);
    }

    /// <summary>Both ways from scores and what is right.</summary>
    /// <param name="scores">How near each clip is to each query: [query × clip].</param>
    /// <param name="right">Which clips are right: [query × clip].</param>
    /// <param name="queries">How many queries.</param>
    /// <param name="clips">How many clips.</param>
    /// <param name="seed">Seed of the wrong ones to choose among.</param>
    public static TextScore Score(float[] scores, bool[] right, int queries, int clips, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(right);
        float[] turnedScores = new float[scores.Length];
        bool[] turnedRight = new bool[right.Length];
        for (int query = 0; query < queries; query++)
        {
            for (int clip = 0; clip < clips; clip++)
            {
                (turnedScores[(clip * queries) + query], turnedRight[(clip * queries) + query]) = (scores[(query * clips) + clip], right[(query * clips) + clip]);
            }
        }

        return new TextScore(Find(scores, right, queries, clips, seed), Find(turnedScores, turnedRight, clips, queries, seed + 1));
    }

    private static Retrieval Find(float[] scores, bool[] right, int queries, int candidates, ulong seed)
    {
        List<double> places = [];
        double chosen = 0;
        for (int query = 0; query < queries; query++)
        {
            ReadOnlySpan<float> row = scores.AsSpan(query * candidates, candidates);
            ReadOnlySpan<bool> rights = right.AsSpan(query * candidates, candidates);
            if (!rights.Contains(true))
            {
                continue;
            }

            float best = float.NegativeInfinity;
            for (int candidate = 0; candidate < candidates; candidate++)
            {
                best = rights[candidate] ? MathF.Max(best, row[candidate]) : best;
            }

            // Wrong ones that are as near stand before it.
            int before = 0;
            List<float> wrong = [];
            for (int candidate = 0; candidate < candidates; candidate++)
            {
                if (!rights[candidate])
                {
                    before += row[candidate] >= best ? 1 : 0;
                    wrong.Add(row[candidate]);
                }
            }

            places.Add(before + 1);
            chosen += ChosenOfFour(best, wrong, CounterRandom.For(seed, (ulong)query));
        }

        int asked = Math.Max(1, places.Count);
        return new Retrieval
        {
            R1 = places.Count(place => place <= 1) / (double)asked,
            R3 = places.Count(place => place <= 3) / (double)asked,
            R5 = places.Count(place => place <= 5) / (double)asked,
            MedianRank = Median(places),
            FourWay = chosen / asked,
            Queries = places.Count,
            Candidates = candidates,
        };
    }

    private static double ChosenOfFour(float right, List<float> wrong, CounterRandom random)
    {
        if (wrong.Count == 0)
        {
            return 1;
        }

        int won = 0;
        for (int draw = 0; draw < Draws; draw++)
        {
            won += Enumerable.Range(0, 3).All(one => wrong[random.Below((ulong)((draw * 3) + one), wrong.Count)] < right) ? 1 : 0;
        }

        return won / (double)Draws;
    }

    private static double Median(List<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? 0 : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static bool[] Right(IReadOnlyList<EmbeddingClip> clips, IReadOnlyList<TextQuery> queries)
    {
        Dictionary<string, int> indices = clips.Select((clip, index) => (clip.Name, index)).ToDictionary(pair => pair.Name, pair => pair.index, StringComparer.OrdinalIgnoreCase);
        HashSet<string>[] sentences = [.. clips.Select(clip => clip.Captions.Select(CaptionWords.Plain).ToHashSet())];
        bool[] same = SameRecording(clips);
        bool[] right = new bool[queries.Count * clips.Count];
        for (int query = 0; query < queries.Count; query++)
        {
            int own = indices[queries[query].Clip];
            string plain = CaptionWords.Plain(queries[query].Sentence);
            for (int clip = 0; clip < clips.Count; clip++)
            {
                right[(query * clips.Count) + clip] = clip == own || same[(own * clips.Count) + clip] || sentences[clip].Contains(plain);
            }
        }

        return right;
    }

    // A recording may be there twice, cut or resampled differently: of like length, and frame for frame alike.
    private static bool[] SameRecording(IReadOnlyList<EmbeddingClip> clips)
    {
        const double MostDifference = 0.06;
        bool[] same = new bool[clips.Count * clips.Count];
        for (int clip = 0; clip < clips.Count; clip++)
        {
            for (int other = clip + 1; other < clips.Count; other++)
            {
                ReadOnlySpan<float> a = clips[clip].Features.Span;
                ReadOnlySpan<float> b = clips[other].Features.Span;
                int shorter = Math.Min(a.Length, b.Length);
                bool isLike = shorter >= 0.8 * Math.Max(a.Length, b.Length) && MeanDifference(a[..shorter], b[..shorter]) < MostDifference;
                same[(clip * clips.Count) + other] = same[(other * clips.Count) + clip] = isLike;
            }
        }

        return same;
    }

    private static double MeanDifference(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double sum = 0;
        for (int index = 0; index < a.Length; index++)
        {
            sum += Math.Abs(a[index] - b[index]);
        }

        return sum / Math.Max(1, a.Length);
    }
}
