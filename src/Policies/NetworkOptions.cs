using System.Collections.Immutable;

namespace Motion.Policies;

/// <summary>What stands between two layers.</summary>
public enum Activation
{
    /// <summary>max(0, x).</summary>
    ReLU,

    /// <summary>x where positive, eˣ − 1 elsewhere.</summary>
    ELU,

    /// <summary>x · sigmoid(x).</summary>
    SiLU,
}

/// <summary>The shape of a perceptron.</summary>
public sealed record NetworkOptions
{
    /// <summary>Sizes of the hidden layers.</summary>
    public ImmutableArray<int> Layers { get; init; } = [512, 256];

    /// <summary>What stands between the layers.</summary>
    public Activation Activation { get; init; } = Activation.ReLU;

    /// <summary>Whether every hidden layer is normalised before what stands after it.</summary>
    public bool LayerNorm { get; init; }

    /// <summary>Checks every value.</summary>
    /// <exception cref="MotionException">A value is out of range; names it, what was found and what is allowed.</exception>
    public void Validate()
    {
        if (Layers.IsDefault || Layers.Any(size => size is < 1 or > 65_536) || Layers.Length > 16)
        {
            throw new MotionException(
                ExitCode.BadConfiguration, $"Layers is [{string.Join(", ", Layers.IsDefault ? [] : Layers)}]; allowed are up to 16 sizes of 1 to 65536");
        }
    }
}
