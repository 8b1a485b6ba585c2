using Motion.Torch.Native;

namespace TorchSharp.Modules;

/// <summary>The part that all optimisers share: groups, states by parameter, saving and loading.</summary>
public abstract class OptimizerHelper : torch.optim.Optimizer
{
    private readonly List<ParamGroup> groups = [];
    private readonly Dictionary<Parameter, OptimizerState> states = new(ReferenceEqualityComparer.Instance);
    private readonly OptimizerOptions defaults;

    private protected OptimizerHelper(IEnumerable<ParamGroup> parameters, OptimizerOptions defaults)
    {
        this.defaults = defaults;
        foreach (var group in parameters)
        {
            add_param_group(group);
        }
    }

    /// <summary>The groups of parameters, each with its rate.</summary>
    public override IEnumerable<torch.optim.ILearningRateController> ParamGroups => groups;

    /// <summary>All parameters.</summary>
    public override IEnumerable<Parameter> parameters() => groups.SelectMany(group => group.Parameters);

    /// <summary>Adds parameters; settings that the group leaves open are the optimiser's.</summary>
    public override void add_param_group(ParamGroup param_group)
    {
        ArgumentNullException.ThrowIfNull(param_group);
        param_group.Options ??= NewOptions();
        param_group.Options.Complete(defaults);
        // Gathered once: walking a module's names at every step would cost more than the step.
        Parameter[] members = [.. param_group.Parameters];
        param_group.Parameters = members;
        foreach (var parameter in members)
        {
            var state = NewState(parameter);
            if (!states.TryAdd(parameter, state))
            {
                throw new ArgumentException("a parameter is in the optimiser already", nameof(param_group));
            }

            state.Initialize(param_group.Options);
        }

        groups.Add(param_group);
    }

    /// <summary>Sets all gradients to 0.</summary>
    public override void zero_grad()
    {
        using var scope = torch.NewDisposeScope();
        using var unrecorded = torch.no_grad();
        List<torch.Tensor> gradients = [.. parameters().Select(parameter => parameter.grad).OfType<torch.Tensor>()];
        if (gradients.Count > 0)
        {
            Aten.ForeachZeroInPlace.Apply(Argument.List(gradients));
        }
    }

    /// <summary>One step on all parameters that have a gradient.</summary>
    public override torch.Tensor? step(Func<torch.Tensor>? closure = null)
    {
        torch.Tensor? loss = null;
        if (closure is not null)
        {
            using var recorded = torch.enable_grad();
            loss = closure();
        }

        using var unrecorded = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        foreach (var group in groups)
        {
            Step(group.Options!, Moving(group));
        }

        return loss;
    }

    /// <summary>Options of each group and the state of each parameter: the live objects.</summary>
    public virtual StateDictionary state_dict()
    {
        StateDictionary dictionary = new();
        foreach (var group in groups)
        {
            dictionary.Options.Add(group.Options!);
            dictionary.State.AddRange(group.Parameters.Select(parameter => states[parameter]));
        }

        return dictionary;
    }

    /// <summary>Takes over a copy of the options and states of an optimiser of the same shape.</summary>
    public virtual void load_state_dict(StateDictionary state_dict)
    {
        ArgumentNullException.ThrowIfNull(state_dict);
        var own = this.state_dict();
        if (own.Options.Count != state_dict.Options.Count || own.State.Count != state_dict.State.Count)
        {
            throw new ArgumentException(
                $"{state_dict.Options.Count} groups with {state_dict.State.Count} parameters do not fit an optimiser of "
                + $"{own.Options.Count} groups with {own.State.Count} parameters",
                nameof(state_dict));
        }

        foreach (var (target, source) in own.Options.Zip(state_dict.Options))
        {
            target.LoadStateDict(source);
        }

        foreach (var (target, source) in own.State.Zip(state_dict.State))
        {
            target.LoadStateDict(source);
        }
    }

    private protected abstract OptimizerOptions NewOptions();

    private protected abstract OptimizerState NewState(Parameter parameter);

    /// <summary>One step on the parameters of a group that have gradients; unrecorded, in a scope of its own.</summary>
    private protected abstract void Step(OptimizerOptions options, IReadOnlyList<Gradient> gradients);

    /// <summary>Disposes the states.</summary>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var state in states.Values)
            {
                state.Release();
            }
        }
    }

    private List<Gradient> Moving(ParamGroup group)
    {
        List<Gradient> moving = [];
        foreach (var parameter in (Parameter[])group.Parameters)
        {
            if (parameter.grad is torch.Tensor gradient)
            {
                moving.Add(new(parameter, gradient, states[parameter]));
            }
        }

        return moving;
    }
}

/// <summary>A parameter with its gradient and what is remembered about it.</summary>
internal readonly record struct Gradient(Parameter Parameter, torch.Tensor Value, OptimizerState State);
