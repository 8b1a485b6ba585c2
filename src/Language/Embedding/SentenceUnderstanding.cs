using System.Collections.Immutable;
using System.Globalization;
using Motion.Language.Encoders;
using TorchSharp;
using static TorchSharp.torch;

namespace Motion.Language.Embedding;

/// <summary>
/// Takes what a person typed: gives its latent and the nearest known captions, and says honestly when it is not understood, so that a character can
/// keep doing what it did. Nothing typed makes it throw. One instance is used by one thread.
/// </summary>
public sealed class SentenceUnderstanding : IDisposable
{
    /// <summary>Letters of the longest sentence that is read.</summary>
    public const int MostLetters = 600;

    private const int ShownLetters = 80;
    private const double MostUnknown = 0.25;

    // A caption that is so much nearer than another, by the cosine, weighs e times as much.
    private const double Nearer = 0.03;

    private readonly SentenceEmbedding _embedding;
    private readonly ImmutableArray<KnownCaption> _captions;
    private readonly Tensor _known;
    private readonly Tensor _motions;
    private readonly float _threshold;

    /// <summary>Prepares for captions; they are embedded once, here.</summary>
    /// <param name="embedding">The embedding; not disposed here.</param>
    /// <param name="captions">The captions that sentences are compared with, at least one.</param>
    /// <param name="threshold">Least cosine to the nearest caption of a sentence that is understood; the card's when null.</param>
    /// <exception cref="ArgumentException">There is no caption.</exception>
    public SentenceUnderstanding(SentenceEmbedding embedding, IEnumerable<KnownCaption> captions, float? threshold = null)
    {
        ArgumentNullException.ThrowIfNull(embedding);
        _embedding = embedding;
        _captions = [.. captions];
        if (_captions.IsEmpty)
        {
            throw new ArgumentException("there is no caption to compare sentences with", nameof(captions));
        }

        _threshold = threshold ?? embedding.Card.Threshold;
        using DisposeScope scope = NewDisposeScope();
        _known = embedding.EmbedSentences([.. _captions.Select(caption => caption.Text)]).DetachFromDisposeScope();
        int latent = (int)_known.size(1);
        _motions = tensor([.. _captions.SelectMany(caption => caption.Motion.IsEmpty ? new float[latent] : [.. caption.Motion])]).view(-1, latent).DetachFromDisposeScope();
    }

    /// <summary>
    /// What a policy is told: the latents of the captions of the nearest clip, by how near each is, of unit length. A policy knows what it was told in training
    /// and little between: a sentence of one's own means one of those things.
    /// </summary>
    private Tensor TowardsKnown(Tensor nearness, string clip)
    {
        Tensor others = tensor([.. _captions.Select(caption => caption.Clip == clip ? 0 : float.NegativeInfinity)]);
        Tensor mean = ((nearness / Nearer) + others).softmax(0).matmul(_known); // [latent]
        return mean / mean.norm();
    }

    /// <summary>Takes a sentence.</summary>
    /// <param name="typed">Anything: empty, long, of control characters, emoji or any language.</param>
    /// <param name="nearest">How many clips to name at most.</param>
    public UnderstoodSentence Understand(string typed, int nearest = 5)
    {
        ArgumentNullException.ThrowIfNull(typed);
        string sentence = Clean(typed);
        string shown = sentence.Length <= ShownLetters ? sentence : sentence[..(char.IsHighSurrogate(sentence[ShownLetters - 1]) ? ShownLetters - 1 : ShownLetters)] + "…";
        UnderstoodSentence Refused(Doubt doubt, string message) => new() { Sentence = shown, Doubt = doubt, Message = message };
        if (!sentence.Any(char.IsLetter))
        {
            return Refused(Doubt.NoWords, sentence.Length == 0 ? "nothing was typed: say what to do, such as \"a person walks forward\"" : $"\"{shown}\" holds no words: say what to do, such as \"a person walks forward\"");
        }

        if (sentence.Length > MostLetters || Tokens(sentence) is { } tokens && tokens.Length > CaptionTransformer.MostTokens)
        {
            return Refused(Doubt.TooLong, $"\"{shown}\" is too long ({typed.Length:N0} characters, at most {MostLetters} and {CaptionTransformer.MostTokens} tokens are read): say one thing at a time");
        }

        using DisposeScope scope = NewDisposeScope();
        Tensor latent = _embedding.EmbedSentences([sentence]); // [1, latent]
        Tensor scores = _known.matmul(latent.squeeze(0)); // [caption]
        Tensor nearness = scores + _motions.matmul(latent.squeeze(0)); // what it looks like says as much as what was said of it
        ImmutableArray<NearCaption> near = Nearest(nearness, scores, nearest);
        float best = scores.max().item<float>();
        bool isForeign = Tokens(sentence) is { Length: > 0 } rows && rows.Count(row => row == TokenTable.Unknown) > MostUnknown * rows.Length;
        Doubt doubt = isForeign ? Doubt.UnknownWriting : best < _threshold ? Doubt.NothingNear : Doubt.None;
        string offer = $"the nearest it knows is \"{near[0].Caption.Text}\" ({near[0].Score.ToString("0.00", CultureInfo.InvariantCulture)}, {_threshold.ToString("0.00", CultureInfo.InvariantCulture)} is wanted)";
        return new UnderstoodSentence
        {
            Sentence = shown,
            Doubt = doubt,
            Latent = [.. TowardsKnown(nearness, near[0].Caption.Clip).data<float>().ToArray()],
            Nearest = near,
            Message = doubt switch
            {
                Doubt.None => $"\"{shown}\" is taken as \"{near[0].Caption.Text}\"",
                Doubt.UnknownWriting => $"\"{shown}\" is not understood: only English is known; {offer}",
                _ => $"\"{shown}\" is not understood; {offer}",
            },
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _known.Dispose();
        _motions.Dispose();
    }

    private int[]? Tokens(string sentence) => (_embedding.Encoder as CaptionEncoder)?.Table.RowsOf(sentence);

    private ImmutableArray<NearCaption> Nearest(Tensor nearness, Tensor scores, int count)
    {
        float[] order = nearness.data<float>().ToArray(), all = scores.data<float>().ToArray();
        return [.. Enumerable.Range(0, all.Length).OrderByDescending(index => order[index])
            .Select(index => new NearCaption(_captions[index], all[index])).DistinctBy(near => near.Caption.Clip).Take(Math.Max(1, count))];
    }

    // What is shown must not move a terminal's cursor, and halves of characters must not reach a file.
    private static string Clean(string typed) =>
        string.Concat(typed.EnumerateRunes().Select(rune => System.Text.Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator ? " " : rune.ToString())).Trim();
}
