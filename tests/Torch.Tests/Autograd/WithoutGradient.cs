namespace Motion.Torch.Tests.Autograd;

/// <summary>Operators that finite differences say nothing about, with the reason. Their values are checked elsewhere.</summary>
internal static class WithoutGradient
{
    private const string Answers = "its result is boolean or a whole number";
    private const string Makes = "it takes no tensor to differentiate";
    private const string Draws = "its result is random";
    private const string Whole = "its inputs are whole numbers or booleans";
    private const string Flat = "it is flat wherever it is differentiable";
    private const string Unrecorded = "it is only called unrecorded, by optimisers and modules";
    private const string Overwrites = "what was there is overwritten by something constant";

    internal static readonly IReadOnlyDictionary<string, string> Operators = new Dictionary<string, string>
    {
        ["All"] = Answers, ["AllDim"] = Answers, ["Any"] = Answers, ["AnyDim"] = Answers, ["Allclose"] = Answers, ["Equal"] = Answers,
        ["Argmax"] = Answers, ["Argmin"] = Answers, ["Argsort"] = Answers, ["CountNonzero"] = Answers, ["CountNonzeroDimIntList"] = Answers,
        ["EqScalar"] = Answers, ["EqTensor"] = Answers, ["NeScalar"] = Answers, ["NeTensor"] = Answers, ["LtScalar"] = Answers,
        ["LtTensor"] = Answers, ["LeScalar"] = Answers, ["LeTensor"] = Answers, ["GtScalar"] = Answers, ["GtTensor"] = Answers,
        ["GeScalar"] = Answers, ["GeTensor"] = Answers, ["Isclose"] = Answers, ["Isfinite"] = Answers, ["Isinf"] = Answers,
        ["Isnan"] = Answers, ["LogicalAnd"] = Answers, ["LogicalNot"] = Answers, ["LogicalOr"] = Answers, ["LogicalXor"] = Answers,
        ["Nonzero"] = Answers, ["SearchsortedTensor"] = Answers,
        ["BitwiseAndTensor"] = Whole, ["BitwiseNot"] = Whole, ["BitwiseOrTensor"] = Whole, ["BitwiseXorTensor"] = Whole,
        ["Bincount"] = Whole, ["OneHot"] = Whole,
        ["ArangeStartStep"] = Makes, ["Empty"] = Makes, ["EmptyLike"] = Makes, ["EyeM"] = Makes, ["Full"] = Makes, ["FullLike"] = Makes,
        ["Linspace"] = Makes, ["Ones"] = Makes, ["OnesLike"] = Makes, ["Zeros"] = Makes, ["ZerosLike"] = Makes,
        ["Rand"] = Draws, ["RandGenerator"] = Draws, ["RandLike"] = Draws, ["RandintLow"] = Draws, ["RandintLowGenerator"] = Draws,
        ["Randn"] = Draws, ["RandnGenerator"] = Draws, ["RandnLike"] = Draws, ["Randperm"] = Draws, ["RandpermGenerator"] = Draws,
        ["Bernoulli"] = Draws, ["BernoulliInPlaceFloat"] = Draws, ["Multinomial"] = Draws, ["NormalInPlace"] = Draws,
        ["UniformInPlace"] = Draws, ["ExponentialInPlace"] = Draws,
        ["Ceil"] = Flat, ["CeilInPlace"] = Flat, ["Floor"] = Flat, ["FloorInPlace"] = Flat, ["Round"] = Flat, ["RoundDecimals"] = Flat,
        ["Sign"] = Flat, ["Trunc"] = Flat, ["FloorDivide"] = Flat, ["FloorDivideScalar"] = Flat,
        ["Detach"] = "it cuts the gradient off", ["DetachInPlace"] = "it cuts the gradient off",
        ["FillInPlaceScalar"] = Overwrites, ["ZeroInPlace"] = Overwrites,
        ["EmbeddingRenormInPlace"] = Unrecorded, ["LinalgQr"] = Unrecorded, ["Erfinv"] = Unrecorded,
        ["ForeachAddInPlaceList"] = Unrecorded, ["ForeachAddInPlaceScalar"] = Unrecorded, ["ForeachAddList"] = Unrecorded,
        ["ForeachAddcdivInPlaceScalar"] = Unrecorded, ["ForeachAddcmulInPlaceScalar"] = Unrecorded,
        ["ForeachDivInPlaceScalar"] = Unrecorded, ["ForeachMulInPlaceScalar"] = Unrecorded, ["ForeachNormScalar"] = Unrecorded,
        ["ForeachSqrt"] = Unrecorded, ["ForeachZeroInPlace"] = Unrecorded,
    };
}
