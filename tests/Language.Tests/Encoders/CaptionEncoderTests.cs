using Motion.Language.Encoders;
using Motion.Language.Tokens;

namespace Motion.Language.Tests.Encoders;

public sealed class CaptionEncoderTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly CaptionEncoder _encoder = Make();

    public void Dispose()
    {
        _encoder.Dispose();
        _scope.Dispose();
    }

    [Fact]
    public void A_sentence_beside_longer_ones_has_the_features_that_it_has_alone()
    {
        Tensor alone = _encoder.Encode(["a person walks"]);
        Tensor beside = _encoder.Encode(["a person walks", "a person walks and then turns around to the left twice"]).narrow(0, 0, 1);
        Assert.True(alone.allclose(beside, 1e-4, 1e-5));
    }

    [Fact]
    public void Order_of_words_counts() =>
        Assert.False(_encoder.Encode(["left hand right leg"]).allclose(_encoder.Encode(["right hand left leg"]), 1e-3, 1e-3));

    [Theory]
    [InlineData("")]
    [InlineData("🕺")]
    [InlineData("走る人")]
    [InlineData("\0\u0007")]
    public void Hostile_sentences_have_finite_features(string sentence) => Assert.True(_encoder.Encode([sentence]).isfinite().all().item<bool>());

    [Fact]
    public void A_sentence_of_ten_thousand_characters_has_the_features_of_its_first_tokens()
    {
        string endless = string.Concat(Enumerable.Repeat("walk ", 2000));
        string cut = string.Concat(Enumerable.Repeat("walk ", CaptionTransformer.MostTokens));
        Assert.True(_encoder.Encode([endless]).allclose(_encoder.Encode([cut])));
    }

    [Fact]
    public void Nothing_seen_makes_every_token_as_likely_as_any_other()
    {
        Tensor likely = _encoder.Transformer.Guess(zeros(1, 8)).softmax(-1);
        Assert.True(likely.allclose(full([1, _encoder.Table.Rows], 1.0 / _encoder.Table.Rows)));
    }

    internal static CaptionEncoder Make()
    {
        manual_seed(1);
        TokenTable table = TokenTable.Of(SentenceTokenizer.Create(), ["a person walks and then turns around to the left twice", "walk right hand leg run jump"], least: 1);
        CaptionTransformer transformer = new(table.Rows, new TransformerShape { Width = 8, Layers = 2, Heads = 2, Hidden = 16 });
        transformer.eval();
        return new CaptionEncoder(table, transformer);
    }
}
