using Motion.Policies.Planning;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Motion.Distillation.Planning;

/// <summary>
/// Latents of a trajectory: one for every token, of the chunk's states and actions and of the chunk before. Causal: what comes after a chunk does not
/// change its latents.
/// </summary>
public sealed class TrajectoryEncoder : nn.Module<Tensor, Tensor, Tensor>
{
    private readonly Linear _chunk;
    private readonly Conv1d _history;
    private readonly LayerNorm _norm;
    private readonly Linear _latent;
    private readonly TrajectoryShape _shape;

    /// <param name="shape">Sizes.</param>
    /// <param name="inputs">Numbers in a state and an action together.</param>
    /// <param name="width">Numbers in a token's latent.</param>
    public TrajectoryEncoder(TrajectoryShape shape, int inputs, int width)
        : base(nameof(TrajectoryEncoder))
    {
        ArgumentNullException.ThrowIfNull(shape);
        _shape = shape;
        _chunk = nn.Linear(inputs * shape.ChunkSteps, shape.EncoderWidth);
        _history = nn.Conv1d(shape.EncoderWidth, shape.EncoderWidth, 2);
        _norm = nn.LayerNorm(shape.EncoderWidth);
        _latent = nn.Linear(shape.EncoderWidth, shape.ChunkTokens * width);
        RegisterComponents();
    }

    /// <summary>States, [window, step, feature], and actions, [window, step, actuator], standardised, to latents, [window, token, number].</summary>
    public override Tensor forward(Tensor states, Tensor actions)
    {
        ArgumentNullException.ThrowIfNull(states);
        long windows = states.size(0), chunks = states.size(1) / _shape.ChunkSteps;
        Tensor steps = cat([states, actions], -1).view(windows, chunks, -1);
        Tensor hidden = nn.functional.silu(_chunk.call(steps)); // [window, chunk, width]
        Tensor before = nn.functional.pad(hidden.transpose(1, 2), [1, 0]); // [window, width, 1 + chunk]
        Tensor seen = hidden + nn.functional.silu(_history.call(before).transpose(1, 2));
        return _latent.call(_norm.call(seen)).view(windows, chunks * _shape.ChunkTokens, -1);
    }
}
