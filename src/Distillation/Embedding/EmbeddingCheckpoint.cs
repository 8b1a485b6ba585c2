using Motion.Distillation.Runs;
using Motion.Language.Embedding;
using Motion.Sim.Configuration;
using Motion.Torch.Safetensors;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Motion.Distillation.Embedding;

/// <summary>Writes and reads all that a training of an embedding needs to go on.</summary>
internal static class EmbeddingCheckpoint
{
    private const string Weights = "weights";
    private const string Optimiser = "optimiser";

    /// <summary>Writes a checkpoint, whole or not at all.</summary>
    /// <exception cref="MotionException">The place cannot be written; what was there is still there.</exception>
    public static void Write(string path, SentenceEmbedding embedding, OptimizerHelper optimiser, EmbeddingProgress progress)
    {
        using DisposeScope scope = NewDisposeScope();
        TrainingState state = new() { Progress = ConfigurationText.Write(progress) };
        state.Add(Weights, embedding.Tensors());
        state.Add(Optimiser, OptimiserTensors.Collect(optimiser));
        state.Write(path);
    }

    /// <summary>Reads a checkpoint into an embedding and its optimiser.</summary>
    /// <param name="path">The file.</param>
    /// <param name="embedding">Receives the weights.</param>
    /// <param name="optimiserFor">Told where training stands, gives the optimiser to restore; null for none.</param>
    /// <exception cref="InputException">It is damaged, or of another version.</exception>
    public static EmbeddingProgress Read(string path, SentenceEmbedding embedding, Func<EmbeddingProgress, OptimizerHelper?> optimiserFor)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable unrecorded = no_grad();
        TrainingState state = TrainingState.Read(path);
        EmbeddingProgress progress = ConfigurationText.Read<EmbeddingProgress>(state.Progress, path);
        try
        {
            Dictionary<string, Tensor> weights = state.Under(Weights);
            foreach ((string name, Tensor tensor) in embedding.Tensors())
            {
                tensor.copy_(weights.TryGetValue(name, out Tensor? found) ? found : throw new ArgumentException($"tensor '{name}' is missing"));
            }

            if (optimiserFor(progress) is { } optimiser)
            {
                OptimiserTensors.Restore(optimiser, state.Under(Optimiser));
            }

            return progress;
        }
        catch (Exception problem) when (problem is ArgumentException or InvalidOperationException or System.Runtime.InteropServices.ExternalException)
        {
            throw new InputException(path, 0, 0, $"is damaged: {problem.Message}; delete it to start anew", problem);
        }
    }
}
