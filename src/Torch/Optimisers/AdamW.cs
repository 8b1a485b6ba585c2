namespace TorchSharp.Modules;

/// <summary>Adam whose weight decay shrinks the parameters directly: Loshchilov and Hutter 2019, algorithm 2.</summary>
public class AdamW : Adam
{
    /// <summary>Moves parameters with the same settings.</summary>
    public AdamW(
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
    public AdamW(
        IEnumerable<ParamGroup> parameters,
        double lr = 1e-3,
        double beta1 = 0.9,
        double beta2 = 0.999,
        double eps = 1e-8,
        double weight_decay = 0,
        bool amsgrad = false,
        bool maximize = false)
        : base(parameters, new Options(lr, beta1, beta2, eps, weight_decay, amsgrad, maximize), decoupled: true)
    {
    }
}
