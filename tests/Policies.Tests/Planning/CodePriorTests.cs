using Motion.Policies.Planning;
using Motion.Sim;

namespace Motion.Policies.Tests.Planning;

public sealed class CodePriorTests : IDisposable
{
    private readonly TrajectoryModel _model = ToyModel.Make();

    public void Dispose() => _model.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Reading_code_by_code_with_the_prefix_read_once_gives_what_reading_all_at_once_gives(bool said)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable unrecorded = no_grad();
        Tensor states = randn(2, _model.Card.States);
        Tensor? sentences = said ? randn(2, 4) : null;
        Tensor codes = randint(0, 9, [2, 5, 3]); // [plan, sample, token]
        CodeCache cache = new(_model.Card.Shape, 2, 5);
        Tensor first = _model.Prior.Begin(states, sentences, cache); // [plan, code]
        Tensor second = _model.Prior.Next(codes.select(2, 0), 0, cache); // [plan, sample, code]
        Tensor third = _model.Prior.Next(codes.select(2, 1), 1, cache);
        for (int sample = 0; sample < 5; sample++)
        {
            Tensor whole = _model.Prior.Logits(states, sentences, codes.select(1, sample)); // [plan, token, code]
            AssertNear(whole.select(1, 0), first);
            AssertNear(whole.select(1, 1), second.select(1, sample));
            AssertNear(whole.select(1, 2), third.select(1, sample));
        }
    }

    [Fact]
    public void A_sentence_of_zeros_is_one_that_is_not_said()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor states = randn(2, _model.Card.States), codes = randint(0, 9, [2, 3]);
        AssertNear(_model.Prior.Logits(states, null, codes), _model.Prior.Logits(states, zeros(2, 4), codes));
        Assert.True((_model.Prior.Logits(states, ones(2, 4), codes) - _model.Prior.Logits(states, null, codes)).abs().max().ToDouble() > 1e-3);
    }

    [Fact]
    public void Codes_after_a_place_do_not_change_what_is_said_there()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor states = randn(1, _model.Card.States);
        Tensor one = _model.Prior.Logits(states, null, tensor(new long[] { 1, 2, 3 }).view(1, 3)), other = _model.Prior.Logits(states, null, tensor(new long[] { 1, 7, 8 }).view(1, 3));
        AssertNear(one.narrow(1, 0, 2), other.narrow(1, 0, 2));
        Assert.True((one.select(1, 2) - other.select(1, 2)).abs().max().ToDouble() > 1e-3);
    }

    [Fact]
    public void The_likelihood_of_a_sample_is_that_of_its_codes()
    {
        using DisposeScope scope = NewDisposeScope();
        CodeSampler sampler = new(_model.Prior, 9);
        Tensor states = randn(2, _model.Card.States);
        SampledCodes drawn = sampler.Sample(states, null, new SamplingOptions { Samples = 4, Temperature = 1.7 }, new CounterRandom(3));
        Tensor codes = drawn.Codes.select(1, 2);
        Tensor expected = _model.Prior.Logits(states, null, codes).log_softmax(-1).gather(-1, codes.unsqueeze(-1)).sum([1, 2]);
        AssertNear(expected, drawn.LogLikelihood.select(1, 2));
    }

    [Fact]
    public void The_first_sample_begins_with_the_codes_that_were_given()
    {
        using DisposeScope scope = NewDisposeScope();
        CodeSampler sampler = new(_model.Prior, 9);
        SampledCodes drawn = sampler.Sample(randn(2, _model.Card.States), null, new SamplingOptions { Samples = 3 }, new CounterRandom(3), [null, [7, 8]]);
        Assert.Equal([7L, 8L], drawn.Codes.select(0, 1).select(0, 0).narrow(0, 0, 2).data<long>().ToArray());
    }

    [Fact]
    public void The_code_that_crosses_the_share_is_the_last_that_may_be_drawn()
    {
        using DisposeScope scope = NewDisposeScope();
        CodeSampler sampler = new(_model.Prior, 4);
        Tensor logits = tensor((float[])[0.5f, 0.3f, 0.15f, 0.05f]).log().view(1, 1, 4);
        long Drawn(double topP, float draw) => Picked(sampler, logits, draw, new SamplingOptions { TopP = topP });

        // Before the second code 0.5 are gone, less than 0.6: it stays, the third (0.8) does not. Of 0.8 in all, a draw of 0.6 is 0.48, within the first's
        // 0.5, and one of 0.99 is 0.792, within the second's.
        Assert.Equal((0, 1), (Drawn(0.6, 0.6f), Drawn(0.6, 0.99f)));
        Assert.Equal(3, Drawn(1, 0.99f));
        Assert.Equal(0, Drawn(0.4, 0.99f));
    }

    [Fact]
    public void Codes_that_may_be_drawn_are_drawn_as_often_as_they_are_likely()
    {
        using DisposeScope scope = NewDisposeScope();
        CodeSampler sampler = new(_model.Prior, 20);
        float[] likely = [.. Enumerable.Range(0, 20).Select(code => code switch { 3 => 0.2f, 11 => 0.5f, 17 => 0.15f, _ => 0.15f / 17 })];
        long[] picked = new long[8500];
        sampler.Pick(tensor(likely).log().expand(1, picked.Length, 20), [.. Enumerable.Range(0, picked.Length).Select(draw => (draw + 0.5f) / picked.Length)], new SamplingOptions { TopP = 0.8 }, picked);
        ILookup<long, long> found = picked.ToLookup(code => code);
        Assert.Equal([3L, 11L, 17L], found.Select(codes => codes.Key).Order());
        Assert.InRange(found[3].Count(), 1998, 2002);
        Assert.InRange(found[11].Count(), 4998, 5002);
    }

    [Fact]
    public void The_coldest_sample_is_the_likeliest_code_and_uniform_ones_ignore_the_prior()
    {
        using DisposeScope scope = NewDisposeScope();
        CodeSampler sampler = new(_model.Prior, 4);
        Tensor logits = tensor((float[])[0, 3, 1, 2]).view(1, 1, 4);
        Assert.Equal(1, Picked(sampler, logits, 0.8f, new SamplingOptions { Temperature = 0 }));
        // 0.8 of 4 codes is 3.2.
        Assert.Equal(3, Picked(sampler, logits, 0.8f, new SamplingOptions { Uniform = true }));
    }

    private static long Picked(CodeSampler sampler, Tensor logits, float draw, SamplingOptions options)
    {
        long[] picked = new long[1];
        sampler.Pick(logits, [draw], options, picked);
        return picked[0];
    }

    private static void AssertNear(Tensor expected, Tensor found) => Assert.InRange((expected - found).abs().max().ToDouble(), 0, 1e-4);
}
