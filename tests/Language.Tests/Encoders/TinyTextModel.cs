using Motion.Language.Tokens;
using Motion.Torch.Safetensors;

namespace Motion.Language.Tests.Encoders;

/// <summary>A tiny CLIP text model with random weights, under the names of either naming scheme.</summary>
internal static class TinyTextModel
{
    public const int Width = 4;
    public const int Layers = 2;
    public const int Hidden = 6;
    public const int Projected = 3;

    /// <summary>Shapes of all tensors by Hugging Face's names.</summary>
    public static Dictionary<string, long[]> Shapes { get; } = Make();

    /// <summary>Random weights by those names.</summary>
    public static Dictionary<string, float[]> Weights(int seed)
    {
        Random random = new(seed);
        return Shapes.ToDictionary(pair => pair.Key, pair => Enumerable.Range(0, (int)pair.Value.Aggregate((a, b) => a * b)).Select(_ => (float)(random.NextDouble() - 0.5)).ToArray());
    }

    /// <summary>Writes a file under Hugging Face's names, beside a tensor of the vision part.</summary>
    public static void Write(string path, IReadOnlyDictionary<string, float[]> weights, ScalarType type = ScalarType.Float32)
    {
        using DisposeScope scope = NewDisposeScope();
        Dictionary<string, Tensor> tensors = weights.ToDictionary(pair => pair.Key, pair => tensor(pair.Value, Shapes[pair.Key]).to(type));
        tensors["vision_model.class_embedding"] = zeros(2);
        SafetensorsFile.Write(path, tensors);
    }

    /// <summary>Writes the same model under OpenAI's names.</summary>
    public static void WriteAsOpenAi(string path, IReadOnlyDictionary<string, float[]> weights)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor Of(string name) => tensor(weights[name], Shapes[name]);
        Dictionary<string, Tensor> tensors = new()
        {
            ["token_embedding.weight"] = Of("text_model.embeddings.token_embedding.weight"),
            ["positional_embedding"] = Of("text_model.embeddings.position_embedding.weight"),
            ["ln_final.weight"] = Of("text_model.final_layer_norm.weight"),
            ["ln_final.bias"] = Of("text_model.final_layer_norm.bias"),
            ["text_projection"] = Of("text_projection.weight").t().contiguous(),
        };
        (string To, string From)[] parts = [("attn.out_proj", "self_attn.out_proj"), ("ln_1", "layer_norm1"), ("ln_2", "layer_norm2"), ("mlp.c_fc", "mlp.fc1"), ("mlp.c_proj", "mlp.fc2")];
        for (int layer = 0; layer < Layers; layer++)
        {
            (string to, string from) = ($"transformer.resblocks.{layer}", $"text_model.encoder.layers.{layer}");
            foreach (string kind in new[] { "weight", "bias" })
            {
                tensors[$"{to}.attn.in_proj_{kind}"] = cat([.. "qkv".Select(name => Of($"{from}.self_attn.{name}_proj.{kind}"))], 0);
                foreach ((string partTo, string partFrom) in parts)
                {
                    tensors[$"{to}.{partTo}.{kind}"] = Of($"{from}.{partFrom}.{kind}");
                }
            }
        }

        SafetensorsFile.Write(path, tensors);
    }

    private static Dictionary<string, long[]> Make()
    {
        Dictionary<string, long[]> shapes = new()
        {
            ["text_model.embeddings.token_embedding.weight"] = [SentenceTokenizer.VocabularySize, Width],
            ["text_model.embeddings.position_embedding.weight"] = [SentenceTokenizer.ContextLength, Width],
            ["text_model.final_layer_norm.weight"] = [Width],
            ["text_model.final_layer_norm.bias"] = [Width],
            ["text_projection.weight"] = [Projected, Width],
        };
        for (int layer = 0; layer < Layers; layer++)
        {
            string name = $"text_model.encoder.layers.{layer}";
            foreach (string projection in new[] { "q_proj", "k_proj", "v_proj", "out_proj" })
            {
                (shapes[$"{name}.self_attn.{projection}.weight"], shapes[$"{name}.self_attn.{projection}.bias"]) = ([Width, Width], [Width]);
            }

            foreach (string norm in new[] { "layer_norm1", "layer_norm2" })
            {
                (shapes[$"{name}.{norm}.weight"], shapes[$"{name}.{norm}.bias"]) = ([Width], [Width]);
            }

            (shapes[$"{name}.mlp.fc1.weight"], shapes[$"{name}.mlp.fc1.bias"]) = ([Hidden, Width], [Hidden]);
            (shapes[$"{name}.mlp.fc2.weight"], shapes[$"{name}.mlp.fc2.bias"]) = ([Width, Hidden], [Width]);
        }

        return shapes;
    }
}
