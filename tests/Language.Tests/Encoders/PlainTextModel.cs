namespace Motion.Language.Tests.Encoders;

/// <summary>
/// CLIP's text transformer once more, one number at a time on arrays and written from the paper's formulas, to hold the real one against. One head.
/// </summary>
internal sealed class PlainTextModel(IReadOnlyDictionary<string, float[]> weights, int width, int layers)
{
    /// <summary>Features at the first end mark.</summary>
    public double[] Features(int[] ids, int endId)
    {
        double[][] hidden = [.. ids.Select((id, place) => Sum(Row("text_model.embeddings.token_embedding.weight", id), Row("text_model.embeddings.position_embedding.weight", place)))];
        for (int layer = 0; layer < layers; layer++)
        {
            string name = $"text_model.encoder.layers.{layer}";
            hidden = Attend(hidden, name);
            hidden = [.. hidden.Select(token => Sum(token, Perceptron(Norm(token, $"{name}.layer_norm2"), name)))];
        }

        double[] chosen = Norm(hidden[Array.IndexOf(ids, endId)], "text_model.final_layer_norm");
        return Product("text_projection.weight", chosen);
    }

    private double[][] Attend(double[][] hidden, string name)
    {
        double[][] even = [.. hidden.Select(token => Norm(token, $"{name}.layer_norm1"))];
        double[][] queries = [.. even.Select(token => Linear($"{name}.self_attn.q_proj", token))];
        double[][] keys = [.. even.Select(token => Linear($"{name}.self_attn.k_proj", token))];
        double[][] values = [.. even.Select(token => Linear($"{name}.self_attn.v_proj", token))];
        double[][] result = new double[hidden.Length][];
        for (int place = 0; place < hidden.Length; place++)
        {
            // A token sees those up to itself.
            double[] weight = [.. Enumerable.Range(0, place + 1).Select(other => Math.Exp(queries[place].Zip(keys[other], (a, b) => a * b).Sum() / Math.Sqrt(width)))];
            double[] mixed = new double[width];
            for (int other = 0; other <= place; other++)
            {
                mixed = Sum(mixed, [.. values[other].Select(value => value * weight[other] / weight.Sum())]);
            }

            result[place] = Sum(hidden[place], Linear($"{name}.self_attn.out_proj", mixed));
        }

        return result;
    }

    private double[] Perceptron(double[] token, string name) =>
        Linear($"{name}.mlp.fc2", [.. Linear($"{name}.mlp.fc1", token).Select(value => value / (1 + Math.Exp(-1.702 * value)))]);

    private double[] Norm(double[] token, string name)
    {
        double mean = token.Average();
        double variance = token.Select(value => (value - mean) * (value - mean)).Average();
        return [.. token.Select((value, index) => ((value - mean) / Math.Sqrt(variance + 1e-5) * weights[$"{name}.weight"][index]) + weights[$"{name}.bias"][index])];
    }

    private double[] Linear(string name, double[] token) => Sum(Product($"{name}.weight", token), [.. weights[$"{name}.bias"].Select(value => (double)value)]);

    private double[] Product(string name, double[] token) =>
        [.. Enumerable.Range(0, weights[name].Length / token.Length).Select(row => token.Select((value, column) => value * weights[name][(row * token.Length) + column]).Sum())];

    private double[] Row(string name, int row) => [.. weights[name].Skip(row * width).Take(width).Select(value => (double)value)];

    private static double[] Sum(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x + y)];
}
