namespace TorchSharp.Modules;

/// <summary>A module that has nothing to learn.</summary>
/// <typeparam name="T">What it takes.</typeparam>
/// <typeparam name="TResult">What it gives.</typeparam>
public abstract class ParameterLessModule<T, TResult> : torch.nn.Module<T, TResult>
{
    /// <summary>A module that calls itself by a name.</summary>
    protected ParameterLessModule(string name)
        : base(name)
    {
    }
}
