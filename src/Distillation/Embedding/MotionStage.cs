using System.Collections.Immutable;
using Motion.Language.Embedding;
using Motion.Sim;
using Motion.Sim.Clips;
using static TorchSharp.torch;

namespace Motion.Distillation.Embedding;

/// <summary>What a step came to.</summary>
/// <param name="Match">Mean surprise at the caption of a motion and the motion of a caption, nats.</param>
/// <param name="Rebuild">Mean square error of rebuilt motions, in even scale.</param>
/// <param name="Hits">Share of captions whose nearest motion is theirs.</param>
internal readonly record struct MotionStep(double Match, double Rebuild, double Hits);

/// <summary>
/// Brings motions to their sentences (PADL, Juravsky et al. 2022; the symmetric contrast is TMR's, Petrovich et al. 2023): each clip of a batch is there
/// also mirrored, with its caption mirrored, so that sides must be told apart; contrasts of captions count as wrong answers.
/// </summary>
internal sealed class MotionStage(
    ImmutableArray<EmbeddingClip> clips, SentenceEmbedding embedding, CaptionVariation variation, SentenceBatcher batcher, EmbeddingOptions options)
{
    // The shortest part of a clip that is still shown with its caption, and the largest change of its pace.
    private const double ShortestShare = 0.8;

    /// <summary>The loss of a batch; gradients are left to the caller.</summary>
    /// <param name="step">Which batch: the same step has the same.</param>
    public (Tensor Loss, MotionStep Measured) Loss(long step)
    {
        CounterRandom random = CounterRandom.For(options.Seed, 0x3071).At(step);
        List<string> captions = [];
        List<string> keys = [];
        List<string> telling = [];
        List<string> wrong = [];
        List<ReadOnlyMemory<float>> motions = [];
        foreach ((int index, long row) in Chosen(random).Select((index, row) => (index, (long)row)))
        {
            EmbeddingClip clip = clips[index];
            CounterRandom own = random.At(row);
            string caption = clip.Captions[own.Below(0, clip.Captions.Length)];
            foreach (bool mirrored in new[] { false, true })
            {
                string words = mirrored ? CaptionMirror.Mirror(caption) : caption;
                keys.Add(CaptionWords.Content(words));
                telling.Add(CaptionWords.Telling(words));
                captions.Add(variation.Vary(words, own.At(mirrored ? 2 : 1)));
                motions.Add(Part(mirrored ? clip.Mirrored : clip.Features, own.At(mirrored ? 4 : 3)));
                if (TextStage.ContrastOf(words, own.At(mirrored ? 6 : 5)) is { } contrast)
                {
                    wrong.Add(contrast);
                }
            }
        }

        Tensor sentences = batcher.Embed([.. captions, .. wrong], random.At(-1));
        Tensor said = sentences.narrow(0, 0, captions.Count);
        Tensor? wrongs = wrong.Count == 0 ? null : sentences.narrow(0, captions.Count, wrong.Count);
        MotionBatch batch = MotionBatch.Of(motions, embedding.Card.Shape);
        Tensor seen = embedding.Motions.call(batch.Frames, batch.Present);
        // Latents of sentences mean something once text alone has been learned.
        bool[] same = options.TextSteps > 0 ? Matching.Same(keys, telling, said.detach(), options.SameAbove) : Matching.Same(keys);
        Tensor match = Matching.Loss(seen, said, wrongs, same, options.Temperature).add(Matching.Loss(said, seen, null, same, options.Temperature)).mul(0.5);
        double hits = said.detach().matmul(seen.detach().t()).argmax(1).eq(arange(captions.Count, ScalarType.Int64)).to_type(ScalarType.Float32).mean().item<float>();
        Tensor rebuild = Rebuild(seen, batch).add(Rebuild(said, batch)).mul(0.5);
        return (match.add(rebuild.mul(options.RebuildWeight)), new MotionStep(match.item<float>(), rebuild.item<float>(), hits));
    }

    // Different clips, each as likely as any other.
    private IEnumerable<int> Chosen(CounterRandom random)
    {
        int[] order = [.. Enumerable.Range(0, clips.Length)];
        int count = Math.Min(options.MotionBatch, order.Length);
        for (int place = 0; place < count; place++)
        {
            int other = place + random.Below(1_000_000 + (ulong)place, order.Length - place);
            (order[place], order[other]) = (order[other], order[place]);
        }

        return order.Take(count);
    }

    private ReadOnlyMemory<float> Part(ReadOnlyMemory<float> motion, CounterRandom random)
    {
        int features = embedding.Card.Shape.MotionFeatures;
        int frames = motion.Length / features;
        int most = Math.Min(frames, embedding.Card.Shape.MostFrames);
        int count = Math.Max(1, (int)(most * (ShortestShare + ((1 - ShortestShare) * random.Uniform(0)))));
        int start = random.Below(1, frames - count + 1);
        return motion.Slice(start * features, count * features);
    }

    private Tensor Rebuild(Tensor latents, MotionBatch batch)
    {
        Tensor wanted = embedding.Motions.Even(batch.Frames, batch.Present);
        Tensor made = embedding.Decoder.call(latents).narrow(1, 0, wanted.size(1));
        Tensor error = made.sub(wanted).square().mean([2]).mul(batch.Present);
        return error.sum().div(batch.Present.sum());
    }
}
