using Motion.Torch.Native;
using TorchSharp.Modules;

namespace TorchSharp.Modules
{
    /// <summary>A table of vectors, looked up by number.</summary>
    public sealed class Embedding : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private readonly EmbeddingRules rules;

        internal Embedding(torch.Tensor table, bool learned, EmbeddingRules rules)
            : base(nameof(Embedding))
        {
            this.rules = rules;
            register_parameter(nameof(weight), new Parameter(table, learned));
        }

        /// <summary>The vectors [number, feature], at first normal.</summary>
        public Parameter? weight
        {
            get => get_parameter(nameof(weight));
            set => ReplaceParameter(nameof(weight), value);
        }

        /// <summary>Whole numbers […] to vectors […, feature]. The vector of the padding number learns nothing.</summary>
        public override torch.Tensor forward(torch.Tensor input)
        {
            if (rules.MaxNorm is double limit)
            {
                using var unrecorded = torch.no_grad();
                Aten.EmbeddingRenormInPlace.Apply(weight, input, limit, rules.NormType);
            }

            return Aten.Embedding.Call(weight, input, rules.Padding ?? -1, rules.ByFrequency, rules.Sparse);
        }
    }

    /// <summary>How a table of vectors is looked up and learned.</summary>
    internal sealed record EmbeddingRules(long? Padding, double? MaxNorm, double NormType, bool ByFrequency, bool Sparse);
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>
            /// So many vectors of a size, looked up by number; the one for padding is 0 and learns nothing. Vectors that are looked up are
            /// shortened to max_norm.
            /// </summary>
            public static Embedding Embedding(
                long num_embeddings,
                long embedding_dims,
                long? padding_idx = null,
                double? max_norm = null,
                double norm_type = 2.0,
                bool scale_grad_by_freq = false,
                bool sparse = false,
                Device? device = null,
                ScalarType? dtype = null)
            {
                var table = randn(num_embeddings, embedding_dims, dtype, device);
                if (padding_idx is long padding)
                {
                    using var row = table.select(0, padding);
                    row.zero_();
                }

                return new(table, learned: true, new(padding_idx, max_norm, norm_type, scale_grad_by_freq, sparse));
            }

            /// <summary>A copy of given vectors, looked up by number; frozen unless asked otherwise.</summary>
            public static Embedding Embedding_from_pretrained(
                Tensor embeddings,
                bool freeze = true,
                long? padding_idx = null,
                double? max_norm = null,
                double norm_type = 2.0,
                bool scale_grad_by_freq = false,
                bool sparse = false,
                Device? device = null,
                ScalarType? dtype = null)
            {
                using var unrecorded = no_grad();
                var table = embeddings.to(dtype ?? embeddings.dtype, device ?? embeddings.device, copy: true);
                return new(table, !freeze, new(padding_idx, max_norm, norm_type, scale_grad_by_freq, sparse));
            }
        }
    }
}
