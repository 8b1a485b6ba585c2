using Motion.Language.Embedding;
using Motion.Language.Encoders;
using Motion.Sim;
using static TorchSharp.torch;

namespace Motion.Distillation.Embedding;

/// <summary>Runs many sentences of different lengths through the networks with little padding, and masks tokens to be guessed.</summary>
internal sealed class SentenceBatcher(SentenceEmbedding embedding, double divided)
{
    // Longer captions of the training set are cut; one in two hundred is.
    private const int MostTokens = 40;
    private const int Chunk = 64;
    private const double Masked = 0.15;

    private readonly CaptionEncoder? _own = embedding.Encoder as CaptionEncoder;
    private readonly Dictionary<string, float[]> _features = new(StringComparer.Ordinal);

    /// <summary>Latents of sentences, with gradients: [sentence, latent].</summary>
    public Tensor Embed(IReadOnlyList<string> sentences, CounterRandom random)
    {
        if (_own is null)
        {
            return embedding.Head.call(Frozen(sentences));
        }

        int[][] rows = [.. sentences.Select((sentence, index) => Rows(sentence, CounterRandom.For(random.Bits((ulong)index), 1)))];
        int[] order = [.. Enumerable.Range(0, rows.Length).OrderBy(index => rows[index].Length)];
        List<Tensor> features = [];
        foreach (int[] some in order.Chunk(Chunk))
        {
            Tensor batch = CaptionTransformer.Batch([.. some.Select(index => rows[index])]);
            features.Add(CaptionTransformer.Pool(_own.Transformer.call(batch), batch));
        }

        long[] back = new long[order.Length];
        for (int place = 0; place < order.Length; place++)
        {
            back[order[place]] = place;
        }

        return embedding.Head.call(cat(features, 0).index_select(0, tensor(back)));
    }

    /// <summary>Surprise at tokens that were hidden; null when the encoder does not learn.</summary>
    public Tensor? GuessLoss(IReadOnlyList<string> sentences, CounterRandom random)
    {
        if (_own is null)
        {
            return null;
        }

        int[][] rows = [.. sentences.Select(sentence => _own.Table.RowsOf(sentence).Take(MostTokens).ToArray())];
        int longest = Math.Max(1, rows.Max(sentence => sentence.Length));
        List<long> places = [];
        List<long> answers = [];
        for (int sentence = 0; sentence < rows.Length; sentence++)
        {
            for (int place = 0; place < rows[sentence].Length; place++)
            {
                if (random.Uniform(((ulong)sentence << 16) + (ulong)place) < Masked)
                {
                    places.Add((sentence * longest) + place);
                    answers.Add(rows[sentence][place]);
                    rows[sentence][place] = TokenTable.Mask;
                }
            }
        }

        if (places.Count == 0)
        {
            return zeros(1).sum();
        }

        Tensor hidden = _own.Transformer.call(CaptionTransformer.Batch(rows)); // [sentence, token, feature]
        Tensor chosen = hidden.reshape(-1, hidden.size(-1)).index_select(0, tensor(places));
        return nn.functional.cross_entropy(_own.Transformer.Guess(chosen), tensor(answers));
    }

    // An encoder that does not learn is asked once for each sentence.
    private Tensor Frozen(IReadOnlyList<string> sentences)
    {
        string[] missing = [.. sentences.Distinct().Where(sentence => !_features.ContainsKey(sentence))];
        if (missing.Length > 0)
        {
            float[] features = embedding.Encoder.Encode(missing).data<float>().ToArray();
            for (int index = 0; index < missing.Length; index++)
            {
                _features[missing[index]] = features.AsSpan(index * embedding.Encoder.Features, embedding.Encoder.Features).ToArray();
            }
        }

        return tensor([.. sentences.SelectMany(sentence => _features[sentence])], [sentences.Count, embedding.Encoder.Features]);
    }

    private int[] Rows(string sentence, CounterRandom random) =>
        [.. _own!.Table.RowsOf(sentence).Take(MostTokens).SelectMany((row, place) => random.Uniform((ulong)place) < divided ? _own.Table.Divided(row) : [row]).Take(MostTokens)];
}
