using Motion.Policies.Skills;
using Motion.Sim.Characters;
using Motion.Testing;

namespace Motion.Policies.Tests;

/// <summary>
/// What the shipped networks answer, beside the same sums done one by one in double precision. So whichever tensors the build stands on, the
/// answers are the same.
/// </summary>
public class ShippedActionsTests
{
    private const double Tolerance = 1e-4;
    private const int Samples = 3;

    private delegate void Act(Span<float> observations, Span<float> actions);

    public static TheoryData<string> Checkpoints =>
        [.. new[] { "experts", "teachers", "global" }.SelectMany(folder => Directory.EnumerateFiles(Repository.PathOf("models", folder), "*.safetensors"))
            .Select(file => Path.GetRelativePath(Repository.Root, file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Checkpoints))]
    public void A_shipped_policy_acts_as_plain_arithmetic_says(string file)
    {
        string path = Repository.PathOf(file);
        if (file.StartsWith("models/global", StringComparison.Ordinal))
        {
            using SkillPolicy skills = SkillPolicy.Load(path, CharacterLibrary.Humanoid());
            Compare(skills.Policy, skills.Normaliser, skills.Act);
            return;
        }

        using Expert expert = Expert.Load(path, CharacterLibrary.Humanoid());
        Compare(expert.Policy, expert.Normaliser, expert.Act);
    }

    private static void Compare(GaussianPolicy policy, ObservationNormaliser normaliser, Act act)
    {
        int features = policy.Observations;
        using Tensor saved = normaliser.Save();
        double[] statistics = saved.data<double>().ToArray();
        // Observations as far from the mean as those that were learned from, each feature by an amount of its own.
        float[] observations = [.. Enumerable.Range(0, Samples * features).Select(place => (float)(Mean(place % features) + (1.5 * Math.Sin(1 + (0.7 * place)) * Deviation(place % features))))];
        float[] actions = new float[Samples * policy.Actions];
        act((float[])observations.Clone(), actions);
        List<Layer> layers = Layers(policy);
        for (int sample = 0; sample < Samples; sample++)
        {
            double[] seen = [.. Enumerable.Range(0, features).Select(feature =>
                Math.Clamp((observations[(sample * features) + feature] - Mean(feature)) / Deviation(feature), -ObservationNormaliser.Limit, ObservationNormaliser.Limit))];
            double[] expected = Answer(seen, layers, policy.Options.Activation);
            Assert.Contains(expected, value => Math.Abs(value) > 10 * Tolerance);
            for (int action = 0; action < expected.Length; action++)
            {
                Assert.Equal(expected[action], actions[(sample * policy.Actions) + action], Tolerance);
            }
        }

        double Mean(int feature) => statistics[1 + feature];

        double Deviation(int feature) => Math.Max(1e-3, Math.Sqrt(statistics[1 + features + feature] / statistics[0]));
    }

    private static List<Layer> Layers(GaussianPolicy policy)
    {
        Queue<double[]> parameters = new(policy.named_parameters().Select(parameter => parameter.parameter.data<float>().ToArray().Select(value => (double)value).ToArray()));
        List<Layer> layers = [];
        while (parameters.Count > 0)
        {
            (double[] weight, double[] bias) = (parameters.Dequeue(), parameters.Dequeue());
            bool normalised = policy.Options.LayerNorm && parameters.Count > 0;
            layers.Add(new Layer(weight, bias, normalised ? parameters.Dequeue() : null, normalised ? parameters.Dequeue() : null));
        }

        return layers;
    }

    private static double[] Answer(double[] input, List<Layer> layers, Activation activation)
    {
        for (int index = 0; index < layers.Count; index++)
        {
            (Layer layer, double[] from) = (layers[index], input);
            input = [.. layer.Bias.Select((start, row) => start + from.Select((value, column) => value * layer.Weight[(row * from.Length) + column]).Sum())];
            input = layer.Normalised(input);
            if (index + 1 < layers.Count)
            {
                input = [.. input.Select(value => After(value, activation))];
            }
        }

        return input;
    }

    private static double After(double value, Activation activation) => activation switch
    {
        Activation.ReLU => Math.Max(0, value),
        Activation.ELU => value > 0 ? value : Math.Exp(value) - 1,
        _ => value / (1 + Math.Exp(-value)),
    };

    private sealed record Layer(double[] Weight, double[] Bias, double[]? Gain, double[]? Shift)
    {
        public double[] Normalised(double[] values)
        {
            if (Gain is null || Shift is null)
            {
                return values;
            }

            double mean = values.Average(), deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)) + 1e-5);
            return [.. values.Select((value, place) => ((value - mean) / deviation * Gain[place]) + Shift[place])];
        }
    }
}
