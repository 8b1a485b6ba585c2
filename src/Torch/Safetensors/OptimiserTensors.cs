using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Motion.Torch.Safetensors;

/// <summary>
/// What AdamW, Adam and SGD remember, as tensors by name, so that training goes on after a restart as if it had not stopped. Learning
/// rates are among it, other settings are not: those come from the configuration.
/// </summary>
public static class OptimiserTensors
{
    /// <summary>
    /// The state under names such as <c>group.0.learning_rate</c> and <c>parameter.3.exp_avg</c>, parameters counted in their order. The
    /// moments are the live tensors, not copies.
    /// </summary>
    public static Dictionary<string, Tensor> Collect(OptimizerHelper optimiser)
    {
        ArgumentNullException.ThrowIfNull(optimiser);
        Dictionary<string, Tensor> tensors = [];
        foreach (var (group, i) in optimiser.ParamGroups.Select((group, i) => (group, i)))
        {
            tensors.Add(RateOf(i), tensor(new[] { group.LearningRate, group.InitialLearningRate }));
        }

        foreach (var (state, i) in optimiser.state_dict().State.Select((state, i) => (state, i)))
        {
            if (StepsOf(state) is long steps)
            {
                tensors.Add(StepsOf(i), tensor(steps));
            }

            foreach (var (name, memory) in MemoryOf(state))
            {
                tensors.Add(NameOf(i, name), memory);
            }
        }

        return tensors;
    }

    /// <summary>
    /// Puts a collected state into an optimiser over the same parameters. A tensor that is missing, or has another shape, is an
    /// <see cref="ArgumentException"/> that names it.
    /// </summary>
    public static void Restore(OptimizerHelper optimiser, IReadOnlyDictionary<string, Tensor> tensors)
    {
        ArgumentNullException.ThrowIfNull(optimiser);
        ArgumentNullException.ThrowIfNull(tensors);
        using var unrecorded = no_grad();
        foreach (var (group, i) in optimiser.ParamGroups.Select((group, i) => (group, i)))
        {
            var rates = Find(tensors, RateOf(i), [2]).data<double>().ToArray();
            (group.LearningRate, group.InitialLearningRate) = (rates[0], rates[1]);
        }

        Parameter[] parameters = [.. optimiser.parameters()];
        foreach (var (state, i) in optimiser.state_dict().State.Select((state, i) => (state, i)))
        {
            if (StepsOf(state) is not null)
            {
                SetSteps(state, Find(tensors, StepsOf(i), []).item<long>());
            }

            if (state is SGD.State velocity && tensors.ContainsKey(NameOf(i, Velocity)))
            {
                velocity.momentum_buffer ??= zeros_like(parameters[i]).DetachFromDisposeScope();
            }

            foreach (var (name, memory) in MemoryOf(state))
            {
                memory.copy_(Find(tensors, NameOf(i, name), memory.shape));
            }
        }
    }

    private const string Velocity = "momentum_buffer";

    private static string RateOf(int group) => $"group.{group}.learning_rate";

    private static string StepsOf(int parameter) => NameOf(parameter, "step");

    private static string NameOf(int parameter, string memory) => $"parameter.{parameter}.{memory}";

    // In the TorchSharp package AdamW and Adam have states of their own, so neither stands for the other.
    private static long? StepsOf(OptimizerState state) =>
        state is AdamW.State decoupled ? decoupled.step : state is Adam.State moments ? moments.step : null;

    private static void SetSteps(OptimizerState state, long steps)
    {
        if (state is AdamW.State decoupled)
        {
            decoupled.step = steps;
        }
        else if (state is Adam.State moments)
        {
            moments.step = steps;
        }
    }

    private static IEnumerable<(string Name, Tensor Memory)> MemoryOf(OptimizerState state)
    {
        (string Name, Tensor? Memory)[] all =
            state is AdamW.State decoupled ? Moments(decoupled.exp_avg, decoupled.exp_avg_sq, decoupled.max_exp_avg_sq)
            : state is Adam.State moments ? Moments(moments.exp_avg, moments.exp_avg_sq, moments.max_exp_avg_sq)
            : state is SGD.State velocity ? [(Velocity, velocity.momentum_buffer)]
            : throw new ArgumentException($"the state of {state.GetType().DeclaringType?.Name} cannot be saved: AdamW, Adam and SGD can");
        return all.Where(pair => pair.Memory is not null).Select(pair => (pair.Name, pair.Memory!));
    }

    private static (string Name, Tensor? Memory)[] Moments(Tensor mean, Tensor square, Tensor? largest) =>
        [("exp_avg", mean), ("exp_avg_sq", square), ("max_exp_avg_sq", largest)];

    private static Tensor Find(IReadOnlyDictionary<string, Tensor> tensors, string name, long[] shape)
    {
        if (!tensors.TryGetValue(name, out var found))
        {
            throw new ArgumentException($"the state has no tensor '{name}'", nameof(tensors));
        }

        return found.shape.AsSpan().SequenceEqual(shape)
            ? found
            : throw new ArgumentException(
                $"tensor '{name}' has the shape [{string.Join(", ", found.shape)}], the optimiser needs [{string.Join(", ", shape)}]", nameof(tensors));
    }
}
