namespace Motion.Torch.Tests.Tensors;

public sealed class ArithmeticTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    private static Tensor X => tensor(new[] { -2.5f, -0.5f, 0f, 1.5f });

    public void Dispose() => scope.Dispose();

    [Fact]
    public void Operators_between_tensors_and_numbers_keep_their_order()
    {
        var x = tensor(new[] { 2f, 4f });
        Expect.Elements([5, 7], x + 3);
        Expect.Elements([5, 7], 3 + x);
        Expect.Elements([-1, 1], x - 3);
        Expect.Elements([1, -1], 3 - x);
        Expect.Elements([3, 6], x * 1.5);
        Expect.Elements([3, 6], 1.5f * x);
        Expect.Elements([1, 2], x / 2L);
        Expect.Elements([4, 2], 8 / x);
        Expect.Elements([-2, -4], -x);
        Expect.Elements([2, 1], x % 3);
        Expect.Elements([4, 16], x.pow(2));
        Expect.Elements([8, 8], x + tensor(new[] { 6f, 4f }));
        Expect.Elements([-4, 0], x - tensor(new[] { 6f, 4f }));
        Expect.Elements([0.5, 2], x / tensor(new[] { 4f, 2f }));
    }

    [Fact]
    public void Comparisons_between_tensors_and_numbers_keep_their_order()
    {
        var x = tensor(new[] { 1f, 2f, 3f });
        Expect.Elements([1, 0, 0], x < 2);
        Expect.Elements([1, 1, 0], x <= 2);
        Expect.Elements([0, 0, 1], x > 2);
        Expect.Elements([0, 1, 1], x >= 2);
        Expect.Elements([0, 1, 0], x == 2);
        Expect.Elements([1, 0, 1], x != 2);
        Expect.Elements([0, 0, 1], (Scalar)2 < x);
        Expect.Elements([0, 1, 1], (Scalar)2 <= x);
        Expect.Elements([1, 0, 0], (Scalar)2 > x);
        Expect.Elements([1, 1, 0], (Scalar)2 >= x);
        var y = tensor(new[] { 3f, 2f, 1f });
        Expect.Elements([1, 0, 0], lt(x, y));
        Expect.Elements([1, 1, 0], le(x, y));
        Expect.Elements([0, 0, 1], gt(x, y));
        Expect.Elements([0, 1, 1], ge(x, y));
        Expect.Elements([0, 1, 0], eq(x, y));
        Expect.Elements([1, 0, 1], ne(x, y));
    }

    [Fact]
    public void Logic_and_bits()
    {
        var (a, b) = (tensor(new[] { true, true, false, false }), tensor(new[] { true, false, true, false }));
        Expect.Elements([1, 0, 0, 0], a & b);
        Expect.Elements([1, 1, 1, 0], a | b);
        Expect.Elements([0, 1, 1, 0], a ^ b);
        Expect.Elements([0, 0, 1, 1], ~a);
        Expect.Elements([1, 0, 0, 0], a.logical_and(b));
        Expect.Elements([1, 1, 1, 0], a.logical_or(b));
        Expect.Elements([0, 1, 1, 0], a.logical_xor(b));
        Expect.Elements([0, 0, 1, 1], a.logical_not());
        // 6 = 110 and 3 = 011 share 010, hold 111, differ in 101.
        var (six, three) = (tensor(new[] { 6L }), tensor(new[] { 3L }));
        Expect.Elements([2, 7, 5, -7], cat([six & three, six | three, six ^ three, ~six]));
    }

    [Fact]
    public void Rounding_in_every_direction()
    {
        Expect.Elements([-3, -1, 0, 1], X.floor());
        Expect.Elements([-2, 0, 0, 2], X.ceil());
        Expect.Elements([-2, 0, 0, 1], X.trunc());
        // Halves go to the even neighbour.
        Expect.Elements([-2, 0, 0, 2], X.round());
        Expect.Elements([1.23, -1.24], tensor(new[] { 1.2345, -1.2367 }).round(2));
        Expect.Elements([-0.5, -0.5, 0, 0.5], X.frac());
        Expect.Elements([-1, -1, 0, 1], X.sign());
        Expect.Elements([-3, -1, 0, 1], X.clone().floor_());
        Expect.Elements([-2, 0, 0, 2], X.clone().ceil_());
        // -2.5 / 2 = -1.25: cut -1, down -2.
        Expect.Elements([-1, 0, 0, 0], X.div(2, RoundingMode.trunc));
        Expect.Elements([-2, -1, 0, 0], X.div(2, RoundingMode.floor));
        Expect.Elements([-2, -1, 0, 0], X.floor_divide(2));
        Expect.Elements([-2, -1, 0, 0], X.floor_divide(tensor(2f)));
    }

    [Fact]
    public void Limits_and_choices()
    {
        Expect.Elements([-1, -0.5, 0, 1], X.clamp(-1, 1));
        Expect.Elements([-1, -0.5, 0, 1.5], X.clamp(min: -1));
        Expect.Elements([-2.5, -0.5, 0, 1], clamp(X, max: 1));
        Expect.Elements([0, 0, 0, 1.5], X.clamp_min(0));
        Expect.Elements([-2.5, -0.5, 0, 0], X.clamp_max(0));
        Expect.Elements([1, 0.5, 0, 1.5], X.maximum(-X).clamp(tensor(0f), tensor(new[] { 1f, 1f, 1f, 2f })));
        Expect.Elements([-2.5, -0.5, 0, -1.5], minimum(X, -X));
        Expect.Elements([9, 9, 0, 1.5], where(X < 0, tensor(9f), X));
        Expect.Elements([0, 0, 0, 1.5], X.relu());
        Expect.Elements([-0.25, -0.05, 0, 1.5], X.leaky_relu(0.1));
    }

    [Fact]
    public void Functions_have_their_known_values()
    {
        var one = tensor(new[] { 0.0, 1.0 });
        Expect.Elements([1, Math.E], one.exp());
        Expect.Elements([0, Math.E - 1], one.expm1());
        Expect.Elements([double.NegativeInfinity, 0], one.log());
        Expect.Elements([0, Math.Log(2)], one.log1p());
        Expect.Elements([3, -1], tensor(new[] { 8.0, 0.5 }).log2());
        Expect.Elements([3, -1], tensor(new[] { 1000.0, 0.1 }).log10());
        Expect.Elements([3, 0.5], tensor(new[] { 9.0, 0.25 }).sqrt());
        Expect.Elements([1 / 3.0, 2], tensor(new[] { 9.0, 0.25 }).rsqrt());
        Expect.Elements([4, 0.5], tensor(new[] { 0.25, 2.0 }).reciprocal());
        Expect.Elements([0, Math.Sin(1)], one.sin());
        Expect.Elements([1, Math.Cos(1)], one.cos());
        Expect.Elements([0, Math.Tan(1)], one.tan());
        Expect.Elements([0, Math.PI / 2], one.asin());
        Expect.Elements([Math.PI / 2, 0], one.acos());
        Expect.Elements([0, Math.PI / 4], one.atan());
        Expect.Elements([0, Math.Sinh(1)], one.sinh());
        Expect.Elements([1, Math.Cosh(1)], one.cosh());
        Expect.Elements([0, Math.Tanh(1)], one.tanh());
        Expect.Elements([0.5, 1 / (1 + Math.Exp(-1))], one.sigmoid());
        Expect.Elements([-Math.Log(2), -Math.Log(1 + Math.Exp(-1))], one.log_sigmoid());
        Expect.Elements([0, 1 / (1 + Math.Exp(-1))], one.silu());
        // erf(1) = 0.84270079; gelu(1) is the normal distribution up to 1, 0.84134475.
        Expect.Elements([0, 0.84270079], one.erf());
        Expect.Elements([0, 0.84134475], one.gelu());
        Expect.Elements([Math.Exp(-1) - 1, 1], tensor(new[] { -1.0, 1.0 }).elu());
        Expect.Elements([Math.Log(2), Math.Log(1 + Math.E)], one.softplus());
        // The point (-1, 1) lies at three quarters of a half turn.
        Expect.Elements([3 * Math.PI / 4], tensor(new[] { 1.0 }).atan2(tensor(new[] { -1.0 })));
        Expect.Elements([4, 1 / 9.0], tensor(new[] { 2.0, 3.0 }).pow(tensor(new[] { 2.0, -2.0 })));
    }

    [Fact]
    public void Softmax_sums_to_one_and_survives_large_numbers()
    {
        // e^0 : e^ln 3 = 1 : 3.
        var x = tensor(new[] { 1000.0, 1000.0 + Math.Log(3) });
        Expect.Elements([0.25, 0.75], x.softmax(0));
        Expect.Elements([Math.Log(0.25), Math.Log(0.75)], x.log_softmax(0));
        Expect.Elements([1000 + Math.Log(4)], x.logsumexp(0));
    }

    [Fact]
    public void Fused_arithmetic_weights_the_right_operand()
    {
        var (a, b, c) = (tensor(new[] { 10.0 }), tensor(new[] { 6.0 }), tensor(new[] { 3.0 }));
        // 10 + 0.5 · 6; 10 + 0.5 · 6 · 3; 10 + 0.5 · 6 / 3; a quarter of the way from 10 to 6.
        Expect.Elements([13], a.add(b, 0.5));
        Expect.Elements([19], a.addcmul(b, c, 0.5));
        Expect.Elements([11], a.addcdiv(b, c, 0.5));
        Expect.Elements([9], a.lerp(b, tensor(0.25)));
        Expect.Elements([9], lerp(a, b, tensor(0.25)));
        Expect.Elements([13], a.clone().add_(b, 0.5));
        Expect.Elements([19], a.clone().addcmul_(b, c, 0.5));
        Expect.Elements([11], a.clone().addcdiv_(b, c, 0.5));
        Expect.Elements([9], a.clone().lerp_(b, tensor(0.25)));
    }

    [Fact]
    public void What_is_not_a_number_is_found_and_replaced()
    {
        var x = tensor(new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity, 1f });
        Expect.Elements([1, 0, 0, 0], x.isnan());
        Expect.Elements([0, 1, 1, 0], x.isinf());
        Expect.Elements([0, 0, 0, 1], isfinite(x));
        Expect.Elements([7, 5, -5, 1], x.nan_to_num(7, 5, -5));
    }

    [Fact]
    public void Closeness_and_equality()
    {
        var x = tensor(new[] { 1.0, 2.0 });
        Assert.True(x.allclose(x + 1e-9));
        Assert.False(allclose(x, x + 0.1));
        Expect.Elements([1, 0], x.isclose(tensor(new[] { 1.0, 2.1 })));
        Assert.True(x.Equals(x.clone()));
        Assert.False(x.Equals(x + 1));
        Assert.True(x.Equals((object)x.clone()));
        Assert.False(x.Equals(null!));
    }

    [Fact]
    public void In_place_operators_change_the_tensor_and_return_it()
    {
        var x = tensor(new[] { 4.0 });
        Assert.Same(x, x.add_(5).sub_(1).mul_(2).div_(4).sqrt_().neg_().abs_().exp_().log_().clamp_(0, 1.5).fill_(3).zero_());
        Expect.Elements([0], x);
        Assert.Same(x, x.copy_(tensor(2f)));
        Expect.Elements([2], x.add_(tensor(1.0)).mul_(tensor(2.0)).sub_(tensor(3.0)).div_(tensor(1.5)));
        Expect.Elements([Math.Tanh(1)], tensor(1.0).tanh_());
        Expect.Elements([0.5], tensor(0.0).sigmoid_());
        Expect.Elements([0], tensor(-1.0).relu_());
    }
}
