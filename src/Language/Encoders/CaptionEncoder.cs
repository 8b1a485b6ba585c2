using TorchSharp;
using static TorchSharp.torch;

namespace Motion.Language.Encoders;

/// <summary>The encoder that ships: a <see cref="CaptionTransformer"/> over the tokens that captions of motions use.</summary>
public sealed class CaptionEncoder : ISentenceEncoder
{
    /// <summary>Takes over a transformer.</summary>
    public CaptionEncoder(TokenTable table, CaptionTransformer transformer) => (Table, Transformer) = (table, transformer);

    /// <inheritdoc/>
    public string Name => "built-in";

    /// <inheritdoc/>
    public int Features => Transformer.Shape.Width;

    /// <summary>Its tokens.</summary>
    public TokenTable Table { get; }

    /// <summary>Its network.</summary>
    public CaptionTransformer Transformer { get; }

    /// <inheritdoc/>
    public Tensor Encode(IReadOnlyList<string> sentences)
    {
        ArgumentNullException.ThrowIfNull(sentences);
        using DisposeScope scope = NewDisposeScope();
        Tensor rows = CaptionTransformer.Batch([.. sentences.Select(Table.RowsOf)]);
        return scope.MoveToOuter(CaptionTransformer.Pool(Transformer.call(rows), rows));
    }

    /// <inheritdoc/>
    public void Dispose() => Transformer.Dispose();
}
