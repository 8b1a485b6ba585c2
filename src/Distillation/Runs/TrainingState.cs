using Motion.Torch.Safetensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Motion.Distillation.Runs;

/// <summary>Everything that a training needs to go on, by name: tensors, and numbers that say where it stands.</summary>
public sealed class TrainingState
{
    /// <summary>Version of what is written.</summary>
    public const int Version = 1;

    private const string ProgressKey = "progress";
    private const string VersionKey = "training_version";

    /// <summary>Tensors by name.</summary>
    public Dictionary<string, Tensor> Tensors { get; init; } = [];

    /// <summary>Where training stands, as JSON.</summary>
    public string Progress { get; set; } = "{}";

    /// <summary>Adds tensors under a prefix.</summary>
    public void Add(string prefix, IEnumerable<KeyValuePair<string, Tensor>> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        foreach ((string name, Tensor tensor) in tensors)
        {
            Tensors.Add($"{prefix}.{name}", tensor);
        }
    }

    /// <summary>The tensors under a prefix, which is taken off.</summary>
    public Dictionary<string, Tensor> Under(string prefix) =>
        Tensors.Where(pair => pair.Key.StartsWith(prefix + ".", StringComparison.Ordinal)).ToDictionary(pair => pair.Key[(prefix.Length + 1)..], pair => pair.Value);

    /// <summary>Writes it, whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="MotionException">The place cannot be written; what was there is still there.</exception>
    public void Write(string path)
    {
        try
        {
            using DisposeScope scope = NewDisposeScope();
            SafetensorsFile.Write(path, Tensors.ToDictionary(pair => pair.Key, pair => pair.Value.cpu()), new Dictionary<string, string> { [ProgressKey] = Progress, [VersionKey] = $"{Version}" });
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new MotionException(ExitCode.BadInput, $"{path}: cannot be written: {problem.Message}; the last good checkpoint is still there: free some space and run the command again", problem);
        }
        catch (SafetensorsException problem)
        {
            throw new MotionException(ExitCode.NumericFailure, $"{path}: not written: {problem.Message}", problem);
        }
    }

    /// <summary>Reads one and lets a training take what it needs.</summary>
    /// <param name="path">The file.</param>
    /// <param name="take">Takes it; tensors last until it returns.</param>
    /// <exception cref="InputException">It is damaged, of another version, or of another training.</exception>
    public static void Resume(string path, Action<TrainingState> take)
    {
        ArgumentNullException.ThrowIfNull(take);
        using DisposeScope scope = NewDisposeScope();
        TrainingState state = Read(path);
        try
        {
            take(state);
        }
        catch (Exception problem) when (problem is InvalidOperationException or ArgumentException or KeyNotFoundException or EndOfStreamException or System.Runtime.InteropServices.ExternalException)
        {
            throw new InputException(path, 0, 0, $"does not fit this training: {problem.Message}; delete it to start anew, or choose another folder with --out", problem);
        }
    }

    /// <summary>Reads one; its tensors belong to the caller's scope.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputException">It is damaged, or of another version.</exception>
    public static TrainingState Read(string path)
    {
        try
        {
            SafetensorsContent content = SafetensorsFile.Read(path);
            string version = content.Metadata.GetValueOrDefault(VersionKey, "none");
            return version == $"{Version}"
                ? new TrainingState { Tensors = content.Tensors, Progress = content.Metadata.GetValueOrDefault(ProgressKey, "{}") }
                : throw new InputException(path, 0, 0, $"is a training of version {version}, this program goes on with version {Version}: choose another folder with --out");
        }
        catch (Exception problem) when (problem is SafetensorsException or IOException or UnauthorizedAccessException)
        {
            throw new InputException(path, 0, 0, $"{problem.Message}; delete it to start anew, or choose another folder with --out", problem);
        }
    }
}
