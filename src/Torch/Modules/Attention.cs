using Motion.Torch.Native;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            // libtorch 2.0 and later; not among the operators that every libtorch must have.
            private static readonly Operator fusedAttention = new("scaled_dot_product_attention");

            /// <summary>
            /// Vaswani et al. 2017, equation 1: softmax(Q Kᵀ / √d + mask) V over […, query, d], […, key, d] and […, key, feature]. A boolean
            /// mask holds where a query may look; one of numbers is added. Causal, query i sees the keys up to i.
            /// </summary>
            public static Tensor scaled_dot_product_attention(
                Tensor query, Tensor key, Tensor value, Tensor? attn_mask = null, double p = 0.0, bool is_casual = false)
            {
                if (p is < 0 or > 1)
                {
                    throw new ArgumentException($"{p} is no probability", nameof(p));
                }

                if (is_casual && attn_mask is not null)
                {
                    throw new ArgumentException("causal attention makes its own mask; another was given", nameof(attn_mask));
                }

                return fusedAttention.IsThere
                    ? fusedAttention.Call(query, key, value, attn_mask, p, is_casual)
                    : Attention(query, key, value, attn_mask, p, is_casual);
            }

            private static Tensor Attention(Tensor query, Tensor key, Tensor value, Tensor? mask, double p, bool causal)
            {
                using var scope = NewDisposeScope();
                var scores = query.mul(1 / Math.Sqrt(query.size(-1))).matmul(key.transpose(-2, -1));
                if (causal)
                {
                    mask = ones([query.size(-2), key.size(-2)], ScalarType.Bool, query.device).tril();
                }

                if (mask is not null)
                {
                    scores = mask.dtype == ScalarType.Bool ? scores.masked_fill(mask.logical_not(), double.NegativeInfinity) : scores.add(mask);
                }

                var weights = scores.softmax(-1);
                return scope.MoveToOuter((p > 0 ? dropout(weights, p) : weights).matmul(value));
            }
        }
    }
}
