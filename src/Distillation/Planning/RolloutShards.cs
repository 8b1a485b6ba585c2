using System.Globalization;
using Motion.Policies;
using Motion.Policies.Planning;
using Motion.Torch.Safetensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Motion.Distillation.Planning;

/// <summary>
/// Rollouts as files <c>shard-0000.safetensors</c>, …: <c>states</c> and <c>actions</c> in 16 bits, <c>flags</c>, <c>skills</c>, row by row, world after
/// world. Every file is rolled out by itself, so that a folder that was left half done is gone on with.
/// </summary>
public static class RolloutShards
{
    /// <summary>Version of the files.</summary>
    public const int Version = 1;

    internal const string DescriptionKey = "source";

    /// <summary>The file of a rollout.</summary>
    public static string PathOf(string folder, int number) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"shard-{number:D4}.safetensors"));

    /// <summary>The folder of a round's files in a run's folder.</summary>
    public static string FolderOf(string run, int round) => Path.Combine(run, round == 0 ? "rollouts" : string.Create(CultureInfo.InvariantCulture, $"rollouts-{round}"));

    /// <summary>The folders of all rounds that a run has; the first one always.</summary>
    public static IEnumerable<string> Folders(string run) =>
        Enumerable.Range(0, int.MaxValue).Select(round => FolderOf(run, round)).TakeWhile((folder, round) => round == 0 || Directory.Exists(folder));

    /// <summary>Rolls out until a folder holds as many transitions as are wanted. Files that are there are kept.</summary>
    /// <param name="source">Who acts.</param>
    /// <param name="options">How much.</param>
    /// <param name="folder">Where the files are.</param>
    /// <param name="report">Told after every file how many transitions there are.</param>
    /// <param name="cancellation">Stops after the present file.</param>
    /// <exception cref="MotionException">The folder cannot be written, or holds rollouts of another source.</exception>
    public static void Write(IRolloutSource source, RolloutOptions options, string folder, Action<long> report, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(report);
        Directory.CreateDirectory(folder);
        TrajectoryRollout rollout = new(options.Worlds, options.ShardSteps, source.Layout.Count, source.Layout.Actions);

        // One is held back.
        int files = Math.Max(2, (int)((options.Transitions + rollout.Rows - 1) / rollout.Rows));
        for (int number = 0; number < files; number++)
        {
            cancellation.ThrowIfCancellationRequested();
            string path = PathOf(folder, number);
            if (File.Exists(path))
            {
                RequireSame(path, source.Description);
            }
            else
            {
                source.Roll(number, rollout);
                Write(path, rollout, source);
            }

            report((number + 1L) * rollout.Rows);
        }
    }

    private static void RequireSame(string path, string description)
    {
        try
        {
            string found = SafetensorsFile.ReadHeader(path).Metadata.GetValueOrDefault(DescriptionKey, "nothing");
            if (found != description)
            {
                throw new InputException(path, 0, 0, $"was rolled out otherwise ({found}) than what is asked for now ({description}): choose another folder with --out, or delete these rollouts");
            }
        }
        catch (SafetensorsException problem)
        {
            throw new InputException(path, 0, 0, $"{problem.Message}; delete it, and it is rolled out again", problem);
        }
    }

    private static void Write(string path, TrajectoryRollout rollout, IRolloutSource source)
    {
        using DisposeScope scope = NewDisposeScope();
        Dictionary<string, Tensor> tensors = new()
        {
            ["states"] = tensor(rollout.States).view(rollout.Rows, -1).to(ScalarType.Float16),
            ["actions"] = tensor(rollout.Actions).view(rollout.Rows, -1).to(ScalarType.Float16),
            ["flags"] = tensor(rollout.Flags),
            ["skills"] = tensor(rollout.Skills),
        };
        Dictionary<string, string> metadata = new()
        {
            ["rollout_version"] = $"{Version}",
            ["state_version"] = $"{StateLayout.Version}",
            ["character"] = source.Layout.Character.Name,
            ["character_fingerprint"] = Expert.FingerprintOf(source.Layout.Character),
            ["steps"] = $"{rollout.Steps}",
            ["skills"] = string.Join(' ', source.Skills),
            [DescriptionKey] = source.Description,
        };
        try
        {
            SafetensorsFile.Write(path, tensors, metadata);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new MotionException(ExitCode.BadInput, $"{path}: cannot be written: {problem.Message}; free some space and run the command again: it goes on with the next file", problem);
        }
        catch (SafetensorsException problem)
        {
            throw new MotionException(ExitCode.NumericFailure, $"{path}: not written: {problem.Message}", problem);
        }
    }
}
