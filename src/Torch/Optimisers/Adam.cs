using Motion.Torch.Native;

namespace TorchSharp.Modules;

/// <summary>
/// Kingma and Ba 2015, algorithm 1; weight decay is added to the gradient. All parameters of a group move in one call of each operator.
/// </summary>
public partial class Adam : OptimizerHelper, torch.optim.IBetas
{
    private readonly Options defaults;
    private readonly bool decoupled;

    /// <summary>Moves parameters with the same settings.</summary>
    public Adam(
        IEnumerable<Parameter> parameters,
        double lr = 1e-3,
        double beta1 = 0.9,
        double beta2 = 0.999,
        double eps = 1e-8,
        double weight_decay = 0,
        bool amsgrad = false,
        bool maximize = false)
        : this([new ParamGroup { Parameters = parameters }], lr, beta1, beta2, eps, weight_decay, amsgrad, maximize)
    {
    }

    /// <summary>Moves groups of parameters; these settings are for what the groups leave open.</summary>
    public Adam(
        IEnumerable<ParamGroup> parameters,
        double lr = 1e-3,
        double beta1 = 0.9,
        double beta2 = 0.999,
        double eps = 1e-8,
        double weight_decay = 0,
        bool amsgrad = false,
        bool maximize = false)
        : this(parameters, new Options(lr, beta1, beta2, eps, weight_decay, amsgrad, maximize), decoupled: false)
    {
    }

    private protected Adam(IEnumerable<ParamGroup> parameters, Options defaults, bool decoupled)
        : base(parameters, defaults.Checked())
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

    private protected override OptimizerOptions NewOptions() => new Options();

    private protected override OptimizerState NewState(Parameter parameter) => new State(parameter);

    private protected override void Step(OptimizerOptions options, IReadOnlyList<Gradient> gradients)
    {
        // Parameters that missed gradients have taken fewer steps, so their bias correction differs.
        foreach (var together in gradients.GroupBy(gradient => ++((State)gradient.State).step))
        {
            Step((Options)options, together.Key, [.. together]);
        }
    }

    private void Step(Options options, long step, Gradient[] gradients)
    {
        var (beta1, beta2, rate) = (options.beta1!.Value, options.beta2!.Value, options.LearningRate!.Value);
        if (options.amsgrad != true && Array.TrueForAll(gradients, AdamPass.Fits))
        {
            AdamPass pass = AdamPass.Of(options, step, decoupled);
            foreach (Gradient gradient in gradients)
            {
                pass.Over((State)gradient.State, gradient.Parameter, gradient.Value);
            }

            return;
        }

        torch.Tensor[] parameters = [.. gradients.Select(gradient => gradient.Parameter)];
        torch.Tensor[] values = [.. gradients.Select(gradient => options.maximize == true ? gradient.Value.neg() : gradient.Value)];
        State[] states = [.. gradients.Select(gradient => (State)gradient.State)];
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
    private static torch.Tensor[] Largest(State[] states)
    {
        foreach (var state in states)
        {
            state.max_exp_avg_sq!.copy_(state.max_exp_avg_sq.maximum(state.exp_avg_sq));
        }

        return [.. states.Select(state => state.max_exp_avg_sq!)];
    }
}
