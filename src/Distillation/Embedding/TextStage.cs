using System.Collections.Immutable;
using Motion.Sim;
using static TorchSharp.torch;

namespace Motion.Distillation.Embedding;

/// <summary>What a stage on text learns from.</summary>
/// <param name="Groups">Captions that say the same, group by group; groups of one caption are only varied.</param>
/// <param name="Unrelated">Sentences about anything but motions; may be empty.</param>
internal sealed record TextMaterial(ImmutableArray<CaptionGroup> Groups, ImmutableArray<string> Unrelated);

/// <summary>What a step came to.</summary>
/// <param name="Match">Mean surprise at the caption of the same clip, nats.</param>
/// <param name="Guess">Mean surprise at hidden tokens, nats.</param>
/// <param name="Hits">Share of captions whose nearest is one of the same clip.</param>
internal readonly record struct TextStep(double Match, double Guess, double Hits);

/// <summary>
/// Learns sentences from sentences: captions of one clip come together; those of others, their contrasts (the other side, pace, number, the
/// negation) and unrelated sentences are pushed away; hidden tokens are guessed.
/// </summary>
internal sealed class TextStage(TextMaterial material, CaptionVariation variation, SentenceBatcher batcher, EmbeddingOptions options)
{
    /// <summary>The loss of a batch; gradients are left to the caller.</summary>
    /// <param name="step">Which batch: the same step has the same.</param>
    /// <param name="size">Clips to compare.</param>
    public (Tensor Loss, TextStep Measured) Loss(long step, int size)
    {
        CounterRandom random = CounterRandom.For(options.Seed, 0x7E87).At(step);
        List<string> anchors = [];
        List<string> partners = [];
        List<string> wrong = [];
        List<string> keys = [];
        for (int row = 0; row < size; row++)
        {
            CounterRandom own = random.At(row);
            CaptionGroup group = material.Groups[own.Below(0, material.Groups.Length)];
            int first = own.Below(1, group.Captions.Length);
            int second = group.Captions.Length == 1 ? first : (first + 1 + own.Below(2, group.Captions.Length - 1)) % group.Captions.Length;
            anchors.Add(variation.Vary(group.Captions[first], own.At(3)));
            partners.Add(variation.Vary(group.Captions[second], own.At(4)));
            keys.Add(CaptionWords.Content(group.Captions[second]));
            if (ContrastOf(group.Captions[first], own.At(5)) is { } contrast)
            {
                wrong.Add(contrast);
            }
        }

        for (int row = 0; row < size / 3 && material.Unrelated.Length > 0; row++)
        {
            wrong.Add(material.Unrelated[random.Below(1_000_000 + (ulong)row, material.Unrelated.Length)]);
        }

        Tensor latents = batcher.Embed([.. anchors, .. partners, .. wrong], random.At(-1));
        Tensor anchored = latents.narrow(0, 0, size);
        Tensor partnered = latents.narrow(0, size, size);
        Tensor? wrongs = wrong.Count == 0 ? null : latents.narrow(0, 2 * size, wrong.Count);
        bool[] same = Matching.Same(keys);
        Tensor match = Matching.Loss(anchored, partnered, wrongs, same, options.Temperature).add(Matching.Loss(partnered, anchored, wrongs, same, options.Temperature)).mul(0.5);
        double hits = anchored.detach().matmul(partnered.detach().t()).argmax(1).eq(arange(size, ScalarType.Int64)).to_type(ScalarType.Float32).mean().item<float>();
        Tensor? guess = options.MaskedWeight > 0 ? batcher.GuessLoss([.. anchors.Take(Math.Max(1, size / 3))], random.At(-2)) : null;
        Tensor loss = guess is null ? match : match.add(guess.mul(options.MaskedWeight));
        return (loss, new TextStep(match.item<float>(), guess?.item<float>() ?? 0, hits));
    }

    /// <summary>A contrast of a caption, of a kind that it has; the rarer kinds when there are several.</summary>
    public static string? ContrastOf(string caption, CounterRandom random)
    {
        ContrastKind[] kinds = [.. Contrast.Kinds.Where(kind => Contrast.Of(kind, caption) is not null)];
        return kinds.Length == 0 ? null : Contrast.Of(kinds[random.Below(0, kinds.Length)], caption, random.Below(1, 1000));
    }
}

/// <summary>Random numbers of parts of parts.</summary>
internal static class RandomParts
{
    /// <summary>A sequence of its own for a part.</summary>
    public static CounterRandom At(this CounterRandom random, long part) => new(random.Bits(unchecked((ulong)part)));
}
