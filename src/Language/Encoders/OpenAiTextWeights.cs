using Motion.Torch.Safetensors;
using static TorchSharp.torch;

namespace Motion.Language.Encoders;

/// <summary>The tensors of CLIP's text transformer, found in a file under either of the two naming schemes and given the names of <see cref="OpenAiTextEncoder"/>.</summary>
internal sealed class OpenAiTextWeights
{
    // CLIP's models all have heads of 64 features; a narrower model has one.
    private const int HeadWidth = 64;

    private readonly string _path;
    private readonly IReadOnlyDictionary<string, Tensor> _found;

    private OpenAiTextWeights(string path, IReadOnlyDictionary<string, Tensor> found)
    {
        (_path, _found) = (path, found);
        bool isOpenAi = found.ContainsKey("token_embedding.weight");
        if (!isOpenAi && !found.ContainsKey("text_model.embeddings.token_embedding.weight"))
        {
            throw new LanguageException(
                path,
                "is not CLIP: wanted 'text_model.embeddings.token_embedding.weight' or 'token_embedding.weight', found "
                + $"{(found.Count == 0 ? "no tensor" : string.Join(", ", found.Keys.Order(StringComparer.Ordinal).Take(3).Select(key => $"'{key}'")) + " …")}; bring the weights of a CLIP model as safetensors");
        }

        if (isOpenAi)
        {
            TakeOpenAi();
        }
        else
        {
            TakeHuggingFace();
        }
    }

    /// <summary>Tensors by the names of the module's state.</summary>
    public Dictionary<string, Tensor> Tensors { get; } = [];

    /// <summary>The size that they have.</summary>
    public TransformerShape Shape { get; private set; } = new();

    /// <summary>Rows of the table of tokens.</summary>
    public int Vocabulary { get; private set; }

    /// <summary>Longest sequence.</summary>
    public int Context { get; private set; }

    /// <summary>Features after the projection; null when there is none.</summary>
    public int? Projected { get; private set; }

    /// <summary>Reads a file; the tensors belong to the caller's scope.</summary>
    public static OpenAiTextWeights Read(string path) => new(path, SafetensorsFile.Read(path, wanted: name => !name.StartsWith("vision", StringComparison.Ordinal) && !name.StartsWith("visual", StringComparison.Ordinal)).Tensors);

    private void TakeHuggingFace()
    {
        const string Root = "text_model";
        Measure($"{Root}.embeddings.token_embedding.weight", $"{Root}.embeddings.position_embedding.weight", layer => $"{Root}.encoder.layers.{layer}.layer_norm1.weight", layer => $"{Root}.encoder.layers.{layer}.mlp.fc1.weight");
        for (int layer = 0; layer < Shape.Layers; layer++)
        {
            (string from, string to) = ($"{Root}.encoder.layers.{layer}", $"_layers.{layer}");
            foreach (string part in new[] { "weight", "bias" })
            {
                Tensor[] parts = [.. "qkv".Select(name => Find($"{from}.self_attn.{name}_proj.{part}", part == "weight" ? [Shape.Width, Shape.Width] : [Shape.Width]))];
                Tensors[$"{to}._queriesKeysValues.{part}"] = cat(parts, 0);
            }

            TakeLayer(to, $"{from}.self_attn.out_proj", $"{from}.layer_norm1", $"{from}.layer_norm2", $"{from}.mlp.fc1", $"{from}.mlp.fc2");
        }

        TakeNorm($"{Root}.final_layer_norm", "_norm");
        if (_found.TryGetValue("text_projection.weight", out Tensor? projection))
        {
            Project("text_projection.weight", projection, [projection.size(0), Shape.Width]);
        }
    }

    private void TakeOpenAi()
    {
        Measure("token_embedding.weight", "positional_embedding", layer => $"transformer.resblocks.{layer}.ln_1.weight", layer => $"transformer.resblocks.{layer}.mlp.c_fc.weight");
        for (int layer = 0; layer < Shape.Layers; layer++)
        {
            (string from, string to) = ($"transformer.resblocks.{layer}", $"_layers.{layer}");
            Tensors[$"{to}._queriesKeysValues.weight"] = Find($"{from}.attn.in_proj_weight", [3 * Shape.Width, Shape.Width]);
            Tensors[$"{to}._queriesKeysValues.bias"] = Find($"{from}.attn.in_proj_bias", [3 * Shape.Width]);
            TakeLayer(to, $"{from}.attn.out_proj", $"{from}.ln_1", $"{from}.ln_2", $"{from}.mlp.c_fc", $"{from}.mlp.c_proj");
        }

        TakeNorm("ln_final", "_norm");
        if (_found.TryGetValue("text_projection", out Tensor? projection))
        {
            Project("text_projection", projection.t(), [projection.size(-1), Shape.Width]);
        }
    }

    private void Measure(string tokens, string places, Func<int, string> layer, Func<int, string> widen)
    {
        Tensor table = _found[tokens];
        int width = table.dim() == 2 ? (int)table.size(1) : throw Wrong(tokens, "two axes", table);
        int layers = Enumerable.Range(0, 1000).First(index => !_found.ContainsKey(layer(index)));
        if (layers == 0)
        {
            throw new LanguageException(_path, $"tensor '{layer(0)}' is missing: this is no whole CLIP text model");
        }

        if (!_found.TryGetValue(widen(0), out Tensor? wide) || wide.dim() != 2)
        {
            throw new LanguageException(_path, $"tensor '{widen(0)}' is missing or has not two axes: this is no whole CLIP text model");
        }

        if (table.size(0) != Tokens.SentenceTokenizer.VocabularySize)
        {
            throw Wrong(tokens, $"{Tokens.SentenceTokenizer.VocabularySize} rows, one for each of CLIP's tokens", table);
        }

        Shape = new TransformerShape { Width = width, Layers = layers, Heads = Math.Max(1, width / HeadWidth), Hidden = (int)wide.size(0) };
        Vocabulary = (int)table.size(0);
        Tensor rows = _found.TryGetValue(places, out Tensor? there) ? there : throw new LanguageException(_path, $"tensor '{places}' is missing: this is no whole CLIP text model");
        Context = (int)rows.size(0);
        Tensors["_tokens.weight"] = table;
        Tensors["_places"] = Find(places, [Context, width]);
    }

    private void TakeLayer(string to, string attended, string attentionNorm, string perceptronNorm, string widen, string narrow)
    {
        TakeLinear(attended, $"{to}._attended", Shape.Width, Shape.Width);
        TakeNorm(attentionNorm, $"{to}._attentionNorm");
        TakeNorm(perceptronNorm, $"{to}._perceptronNorm");
        TakeLinear(widen, $"{to}._widen", Shape.Hidden, Shape.Width);
        TakeLinear(narrow, $"{to}._narrow", Shape.Width, Shape.Hidden);
    }

    private void TakeLinear(string from, string to, long outputs, long inputs)
    {
        Tensors[$"{to}.weight"] = Find($"{from}.weight", [outputs, inputs]);
        Tensors[$"{to}.bias"] = Find($"{from}.bias", [outputs]);
    }

    private void TakeNorm(string from, string to)
    {
        Tensors[$"{to}.weight"] = Find($"{from}.weight", [Shape.Width]);
        Tensors[$"{to}.bias"] = Find($"{from}.bias", [Shape.Width]);
    }

    private void Project(string name, Tensor projection, long[] shape)
    {
        Tensors["_projection.weight"] = projection.shape.AsSpan().SequenceEqual(shape) ? projection : throw Wrong(name, $"{Shape.Width} features to project", projection);
        Projected = (int)shape[0];
    }

    private Tensor Find(string name, long[] shape)
    {
        Tensor tensor = _found.TryGetValue(name, out Tensor? found) ? found : throw new LanguageException(_path, $"tensor '{name}' is missing: this is no whole CLIP text model");
        return tensor.shape.AsSpan().SequenceEqual(shape) ? tensor : throw Wrong(name, $"[{string.Join(", ", shape)}]", tensor);
    }

    private LanguageException Wrong(string name, string wanted, Tensor found) =>
        new(_path, $"tensor '{name}' is [{string.Join(", ", found.shape)}]; wanted {wanted}");
}
