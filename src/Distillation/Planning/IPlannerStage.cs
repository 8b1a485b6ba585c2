using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Motion.Distillation.Planning;

/// <summary>Something that learns by following gradients for a number of steps, as <see cref="StageTrainer"/> trains it.</summary>
internal interface IPlannerStage
{
    /// <summary>Its name, which its files have.</summary>
    string Name { get; }

    /// <summary>How many steps.</summary>
    long Steps { get; }

    /// <summary>Names of what <see cref="Loss"/> measures.</summary>
    IReadOnlyList<string> Columns { get; }

    /// <summary>What learns.</summary>
    IEnumerable<Parameter> Parameters { get; }

    /// <summary>All that is learned, by name: the live tensors.</summary>
    IEnumerable<KeyValuePair<string, Tensor>> State { get; }

    /// <summary>The loss of a step and what was measured, in the order of <see cref="Columns"/>. Depends on the step and torch's generator alone.</summary>
    (Tensor Loss, double[] Measured) Loss(long step);

    /// <summary>Goes back to what <see cref="State"/> gave.</summary>
    void Load(Dictionary<string, Tensor> saved);
}
