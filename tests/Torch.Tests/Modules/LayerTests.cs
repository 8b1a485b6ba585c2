namespace Motion.Torch.Tests.Modules;

public sealed class LayerTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void Linear_multiplies_by_the_transposed_weight_and_adds_the_bias()
    {
        using var layer = nn.Linear(2, 3);
        layer.weight = nn.Parameter(tensor(new[,] { { 1f, 2f }, { 3f, 4f }, { 5f, 6f } }));
        layer.bias = nn.Parameter(tensor(new[] { 10f, 20f, 30f }));
        // (1, -1): 1 - 2 + 10, 3 - 4 + 20, 5 - 6 + 30.
        Expect.Elements([9, 19, 29], layer.call(tensor(new[] { 1f, -1f })));
        Assert.Equal(["weight", "bias"], layer.named_parameters().Select(found => found.name));
        using var bare = nn.Linear(2, 3, hasBias: false);
        Assert.Null(bare.bias);
        Assert.Single(bare.parameters());
    }

    [Fact]
    public void Linear_starts_within_one_over_the_root_of_its_inputs()
    {
        manual_seed(1);
        using var layer = nn.Linear(16, 1000);
        foreach (var parameter in layer.parameters())
        {
            // Even within ±1/4: deviation 1/4 / √3 = 0.1443.
            Assert.InRange(parameter.abs().max().ToDouble(), 0.24, 0.25);
            Assert.InRange(parameter.std().ToDouble(), 0.14, 0.149);
        }
    }

    [Fact]
    public void Layer_norm_brings_the_last_dimension_to_mean_zero_and_variance_one()
    {
        using var layer = nn.LayerNorm(3, eps: 0);
        // 1, 2, 3: mean 2, variance 2/3, so ±1 / √(2/3) = ±1.2247449.
        Expect.Elements([-1.2247449, 0, 1.2247449], layer.call(tensor(new[] { 1f, 2f, 3f })));
        layer.weight = nn.Parameter(tensor(new[] { 1f, 1f, 2f }));
        layer.bias = nn.Parameter(tensor(new[] { 5f, 5f, 5f }));
        Expect.Elements([3.7752551, 5, 7.4494898], layer.call(tensor(new[] { 1f, 2f, 3f })));
        using var plain = nn.LayerNorm([2, 2], elementwise_affine: false, eps: 0);
        Assert.Empty(plain.parameters());
        // 0, 0, 4, 4: mean 2, deviation 2.
        Expect.Elements([-1, -1, 1, 1], plain.call(tensor(new[,] { { 0f, 0f }, { 4f, 4f } })));
        using var unshifted = nn.LayerNorm(3, bias: false);
        Assert.Null(unshifted.bias);
    }

    [Fact]
    public void Embedding_looks_vectors_up_and_teaches_only_those()
    {
        using var layer = nn.Embedding_from_pretrained(tensor(new[,] { { 1f, 2f }, { 3f, 4f }, { 5f, 6f } }), freeze: false);
        var found = layer.call(tensor(new[] { 2L, 0, 2 }));
        Expect.Elements([5, 6, 1, 2, 5, 6], found);
        found.sum().backward();
        Expect.Elements([1, 1, 0, 0, 2, 2], layer.weight!.grad!);
    }

    [Fact]
    public void Embedding_keeps_padding_at_zero_and_vectors_within_a_norm()
    {
        using var padded = nn.Embedding(3, 4, padding_idx: 1);
        var vectors = padded.call(tensor(new[] { 1L, 0 }));
        Expect.Elements([0, 0, 0, 0], vectors[0]);
        vectors.sum().backward();
        Expect.Elements([1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0], padded.weight!.grad!);
        using var limited = nn.Embedding(3, 4, max_norm: 0.5);
        Assert.InRange(limited.call(tensor(new[] { 2L })).norm().ToDouble(), 0, 0.5001);
        using var frozen = nn.Embedding_from_pretrained(ones(2, 2));
        Assert.False(frozen.weight!.requires_grad);
    }

    [Fact]
    public void Dropout_drops_and_scales_in_training_and_does_nothing_in_use()
    {
        manual_seed(1);
        using var layer = nn.Dropout(0.25);
        var x = ones(10_000);
        var dropped = layer.call(x);
        // Kept with probability 3/4 and scaled by 4/3.
        Assert.InRange((dropped == 0).@float().mean().ToDouble(), 0.24, 0.26);
        Assert.Equal(4 / 3.0, dropped.max().ToDouble(), 6);
        layer.eval();
        Expect.Exactly(x, layer.call(x));
    }

    [Fact]
    public void Convolution_slides_its_filters()
    {
        using var layer = nn.Conv1d(1, 1, 2);
        layer.weight = nn.Parameter(tensor(new[] { 1f, 10f }, 1, 1, 2));
        layer.bias = nn.Parameter(tensor(new[] { 0.5f }));
        // 1 + 20, 2 + 30, 3 + 40.
        Expect.Elements([21.5, 32.5, 43.5], layer.call(tensor(new[] { 1f, 2f, 3f, 4f }, 1, 1, 4)));
        using var strided = nn.Conv1d(2, 4, 3, stride: 2, padding: 1, dilation: 1, groups: 2, bias: false);
        Assert.Equal([4, 1, 3], strided.weight.shape);
        Assert.Equal([5, 4, 4], strided.call(zeros(5, 2, 8)).shape);
        Assert.Throws<ArgumentException>(() => nn.Conv1d(1, 1, 1, padding_mode: PaddingModes.Reflect));
    }

    [Fact]
    public void Windows_are_pooled_and_ends_padded()
    {
        var x = tensor(new[] { 1f, 5f, 2f, 4f }, 1, 1, 4);
        Expect.Elements([5, 4], nn.functional.max_pool1d(x, 2));
        Expect.Elements([3, 3.5, 3], nn.functional.avg_pool1d(x, 2, stride: 1));
        Expect.Elements([0, 1, 5, 2, 4, 0, 0], nn.functional.pad(x, [1, 2]));
        Expect.Elements([5, 1, 5, 2, 4], nn.functional.pad(x, [1, 0], PaddingModes.Reflect));
        Expect.Elements([1, 1, 5, 2, 4], nn.functional.pad(x, [1, 0], PaddingModes.Replicate));
        Expect.Elements([4, 1, 5, 2, 4], nn.functional.pad(x, [1, 0], PaddingModes.Circular));
        Expect.Elements([7, 1, 5, 2, 4], nn.functional.pad(x, [1, 0], value: 7));
    }

    [Fact]
    public void Activations_do_as_modules_what_tensors_do()
    {
        var x = tensor(new[] { -2.0, 0.5 });
        (nn.Module<Tensor, Tensor> Module, Tensor Expected)[] pairs =
        [
            (nn.ReLU(), x.relu()), (nn.ELU(0.5), x.elu(0.5)), (nn.GELU(), x.gelu()), (nn.SiLU(), x.silu()), (nn.Tanh(), x.tanh()),
            (nn.Sigmoid(), x.sigmoid()), (nn.LeakyReLU(0.3), x.leaky_relu(0.3)), (nn.Softplus(), x.softplus()),
            (nn.Softmax(0), x.softmax(0)), (nn.LogSoftmax(0), x.log_softmax(0)), (nn.Identity(), x), (nn.Flatten(0), x),
        ];
        Assert.All(pairs, pair => Expect.Exactly(pair.Expected, pair.Module.call(x)));
        Assert.All(pairs, pair => Assert.Empty(pair.Module.parameters()));
        var overwritten = x.clone();
        Expect.Elements([0, 0.5], nn.ReLU(inplace: true).call(overwritten));
        Expect.Elements([0, 0.5], overwritten);
        overwritten = x.clone();
        Expect.Exactly(x.elu(), nn.ELU(inplace: true).call(overwritten));
        Expect.Exactly(x.elu(), overwritten);
    }

    [Fact]
    public void Normalising_divides_by_the_length()
    {
        Expect.Elements([0.6, 0.8, 0, 0], nn.functional.normalize(tensor(new[,] { { 3f, 4f }, { 0f, 0f } })));
    }

    [Fact]
    public void Starts_of_parameters_have_the_deviation_that_they_promise()
    {
        manual_seed(1);
        var x = empty(200, 100);
        // He: gain √2, √(2 / 100) = 0.1414. Glorot: √(2 / 300) = 0.0816.
        Assert.InRange(nn.init.kaiming_normal_(x, nonlinearity: nn.init.NonlinearityType.ReLU).std().ToDouble(), 0.139, 0.144);
        Assert.InRange(nn.init.kaiming_uniform_(x, mode: nn.init.FanInOut.FanOut).abs().max().ToDouble(), 0.16, Math.Sqrt(6.0 / 200));
        Assert.InRange(nn.init.xavier_normal_(x).std().ToDouble(), 0.08, 0.083);
        Assert.InRange(nn.init.xavier_uniform_(x).abs().max().ToDouble(), 0.13, Math.Sqrt(6.0 / 300));
        Assert.InRange(nn.init.normal_(x, 3, 0.5).mean().ToDouble(), 2.98, 3.02);
        var cut = nn.init.trunc_normal_(x, 1, 2, -1, 3);
        Assert.Equal((-1, 3), (Math.Round(cut.min().ToDouble(), 1), Math.Round(cut.max().ToDouble(), 1)));
        // Between one deviation either side, the normal distribution's own deviation is 0.5397.
        Assert.InRange(cut.std().ToDouble(), 1.06, 1.10);
        Expect.Elements([5, 5], nn.init.constant_(empty(2), 5));
        Expect.Elements([1, 1, 0, 0], cat([nn.init.ones_(empty(2)), nn.init.zeros_(empty(2))]));
        Assert.Equal(5.0 / 3, nn.init.calculate_gain(nn.init.NonlinearityType.Tanh));
        Assert.Throws<ArgumentException>(() => nn.init.kaiming_uniform_(empty(3)));
    }

    [Theory]
    [InlineData(3, 5)]
    [InlineData(5, 3)]
    public void Orthogonal_rows_or_columns_have_the_gain_as_length(long rows, long columns)
    {
        manual_seed(1);
        var x = nn.init.orthogonal_(empty(rows, columns), 2);
        var products = rows < columns ? x.matmul(x.t()) : x.t().matmul(x);
        Assert.True(products.allclose(eye(3) * 4, atol: 1e-5));
    }
}
