using Motion.Torch.Native;

namespace TorchSharp.Modules;

/// <summary>
/// Kingma and Ba 2015, algorithm 1, with the weight decay added to the gradient or, decoupled, to the step (Loshchilov and Hutter 2019,
/// algorithm 2). All parameters of a group move in one call of each operator.
/// </summary>
public abstract class MomentOptimizer : OptimizerHelper
{
    private readonly bool decoupled;
    private readonly MomentOptions defaults;

    private protected MomentOptimizer(IEnumerable<ParamGroup> parameters, MomentOptions defaults, bool decoupled)
        : base(parameters, Checked(defaults))
    {
        this.defaults = defaults;
        this.decoupled = decoupled;
    }

    /// <summary>How slowly the mean of the gradients and of their squares follow.</summary>
    public (double, double) Betas
    {
        get => (defaults.beta1!.Value, defaults.beta2!.Value);
        set => (defaults.beta1, defaults.beta2) = (value.Item1, value.Item2);
    }

    private protected override void Step(OptimizerOptions options, IReadOnlyList<Gradient> gradients)
    {
        // Parameters that missed gradients have taken fewer steps, so their bias correction differs.
        foreach (var together in gradients.GroupBy(gradient => ++((MomentState)gradient.State).step))
        {
            Step((MomentOptions)options, together.Key, [.. together]);
        }
    }

    private static MomentOptions Checked(MomentOptions options)
    {
        Require(options.LearningRate >= 0, "lr", options.LearningRate);
        Require(options.eps >= 0, "eps", options.eps);
        Require(options.beta1 is >= 0 and < 1, "beta1", options.beta1);
        Require(options.beta2 is >= 0 and < 1, "beta2", options.beta2);
        Require(options.weight_decay >= 0, "weight_decay", options.weight_decay);
        return options;
    }

    private static void Require(bool holds, string name, double? value)
    {
        if (!holds)
        {
            throw new ArgumentException($"{name} = {value} is out of range");
        }
    }

    private void Step(MomentOptions options, long step, Gradient[] gradients)
    {
        var (beta1, beta2, rate) = (options.beta1!.Value, options.beta2!.Value, options.LearningRate!.Value);
        torch.Tensor[] parameters = [.. gradients.Select(gradient => gradient.Parameter)];
        torch.Tensor[] values = [.. gradients.Select(gradient => options.maximize == true ? gradient.Value.neg() : gradient.Value)];
        MomentState[] states = [.. gradients.Select(gradient => (MomentState)gradient.State)];
        torch.Tensor[] means = [.. states.Select(state => state.exp_avg)];
        torch.Tensor[] squares = [.. states.Select(state => state.exp_avg_sq)];

        if (options.weight_decay is > 0 and var decay)
        {
            if (decoupled)
            {
                Aten.ForeachMulInPlaceScalar.Apply(parameters, 1 - (rate * decay));
            }
            else
            {
                values = Aten.ForeachAddList.CallList(values, parameters, decay);
            }
        }

        Aten.ForeachMulInPlaceScalar.Apply(means, beta1);
        Aten.ForeachAddInPlaceList.Apply(means, values, 1 - beta1);
        Aten.ForeachMulInPlaceScalar.Apply(squares, beta2);
        Aten.ForeachAddcmulInPlaceScalar.Apply(squares, values, values, 1 - beta2);
        var scale = Aten.ForeachSqrt.CallList(options.amsgrad == true ? Largest(states) : squares);
        Aten.ForeachDivInPlaceScalar.Apply(scale, Math.Sqrt(1 - Math.Pow(beta2, step)));
        Aten.ForeachAddInPlaceScalar.Apply(scale, options.eps!.Value);
        Aten.ForeachAddcdivInPlaceScalar.Apply(parameters, means, scale, -rate / (1 - Math.Pow(beta1, step)));
    }

    /// <summary>Reddi et al. 2018: the largest mean square so far.</summary>
    private static torch.Tensor[] Largest(MomentState[] states)
    {
        foreach (var state in states)
        {
            state.max_exp_avg_sq!.copy_(state.max_exp_avg_sq.maximum(state.exp_avg_sq));
        }

        return [.. states.Select(state => state.max_exp_avg_sq!)];
    }
}

/// <summary>Settings of optimisers that follow the mean of gradients and of their squares.</summary>
public abstract class MomentOptions : OptimizerOptions
{
    /// <summary>How slowly the mean of the gradients follows, from 0 to before 1.</summary>
    public double? beta1 { get; set; }

    /// <summary>How slowly the mean of the squares follows, from 0 to before 1.</summary>
    public double? beta2 { get; set; }

    /// <summary>How fast parameters shrink.</summary>
    public double? weight_decay { get; set; }

    /// <summary>Keeps the division away from 0.</summary>
    public double? eps { get; set; }

    /// <summary>Whether the largest mean of squares so far is divided by.</summary>
    public bool? amsgrad { get; set; }

    /// <summary>Whether to go up instead of down.</summary>
    public bool? maximize { get; set; }

    /// <summary>Takes over the settings of another.</summary>
    public override void LoadStateDict(OptimizerOptions source)
    {
        base.LoadStateDict(source);
        var other = (MomentOptions)source;
        (beta1, beta2, weight_decay) = (other.beta1, other.beta2, other.weight_decay);
        (eps, amsgrad, maximize) = (other.eps, other.amsgrad, other.maximize);
    }

    internal override void Complete(OptimizerOptions defaults)
    {
        base.Complete(defaults);
        var whole = (MomentOptions)defaults;
        (beta1, beta2, weight_decay) = (beta1 ?? whole.beta1, beta2 ?? whole.beta2, weight_decay ?? whole.weight_decay);
        (eps, amsgrad, maximize) = (eps ?? whole.eps, amsgrad ?? whole.amsgrad, maximize ?? whole.maximize);
    }
}

/// <summary>The means of a parameter's gradients and of their squares.</summary>
public abstract class MomentState : OptimizerState
{
    private protected MomentState(Parameter parameter)
        : base(parameter) => exp_avg = exp_avg_sq = parameter;

    /// <summary>How many steps it took.</summary>
    public long step { get; set; }

    /// <summary>The mean of the gradients.</summary>
    public torch.Tensor exp_avg { get; set; }

    /// <summary>The mean of their squares.</summary>
    public torch.Tensor exp_avg_sq { get; set; }

    /// <summary>The largest mean of squares so far; null unless asked for.</summary>
    public torch.Tensor? max_exp_avg_sq { get; set; }

    /// <summary>Starts over from zeros.</summary>
    public override void Initialize(OptimizerOptions options) =>
        Hold(0, Zeros(), Zeros(), ((MomentOptions)options).amsgrad == true ? Zeros() : null);

    /// <summary>Takes over a copy of what another remembers.</summary>
    public override void LoadStateDict(OptimizerState source)
    {
        var other = (MomentState)source;
        Hold(other.step, Copy(other.exp_avg)!, Copy(other.exp_avg_sq)!, Copy(other.max_exp_avg_sq));
    }

    /// <summary>Disposes its tensors.</summary>
    protected override void Dispose(bool disposing)
    {
        if (disposing && !ReferenceEquals(exp_avg, _parameter))
        {
            exp_avg.Dispose();
            exp_avg_sq.Dispose();
            max_exp_avg_sq?.Dispose();
        }
    }

    private void Hold(long steps, torch.Tensor mean, torch.Tensor square, torch.Tensor? largest)
    {
        Dispose(true);
        (step, exp_avg, exp_avg_sq, max_exp_avg_sq) = (steps, mean, square, largest);
    }
}
