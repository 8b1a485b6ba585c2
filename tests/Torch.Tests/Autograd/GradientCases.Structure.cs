using Case = (System.Func<TorchSharp.torch.Tensor[], TorchSharp.torch.Tensor> Function, TorchSharp.torch.Tensor[] Inputs);

namespace Motion.Torch.Tests.Autograd;

internal static partial class GradientCases
{
    private static Dictionary<string, Func<Case>> Reducing => new()
    {
        ["Sum"] = () => One(x => x.sum(), Both()),
        ["SumDimIntList"] = () => One(x => x.sum(1, keepdim: true), Both()),
        ["Mean"] = () => One(x => x.mean(), Both()),
        ["MeanDim"] = () => One(x => x.mean([0]), Both()),
        ["Std"] = () => One(x => x.std(), Both()),
        ["StdDim"] = () => One(x => x.std(1, unbiased: false), Both()),
        ["Var"] = () => One(x => x.var(), Both()),
        ["VarDim"] = () => One(x => x.var([1]), Both()),
        ["Max"] = () => One(x => x.max(), Both()),
        ["MaxDim"] = () => One(x => x.max(1).values, Both()),
        ["Min"] = () => One(x => x.min(), Both()),
        ["MinDim"] = () => One(x => x.min(0).values, Both()),
        ["Amax"] = () => One(x => x.amax([0, 1]), Both()),
        ["Amin"] = () => One(x => x.amin([1]), Both()),
        ["Prod"] = () => One(x => x.prod(), Both()),
        ["ProdDimInt"] = () => One(x => x.prod(1), Both()),
        ["NormScalar"] = () => One(x => x.norm(3f), Both()),
        ["NormScalarOptDim"] = () => One(x => x.norm(1, p: 2), Both()),
        ["LinalgVectorNorm"] = () => One(x => linalg.vector_norm(x, 3, [1]), Both()),
        ["Logsumexp"] = () => One(x => x.logsumexp(1), Both()),
        ["Cumsum"] = () => One(x => x.cumsum(1), Both()),
        ["Cumprod"] = () => One(x => x.cumprod(1), Both()),
        ["Median"] = () => One(x => x.median(), Both()),
        ["Quantile"] = () => One(x => x.quantile(tensor(new[] { 0.3, 0.8 }), 1), Both()),
    };

    private static Dictionary<string, Func<Case>> Shaping => new()
    {
        ["View"] = () => One(x => x.view(3, 2), Both()),
        ["Reshape"] = () => One(x => x.t().reshape(2, 3), Both()),
        ["FlattenUsingInts"] = () => One(x => x.flatten(), Both()),
        ["UnflattenInt"] = () => One(x => x.unflatten(1, 3, 1), Both()),
        ["TransposeInt"] = () => One(x => x.transpose(0, 1), Both()),
        ["T"] = () => One(x => x.t(), Both()),
        ["Permute"] = () => One(x => x.permute(2, 0, 1), Spread(2, 3, 2)),
        ["Squeeze"] = () => One(x => x.squeeze(), Spread(2, 1, 3)),
        ["SqueezeDim"] = () => One(x => x.squeeze(1), Spread(2, 1, 3)),
        ["Unsqueeze"] = () => One(x => x.unsqueeze(1), Both()),
        ["Expand"] = () => One(x => x.expand(4, 3), Row()),
        ["BroadcastTo"] = () => One(x => x.broadcast_to(2, 3), Row()),
        ["Repeat"] = () => One(x => x.repeat(2, 2), Both()),
        ["RepeatInterleaveSelfInt"] = () => One(x => x.repeat_interleave(2, 0), Both()),
        ["SelectInt"] = () => One(x => x.select(1, 2), Both()),
        ["Narrow"] = () => One(x => x.narrow(1, 1, 2), Both()),
        ["SliceTensor"] = () => One(x => x.slice(1, 0, 3, 2), Both()),
        ["Flip"] = () => One(x => x.flip(0, 1), Both()),
        ["Roll"] = () => One(x => x.roll([1], [1]), Both()),
        ["Tril"] = () => One(x => x.tril(), Both()),
        ["Triu"] = () => One(x => x.triu(1), Both()),
        ["Diag"] = () => One(x => x.diag(), Row()),
        ["Unfold"] = () => One(x => x.unfold(1, 2, 1), Both()),
        ["Contiguous"] = () => One(x => x.t().contiguous(), Both()),
        ["SplitTensor"] = () => One(x => x.split(2, 1)[1] * 2, Both()),
        ["SplitWithSizes"] = () => One(x => x.split([1, 2], 1)[1], Both()),
        ["Chunk"] = () => One(x => x.chunk(2, 0)[1], Both()),
        ["UnbindInt"] = () => One(x => x.unbind(1)[2], Both()),
        ["Cat"] = () => Two((x, y) => cat([x, y * 2], 1), Both(), Positive()),
        ["Stack"] = () => Two((x, y) => stack([x, y * 2], 1), Both(), Positive()),
    };

    private static Dictionary<string, Func<Case>> Picking => new()
    {
        ["Gather"] = () => One(x => x.gather(1, Places(new long[,] { { 2, 0 }, { 1, 1 } })), Both()),
        ["ScatterSrc"] = () => Two((x, y) => x.scatter(1, Places(new long[,] { { 2, 0 }, { 1, 0 } }), y), Both(), Spread(2, 2)),
        ["ScatterInPlaceSrc"] = () => Two((x, y) => x.clone().scatter_(1, Places(new long[,] { { 2, 0 }, { 1, 0 } }), y), Both(), Spread(2, 2)),
        ["ScatterAdd"] = () => Two((x, y) => x.scatter_add(1, Places(new long[,] { { 2, 2 }, { 1, 0 } }), y), Both(), Spread(2, 2)),
        ["ScatterAddInPlace"] = () =>
            Two((x, y) => x.clone().scatter_add_(1, Places(new long[,] { { 2, 2 }, { 1, 0 } }), y), Both(), Spread(2, 2)),
        ["IndexSelect"] = () => One(x => x.index_select(1, Places(2, 0, 2)), Both()),
        ["IndexAdd"] = () => Two((x, y) => x.index_add(1, Places(2, 0), y, 1.5), Both(), Spread(2, 2)),
        ["IndexAddInPlace"] = () => Two((x, y) => x.clone().index_add_(1, Places(2, 0), y, 1.5), Both(), Spread(2, 2)),
        ["IndexCopyInPlace"] = () => Two((x, y) => x.clone().index_copy_(1, Places(2, 0), y), Both(), Spread(2, 2)),
        ["IndexTensor"] = () => One(x => x[TensorIndex.Ellipsis, TensorIndex.Tensor(Places(2, 0))], Both()),
        ["IndexPutInPlace"] = () => Two((x, y) => x.clone().index_put_(y, [Places(1, 0), Places(0, 2)], accumulate: true), Both(), Spread(2)),
        ["MaskedFillScalar"] = () => One(x => x.masked_fill(x.detach() > 0.3, 2), Both()),
        ["MaskedFillInPlaceScalar"] = () => One(x => x.clone().masked_fill_(x.detach() > 0.3, 2), Both()),
        ["MaskedSelect"] = () => One(x => x.masked_select(x.detach() > 0), Both()),
        ["TakeAlongDim"] = () => One(x => x.take_along_dim(Places(new long[,] { { 1, 0 } }), 1), Both()),
        ["Topk"] = () => One(x => x.topk(2).values, Both()),
        ["SortStable"] = () => One(x => x.sort(1, descending: true).Values, Both()),
    };

    private static Dictionary<string, Func<Case>> Multiplying => new()
    {
        ["Matmul"] = () => Two((x, y) => x.matmul(y), Spread(2, 2, 3), Spread(3, 2)),
        ["Mm"] = () => Two((x, y) => x.mm(y), Both(), Spread(3, 2)),
        ["Bmm"] = () => Two((x, y) => x.bmm(y), Spread(2, 2, 3), Spread(2, 3, 2)),
        ["Mv"] = () => Two((x, y) => x.mv(y), Both(), Row()),
        ["Dot"] = () => Two((x, y) => x.dot(y), Row(), Spread(3)),
        ["Outer"] = () => Two((x, y) => x.outer(y), Row(), Spread(2)),
        ["Addmm"] = () => Three((x, y, z) => x.addmm(y, z, 0.5f, 2), Spread(2, 2), Both(), Spread(3, 2)),
        ["Baddbmm"] = () => Three((x, y, z) => x.baddbmm(y, z, 0.5f, 2), Spread(2, 2, 2), Spread(2, 2, 3), Spread(2, 3, 2)),
        ["Einsum"] = () => Two((x, y) => einsum("bij,jk->bik", x, y), Spread(2, 2, 3), Spread(3, 2)),
        ["Cdist"] = () => Two((x, y) => cdist(x, y), Both(), Positive() * 3),
        ["LinalgCross"] = () => Two((x, y) => linalg.cross(x, y), Both(), Positive()),
        ["Linear"] = () => Three((x, y, z) => nn.functional.linear(x, y, z), Both(), Spread(4, 3), Spread(4)),
    };

    private static Dictionary<string, Func<Case>> OfModules => new()
    {
        ["LayerNorm"] = () => Three((x, y, z) => nn.functional.layer_norm(x, [3], y, z), Both(), Row(), Spread(3)),
        ["Conv1d"] = () => Three((x, y, z) => nn.functional.conv1d(x, y, z, stride: 2, padding: 1, dilation: 2), Spread(1, 2, 7), Spread(3, 2, 3), Spread(3)),
        ["Pad"] = () => One(x => nn.functional.pad(x, [1, 2], PaddingModes.Replicate), Both()),
        ["MaxPool1d"] = () => One(x => nn.functional.max_pool1d(x, 2), Spread(1, 2, 6)),
        ["AvgPool1d"] = () => One(x => nn.functional.avg_pool1d(x, 3, stride: 2), Spread(1, 2, 7)),
        ["Dropout"] = () => One(x => Dropped(x), Both()),
        ["MseLoss"] = () => Two((x, y) => nn.functional.mse_loss(x, y), Both(), Positive()),
        ["L1Loss"] = () => Two((x, y) => nn.functional.l1_loss(x, y), Both(), Positive()),
        ["SmoothL1Loss"] = () => Two((x, y) => nn.functional.smooth_l1_loss(x, y, beta: 0.5), Both(), Positive()),
        ["HuberLoss"] = () => Two((x, y) => nn.functional.huber_loss(x, y, 0.5), Both(), Positive()),
        ["CrossEntropyLoss"] = () => One(x => nn.functional.cross_entropy(x, Places(2, 0), label_smoothing: 0.1), Both()),
        ["NllLossNd"] = () => One(x => nn.functional.nll_loss(x, Places(2, 0), reduction: nn.Reduction.Sum), Both()),
        ["BinaryCrossEntropy"] = () => One(x => nn.functional.binary_cross_entropy(x, Both().abs()), Positive()),
        ["BinaryCrossEntropyWithLogits"] = () =>
            One(x => nn.functional.binary_cross_entropy_with_logits(x, Positive(), pos_weights: Positive() * 2), Both()),
        ["KlDiv"] = () => Two((x, y) => nn.functional.kl_div(x, y), Both(), Positive().log()),
    };

    private static Tensor Places(params long[] places) => tensor(places);

    private static Tensor Places(long[,] places) => tensor(places);

    private static Tensor Dropped(Tensor input)
    {
        manual_seed(3);
        return nn.functional.dropout(input, 0.5);
    }
}
