namespace TorchSharp.Modules;

/// <summary>The settings of a group of parameters; null takes the optimiser's.</summary>
public class OptimizerOptions
{
    /// <summary>The rate of the next step.</summary>
    public double? LearningRate { get; set; }

    /// <summary>The rate that it began with.</summary>
    public double InitialLearningRate { get; set; }

    /// <summary>Takes over the settings of another.</summary>
    public virtual void LoadStateDict(OptimizerOptions source)
    {
        ArgumentNullException.ThrowIfNull(source);
        LearningRate = source.LearningRate;
        InitialLearningRate = source.InitialLearningRate;
    }

    /// <summary>Takes what is not set from the optimiser's settings.</summary>
    internal virtual void Complete(OptimizerOptions defaults)
    {
        LearningRate ??= defaults.LearningRate;
        InitialLearningRate = LearningRate ?? 0;
    }
}

/// <summary>What an optimiser remembers about one parameter.</summary>
public abstract class OptimizerState
{
    /// <summary>Nothing yet, about a parameter.</summary>
    protected OptimizerState(Parameter parameter) => _parameter = parameter;

    /// <summary>The parameter.</summary>
    protected Parameter _parameter { get; }

    /// <summary>Starts over.</summary>
    public abstract void Initialize(OptimizerOptions options);

    /// <summary>Takes over a copy of what another remembers, on its parameter's device.</summary>
    public abstract void LoadStateDict(OptimizerState source);

    /// <summary>Disposes its tensors.</summary>
    internal abstract void Release();

    /// <summary>A copy of its own, in no scope; of null, null.</summary>
    private protected torch.Tensor? Copy(torch.Tensor? source)
    {
        using var unrecorded = torch.no_grad();
        return source?.to(_parameter.dtype, _parameter.device, copy: true).DetachFromDisposeScope();
    }

    /// <summary>Zeros in the parameter's shape, in no scope.</summary>
    private protected torch.Tensor Zeros() => _parameter.zeros_like().DetachFromDisposeScope();
}

/// <summary>Parameters that share settings.</summary>
public class ParamGroup : torch.optim.ILearningRateController
{
    /// <summary>The parameters.</summary>
    public IEnumerable<Parameter> Parameters { get; set; } = [];

    /// <summary>Their settings; null takes the optimiser's.</summary>
    public OptimizerOptions? Options { get; set; }

    /// <summary>The rate of the next step.</summary>
    public double LearningRate
    {
        get => Options?.LearningRate ?? throw new InvalidOperationException("the group is in no optimiser yet: it has no learning rate");
        set => (Options ?? throw new InvalidOperationException("the group is in no optimiser yet")).LearningRate = value;
    }

    /// <summary>The rate that it began with.</summary>
    public double InitialLearningRate
    {
        get => Options?.InitialLearningRate ?? 0;
        set => (Options ?? throw new InvalidOperationException("the group is in no optimiser yet")).InitialLearningRate = value;
    }
}

/// <summary>Parameters that share settings of a kind.</summary>
/// <typeparam name="TOptions">The kind of settings.</typeparam>
public class ParamGroup<TOptions> : ParamGroup
    where TOptions : OptimizerOptions
{
    /// <summary>No parameters yet.</summary>
    public ParamGroup()
    {
    }

    /// <summary>Parameters with their settings; null takes the optimiser's.</summary>
    public ParamGroup(IEnumerable<Parameter> parameters, TOptions? options = null)
    {
        Parameters = parameters;
        base.Options = options;
    }

    /// <summary>Their settings; null takes the optimiser's.</summary>
    public new TOptions? Options
    {
        get => (TOptions?)base.Options;
        set => base.Options = value;
    }
}
