using Motion.Distillation.Planning;

namespace Motion.Distillation.Tests.Planning;

public sealed class QuantiserTests
{
    [Theory]
    [InlineData(3, 5)]
    [InlineData(4, 8)]
    public void Rounded_latents_are_the_rows_of_the_table_that_their_codes_name(int one, int other)
    {
        using DisposeScope scope = NewDisposeScope();
        FiniteScalarQuantiser quantiser = new([one, other]);
        Tensor latents = randn(200, 3, 2) * 2; // [sample, token, number]
        Quantised found = quantiser.Quantise(latents, learn: true);
        Assert.Equal((one * other, 2), (quantiser.Codes, quantiser.Width));
        Assert.InRange(found.Codes.min().item<long>(), 0, 0);
        Assert.InRange(found.Codes.max().item<long>(), quantiser.Codes - 1, quantiser.Codes - 1);
        Tensor rows = quantiser.Table().index_select(0, found.Codes.view(-1)).view(found.Vectors.shape);
        Assert.InRange((rows - found.Vectors).abs().max().ToDouble(), 0, 1e-5);
    }

    [Fact]
    public void Three_levels_are_minus_one_zero_and_one_and_gradients_pass_through_the_rounding()
    {
        using DisposeScope scope = NewDisposeScope();
        FiniteScalarQuantiser quantiser = new([3]);
        Tensor latents = tensor((float[])[-9, 0.1f, 9]).view(3, 1, 1).requires_grad_();
        Quantised found = quantiser.Quantise(latents, learn: false);
        Assert.Equal([-1f, 0, 1], found.Vectors.view(-1).detach().data<float>().ToArray());
        Assert.Equal([0L, 1, 2], found.Codes.view(-1).data<long>().ToArray());

        // Where nothing is bounded, near 0, the slope of 1.001 tanh is 1.001 (1 − tanh² 0.1) = 0.991.
        found.Vectors.sum().backward();
        Assert.Equal(0.991f, latents.grad!.view(-1).data<float>().ToArray()[1], 1e-3f);
    }

    [Fact]
    public void A_latent_becomes_its_nearest_row_which_follows_it_and_the_commitment_pulls_back()
    {
        using DisposeScope scope = NewDisposeScope();
        ProductQuantiser quantiser = Placed([0, 0, 10, 10]);
        Tensor latents = tensor((float[])[1, 1, 8, 9]).view(2, 1, 2).requires_grad_();
        Quantised found = quantiser.Quantise(latents, learn: true);
        Assert.Equal([0L, 1], found.Codes.view(-1).data<long>().ToArray());
        Assert.Equal([0f, 0, 10, 10], found.Vectors.view(-1).detach().data<float>().ToArray());

        // Counts are 1 and stay (0.99 · 1 + 0.01 · 1); sums go a hundredth of the way: 0.01 · 1, and 0.99 · 10 + 0.01 · 8 and 9.
        float[] rows = quantiser.Table().view(-1).data<float>().ToArray();
        Assert.All(((float[])[0.01f, 0.01f, 9.98f, 9.99f]).Zip(rows), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));

        // A quarter of the mean of 1, 1, 4, 1.
        Assert.Equal(0.25 * 7 / 4, found.Loss.ToDouble(), 1e-6);
    }

    [Fact]
    public void A_row_that_nothing_chooses_comes_back_to_life_where_latents_are()
    {
        using DisposeScope scope = NewDisposeScope();
        ProductQuantiser quantiser = Placed([0, 0, 1000, 1000]);
        for (int round = 0; round < 400; round++)
        {
            quantiser.Quantise(randn(8, 1, 2), learn: true);
        }

        Assert.InRange(quantiser.Table().abs().max().ToDouble(), 0, 10);
    }

    [Fact]
    public void What_a_codebook_learned_can_be_kept()
    {
        using DisposeScope scope = NewDisposeScope();
        ProductQuantiser one = new(4, 2, 0.25), other = new(4, 2, 0.25);
        one.Quantise(randn(8, 1, 2), learn: true);
        other.Load(one.State().ToDictionary(pair => pair.Key, pair => pair.Value));
        Assert.Equal(one.Table().view(-1).data<float>().ToArray(), other.Table().view(-1).data<float>().ToArray());
    }

    private static ProductQuantiser Placed(float[] rows)
    {
        ProductQuantiser quantiser = new(2, 2, 0.25);
        quantiser.Load(new() { ["rows"] = tensor(rows).view(2, 2), ["counts"] = ones(2), ["sums"] = tensor(rows).view(2, 2) });
        return quantiser;
    }
}
