using TorchSharp;
using static TorchSharp.torch;

namespace Motion.Policies.Planning;

/// <summary>Chooses joint targets from states as they are and the codes that are being followed.</summary>
/// <param name="model">The model; not disposed here.</param>
public sealed class CodeFollower(TrajectoryModel model)
{
    /// <summary>Chooses joint targets.</summary>
    /// <param name="states">Physical states: [character × feature].</param>
    /// <param name="codes">Codes of the chunk that each is in: [character × token of a chunk]; negative ones for behaviour cloning.</param>
    /// <param name="phases">Step of the chunk: [character].</param>
    /// <param name="actions">Result: [character × actuator], rad.</param>
    public void Act(ReadOnlySpan<float> states, ReadOnlySpan<int> codes, ReadOnlySpan<int> phases, Span<float> actions)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable unrecorded = no_grad();
        TrajectoryShape shape = model.Card.Shape;
        int count = phases.Length;
        float[] oneHot = new float[count * shape.ChunkSteps], told = new float[count];
        long[] known = new long[codes.Length];
        for (int character = 0; character < count; character++)
        {
            bool cloned = codes[character * shape.ChunkTokens] < 0;
            told[character] = cloned ? 0 : 1;
            oneHot[(character * shape.ChunkSteps) + phases[character]] = told[character];
        }

        for (int token = 0; token < codes.Length; token++)
        {
            known[token] = Math.Max(0, codes[token]);
        }

        Tensor seen = empty(count, model.Card.States);
        seen.data<float>().CopyFrom(states);
        Tensor vectors = model.Decoder.Vectors(tensor(known).view(count, shape.ChunkTokens).to(model.Device)).squeeze(1) * tensor(told).unsqueeze(-1).to(model.Device);
        Tensor chosen = model.Decoder.Actions(model.States.To(seen.to(model.Device)), vectors, tensor(oneHot).view(count, -1).to(model.Device));
        model.Actions.From(chosen).cpu().contiguous().data<float>().CopyTo(actions);
    }
}
