using Case = (System.Func<TorchSharp.torch.Tensor[], TorchSharp.torch.Tensor> Function, TorchSharp.torch.Tensor[] Inputs);

namespace Motion.Torch.Tests.Autograd;

/// <summary>One use of every differentiable operator, under the name that it has among the operators in use.</summary>
internal static partial class GradientCases
{
    internal static readonly IReadOnlyDictionary<string, Func<Case>> All = new Dictionary<string, Func<Case>>(
        Elementwise.Concat(Paired).Concat(Reducing).Concat(Shaping).Concat(Picking).Concat(Multiplying).Concat(OfModules));

    private static Dictionary<string, Func<Case>> Elementwise => new()
    {
        ["Abs"] = () => One(x => x.abs(), Both()),
        ["AbsInPlace"] = () => One(x => x.clone().abs_(), Both()),
        ["Acos"] = () => One(x => x.acos(), Both(0.9)),
        ["Asin"] = () => One(x => x.asin(), Both(0.9)),
        ["Atan"] = () => One(x => x.atan(), Both()),
        ["Cos"] = () => One(x => x.cos(), Both()),
        ["Cosh"] = () => One(x => x.cosh(), Both()),
        ["Elu"] = () => One(x => x.elu(0.7), Both()),
        ["Erf"] = () => One(x => x.erf(), Both()),
        ["Exp"] = () => One(x => x.exp(), Both()),
        ["ExpInPlace"] = () => One(x => x.clone().exp_(), Both()),
        ["Expm1"] = () => One(x => x.expm1(), Both()),
        ["Frac"] = () => One(x => x.frac(), Both()),
        ["Gelu"] = () => One(x => x.gelu(), Both()),
        ["LeakyRelu"] = () => One(x => x.leaky_relu(0.2), Both()),
        ["Log"] = () => One(x => x.log(), Positive()),
        ["LogInPlace"] = () => One(x => x.clone().log_(), Positive()),
        ["Log10"] = () => One(x => x.log10(), Positive()),
        ["Log1p"] = () => One(x => x.log1p(), Positive()),
        ["Log2"] = () => One(x => x.log2(), Positive()),
        ["LogSigmoid"] = () => One(x => x.log_sigmoid(), Both()),
        ["NanToNum"] = () => One(x => x.nan_to_num(), Both()),
        ["Neg"] = () => One(x => x.neg(), Both()),
        ["NegInPlace"] = () => One(x => x.clone().neg_(), Both()),
        ["Reciprocal"] = () => One(x => x.reciprocal(), Positive()),
        ["Relu"] = () => One(x => x.relu(), Both()),
        ["ReluInPlace"] = () => One(x => x.clone().relu_(), Both()),
        ["Rsqrt"] = () => One(x => x.rsqrt(), Positive()),
        ["Sigmoid"] = () => One(x => x.sigmoid(), Both()),
        ["SigmoidInPlace"] = () => One(x => x.clone().sigmoid_(), Both()),
        ["Silu"] = () => One(x => x.silu(), Both()),
        ["Sin"] = () => One(x => x.sin(), Both()),
        ["Sinh"] = () => One(x => x.sinh(), Both()),
        ["Softplus"] = () => One(x => x.softplus(1.3, 1), Both()),
        ["Sqrt"] = () => One(x => x.sqrt(), Positive()),
        ["SqrtInPlace"] = () => One(x => x.clone().sqrt_(), Positive()),
        ["Tan"] = () => One(x => x.tan(), Both()),
        ["Tanh"] = () => One(x => x.tanh(), Both()),
        ["TanhInPlace"] = () => One(x => x.clone().tanh_(), Both()),
        ["SoftmaxInt"] = () => One(x => x.softmax(1), Both()),
        ["LogSoftmaxInt"] = () => One(x => x.log_softmax(0), Both()),
        ["Clamp"] = () => One(x => x.clamp(-0.5, 0.7), Both()),
        ["ClampInPlace"] = () => One(x => x.clone().clamp_(-0.5, 0.7), Both()),
        ["ClampMin"] = () => One(x => x.clamp_min(0.1), Both()),
        ["ClampMax"] = () => One(x => x.clamp_max(0.1), Both()),
        ["PowTensorScalar"] = () => One(x => x.pow(2.5), Positive()),
        ["AddScalar"] = () => One(x => x + 2.5, Both()),
        ["AddInPlaceScalar"] = () => One(x => x.clone().add_(2.5), Both()),
        ["SubScalar"] = () => One(x => x - 2.5, Both()),
        ["SubInPlaceScalar"] = () => One(x => x.clone().sub_(2.5), Both()),
        ["MulScalar"] = () => One(x => 2.5 * x, Both()),
        ["MulInPlaceScalar"] = () => One(x => x.clone().mul_(2.5), Both()),
        ["DivScalarMode"] = () => One(x => x / 2.5, Both()),
        ["DivInPlaceScalarMode"] = () => One(x => x.clone().div_(2.5), Both()),
        ["RemainderScalar"] = () => One(x => x % 0.35, Both()),
        ["ToDtype"] = () => One(x => x.to(ScalarType.Float64, copy: true) * 2, Both()),
        ["ToDevice"] = () => One(x => x.to(CPU, copy: true) * 2, Both()),
        ["Clone"] = () => One(x => x.clone() * x, Both()),
        ["Alias"] = () => One(x => x.alias() * x, Both()),
    };

    private static Dictionary<string, Func<Case>> Paired => new()
    {
        ["AddTensor"] = () => Two((x, y) => x.add(y, 1.5), Both(), Row()),
        ["AddInPlaceTensor"] = () => Two((x, y) => x.clone().add_(y, 1.5), Both(), Row()),
        ["SubTensor"] = () => Two((x, y) => x - y, Both(), Row()),
        ["SubInPlaceTensor"] = () => Two((x, y) => x.clone().sub_(y), Both(), Row()),
        ["MulTensor"] = () => Two((x, y) => x * y, Both(), Row()),
        ["MulInPlaceTensor"] = () => Two((x, y) => x.clone().mul_(y), Both(), Row()),
        ["DivTensorMode"] = () => Two((x, y) => x / y, Both(), Positive()),
        ["DivInPlaceTensorMode"] = () => Two((x, y) => x.clone().div_(y), Both(), Positive()),
        ["RemainderTensor"] = () => Two((x, y) => x % y, Both() + 0.05, Positive()),
        ["PowTensorTensor"] = () => Two((x, y) => x.pow(y), Positive(), Both()),
        ["Atan2"] = () => Two((x, y) => x.atan2(y), Both(), Positive()),
        ["Maximum"] = () => Two((x, y) => x.maximum(y), Both(), Row()),
        ["Minimum"] = () => Two((x, y) => x.minimum(y), Both(), Row()),
        ["ClampTensor"] = () => Two((x, y) => x.clamp(y - 0.3, y + 0.3), Both(), Row()),
        ["CopyInPlace"] = () => Two((x, y) => (x * 2).copy_(y), Both(), Row()),
        ["WhereSelf"] = () => Two((x, y) => where(x.detach() > 0, x * x, y), Both(), Row()),
        ["Addcmul"] = () => Three((x, y, z) => x.addcmul(y, z, 0.7), Both(), Row(), Positive()),
        ["AddcmulInPlace"] = () => Three((x, y, z) => x.clone().addcmul_(y, z, 0.7), Both(), Row(), Positive()),
        ["Addcdiv"] = () => Three((x, y, z) => x.addcdiv(y, z, 0.7), Both(), Row(), Positive()),
        ["AddcdivInPlace"] = () => Three((x, y, z) => x.clone().addcdiv_(y, z, 0.7), Both(), Row(), Positive()),
        ["LerpTensor"] = () => Three((x, y, z) => x.lerp(y, z), Both(), Both(2), Positive()),
        ["LerpInPlaceTensor"] = () => Three((x, y, z) => x.clone().lerp_(y, z), Both(), Both(2), Positive()),
    };

    private static Case One(Func<Tensor, Tensor> function, Tensor input) => (x => function(x[0]), [input]);

    private static Case Two(Func<Tensor, Tensor, Tensor> function, Tensor first, Tensor second) =>
        (x => function(x[0], x[1]), [first, second]);

    private static Case Three(Func<Tensor, Tensor, Tensor, Tensor> function, Tensor first, Tensor second, Tensor third) =>
        (x => function(x[0], x[1], x[2]), [first, second, third]);

    /// <summary>[2, 3] of both signs, away from 0 and from each other.</summary>
    private static Tensor Both(double scale = 1) => tensor(new[,] { { -0.93, 0.41, 0.88 }, { 0.29, -0.17, -0.66 } }) * scale;

    /// <summary>[2, 3] from 0.2 to 0.9.</summary>
    private static Tensor Positive() => tensor(new[,] { { 0.31, 0.84, 0.57 }, { 0.72, 0.23, 0.45 } });

    /// <summary>[3], broadcast over rows.</summary>
    private static Tensor Row() => tensor(new[] { 0.64, -0.38, 0.12 });

    /// <summary>Spread numbers in a shape.</summary>
    private static Tensor Spread(params long[] shape)
    {
        var count = shape.Aggregate(1L, (product, size) => product * size);
        return arange(1, count + 1, dtype: ScalarType.Float64).mul(1.7).sin().view(shape);
    }
}
