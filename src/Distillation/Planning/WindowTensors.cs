using Motion.Policies.Planning;
using static TorchSharp.torch;

namespace Motion.Distillation.Planning;

/// <summary>A batch of windows as tensors, standardised.</summary>
/// <param name="States">[window, step + 1, feature].</param>
/// <param name="Actions">[window, step, actuator].</param>
/// <param name="Acted">1 where an action counts: [window, step].</param>
/// <param name="Alive">1 where the character stands after the step: [window, step].</param>
/// <param name="Meaning">Latents of what is being done: [window, latent]; null where nothing is known.</param>
internal sealed record WindowTensors(Tensor States, Tensor Actions, Tensor Acted, Tensor Alive, Tensor? Meaning)
{
    /// <summary>Windows.</summary>
    public long Windows => States.size(0);

    /// <summary>Steps of each.</summary>
    public long Steps => Actions.size(1);

    /// <summary>States before the actions: [window, step, feature].</summary>
    public Tensor Before => States.narrow(1, 0, Steps);

    /// <summary>The first state: [window, feature].</summary>
    public Tensor First => States.select(1, 0);

    /// <summary>Puts a batch on the model's device.</summary>
    /// <param name="batch">The windows.</param>
    /// <param name="model">Says what is standard.</param>
    /// <param name="meanings">Latent of every skill, or null.</param>
    public static WindowTensors Of(WindowBatch batch, TrajectoryModel model, Tensor? meanings)
    {
        Tensor states = tensor(batch.States).view(batch.Windows, batch.Steps + 1, -1).to(model.Device);
        Tensor actions = tensor(batch.Actions).view(batch.Windows, batch.Steps, -1).to(model.Device);
        return new WindowTensors(
            model.States.To(states),
            model.Actions.To(actions),
            tensor(batch.Acted).view(batch.Windows, batch.Steps).to(model.Device),
            tensor(batch.Alive).view(batch.Windows, batch.Steps).to(model.Device),
            meanings?.index_select(0, tensor(batch.Skills).to_type(ScalarType.Int64).to(model.Device)));
    }
}
