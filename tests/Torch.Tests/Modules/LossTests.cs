namespace Motion.Torch.Tests.Modules;

public sealed class LossTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void Differences()
    {
        var (x, y) = (tensor(new[] { 1.0, 2.0 }), tensor(new[] { 1.5, 5.0 }));
        // Differences ½ and 3.
        Expect.Elements([(0.25 + 9) / 2], nn.functional.mse_loss(x, y));
        Expect.Elements([9.25], nn.functional.mse_loss(x, y, nn.Reduction.Sum));
        Expect.Elements([0.25, 9], nn.functional.mse_loss(x, y, nn.Reduction.None));
        Expect.Elements([1.75], nn.functional.l1_loss(x, y));
        // ½ · 0.25 within 1; 3 - ½ beyond.
        Expect.Elements([0.125, 2.5], nn.functional.smooth_l1_loss(x, y, nn.Reduction.None));
        // ½ · 0.25 within 2; 2 · (3 - 1) beyond.
        Expect.Elements([0.125, 4], nn.functional.huber_loss(x, y, 2, nn.Reduction.None));
    }

    [Fact]
    public void Surprises_of_classes()
    {
        // Softmax of (0, ln 3) is (¼, ¾).
        var logits = tensor(new[,] { { 0.0, Math.Log(3) }, { 0.0, Math.Log(3) } });
        var classes = tensor(new[] { 0L, 1 });
        Expect.Elements([(Math.Log(4) - Math.Log(0.75)) / 2], nn.functional.cross_entropy(logits, classes));
        Expect.Elements([Math.Log(4), -Math.Log(0.75)], nn.functional.nll_loss(logits.log_softmax(1), classes, reduction: nn.Reduction.None));
        Expect.Elements([Math.Log(4)], nn.functional.cross_entropy(logits, classes, ignore_index: 1));
        // Weights 3 and 1, and the mean over their sum.
        Expect.Elements([((3 * Math.Log(4)) - Math.Log(0.75)) / 4], nn.functional.cross_entropy(logits, classes, tensor(new[] { 3.0, 1.0 })));
        // Smoothed by 0.2: 0.9 of the right class, 0.1 of the other.
        Expect.Elements(
            [(0.9 * Math.Log(4)) - (0.1 * Math.Log(0.75))],
            nn.functional.cross_entropy(logits[0].unsqueeze(0), classes[0].unsqueeze(0), label_smoothing: 0.2));
    }

    [Fact]
    public void Surprises_of_probabilities()
    {
        // The sigmoid of ln 3 is ¾.
        var logit = tensor(new[] { Math.Log(3) });
        Expect.Elements([-Math.Log(0.75)], nn.functional.binary_cross_entropy_with_logits(logit, ones_like(logit)));
        Expect.Elements([-Math.Log(0.25)], nn.functional.binary_cross_entropy_with_logits(logit, zeros_like(logit)));
        Expect.Elements([-2 * Math.Log(0.75)], nn.functional.binary_cross_entropy_with_logits(logit, ones_like(logit), pos_weights: tensor(2.0)));
        Expect.Elements([-Math.Log(0.75)], nn.functional.binary_cross_entropy(logit.sigmoid(), ones_like(logit)));
        // From (½, ½) to (¼, ¾): ½ ln 2 + ½ ln ⅔.
        var (from, to) = (tensor(new[] { 0.5, 0.5 }), tensor(new[] { 0.25, 0.75 }));
        var divergence = (0.5 * Math.Log(2)) + (0.5 * Math.Log(2 / 3.0));
        Expect.Elements([divergence], nn.functional.kl_div(to.log(), from.log(), reduction: nn.Reduction.Sum));
        Expect.Elements([divergence], nn.functional.kl_div(to.log(), from, log_target: false, nn.Reduction.Sum));
    }

    [Fact]
    public void One_hot_vectors() => Expect.Elements([0, 0, 1, 1, 0, 0], nn.functional.one_hot(tensor(new[] { 2L, 0 }), 3));

    [Fact]
    public void Attention_weights_values_by_softmax_of_scaled_products()
    {
        // d = 1; query 1 against keys 0 and ln 3 weighs the values ¼ and ¾.
        var query = tensor(new[] { 1.0 }, 1, 1, 1);
        var key = tensor(new[] { 0.0, Math.Log(3) }, 1, 2, 1);
        var value = tensor(new[] { 4.0, 8.0 }, 1, 2, 1);
        Expect.Elements([7], nn.functional.scaled_dot_product_attention(query, key, value));
        Expect.Elements([4], nn.functional.scaled_dot_product_attention(query, key, value, tensor(new[] { true, false })));
        // An added ln 3 on the first key evens them out.
        Expect.Elements([6], nn.functional.scaled_dot_product_attention(query, key, value, tensor(new[] { Math.Log(3), 0 })));
    }

    [Fact]
    public void Attention_divides_by_the_root_of_the_feature_size()
    {
        // d = 4: products of ones are 4, halved to 2 by √4; keys of zeros give 0.
        var query = ones([1, 1, 4], ScalarType.Float64);
        var key = stack([ones([4], ScalarType.Float64), zeros([4], ScalarType.Float64)]).unsqueeze(0);
        var value = tensor(new[] { 1.0, 0.0 }, 1, 2, 1);
        Expect.Elements([Math.Exp(2) / (Math.Exp(2) + 1)], nn.functional.scaled_dot_product_attention(query, key, value));
    }

    [Fact]
    public void Causal_attention_sees_nothing_to_come()
    {
        manual_seed(1);
        var (query, key, value) = (randn(2, 5, 8), randn(2, 5, 8), randn(2, 5, 8));
        var all = nn.functional.scaled_dot_product_attention(query, key, value, is_casual: true);
        // Key–value caches rely on it: the last query over the keys so far gives what the whole sequence gave there.
        for (var step = 1; step <= 5; step++)
        {
            var last = nn.functional.scaled_dot_product_attention(query.narrow(1, step - 1, 1), key.narrow(1, 0, step), value.narrow(1, 0, step));
            Assert.True(last.allclose(all.narrow(1, step - 1, 1), atol: 1e-6));
        }

        Assert.Throws<ArgumentException>(() =>
            nn.functional.scaled_dot_product_attention(query, key, value, zeros(5, 5), is_casual: true));
        Assert.Throws<ArgumentException>(() => nn.functional.scaled_dot_product_attention(query, key, value, p: 2));
    }

    [Fact]
    public void Attention_drops_weights_when_asked()
    {
        manual_seed(1);
        var even = zeros(1, 1, 1);
        var dropped = nn.functional.scaled_dot_product_attention(even, zeros(1, 1000, 1), ones(1, 1000, 1), p: 0.5);
        Assert.NotEqual(1, dropped.ToDouble());
        Assert.InRange(dropped.ToDouble(), 0.8, 1.2);
    }
}
