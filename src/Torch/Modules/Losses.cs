using Motion.Torch.Native;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>What becomes of the losses of all elements.</summary>
        public enum Reduction : long
        {
            /// <summary>They stay as they are.</summary>
            None = 0,

            /// <summary>Their mean.</summary>
            Mean = 1,

            /// <summary>Their sum.</summary>
            Sum = 2,
        }

        public static partial class functional
        {
            /// <summary>(input - target)².</summary>
            public static Tensor mse_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                Aten.MseLoss.Call(input, target, (long)reduction);

            /// <summary>|input - target|.</summary>
            public static Tensor l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                Aten.L1Loss.Call(input, target, (long)reduction);

            /// <summary>The square over 2 beta within beta, the absolute difference less beta / 2 beyond.</summary>
            public static Tensor smooth_l1_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean, double beta = 1.0) =>
                Aten.SmoothL1Loss.Call(input, target, (long)reduction, beta);

            /// <summary>Half the square within delta, delta times the absolute difference less delta / 2 beyond.</summary>
            public static Tensor huber_loss(Tensor input, Tensor target, double delta = 1.0, Reduction reduction = Reduction.Mean) =>
                Aten.HuberLoss.Call(input, target, (long)reduction, delta);

            /// <summary>
            /// The surprise at the target class, or at target probabilities, of the softmax of logits [sample, class, …].
            /// </summary>
            public static Tensor cross_entropy(
                Tensor input,
                Tensor target,
                Tensor? weight = null,
                long ignore_index = -100,
                Reduction reduction = Reduction.Mean,
                double label_smoothing = 0.0) =>
                Aten.CrossEntropyLoss.Call(input, target, weight, (long)reduction, ignore_index, label_smoothing);

            /// <summary>The surprise at the target class, of log-probabilities [sample, class, …].</summary>
            public static Tensor nll_loss(Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
                Aten.NllLossNd.Call(input, target, weight, (long)reduction);

            /// <summary>The surprise at targets from 0 to 1, of the sigmoid of logits.</summary>
            public static Tensor binary_cross_entropy_with_logits(
                Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean, Tensor? pos_weights = null) =>
                Aten.BinaryCrossEntropyWithLogits.Call(input, target, weight, pos_weights, (long)reduction);

            /// <summary>The surprise at targets from 0 to 1, of probabilities.</summary>
            public static Tensor binary_cross_entropy(
                Tensor input, Tensor target, Tensor? weight = null, Reduction reduction = Reduction.Mean) =>
                Aten.BinaryCrossEntropy.Call(input, target, weight, (long)reduction);

            /// <summary>Kullback-Leibler divergence of target from the log-probabilities of input; the target too is logarithms unless said.</summary>
            public static Tensor kl_div(Tensor input, Tensor target, bool log_target = true, Reduction reduction = Reduction.Mean) =>
                Aten.KlDiv.Call(input, target, (long)reduction, log_target);

            /// <summary>Whole numbers […] to ones and zeros […, class].</summary>
            public static Tensor one_hot(Tensor x, long num_classes = -1) => Aten.OneHot.Call(x, num_classes);
        }
    }
}
