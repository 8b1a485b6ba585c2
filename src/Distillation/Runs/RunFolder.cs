namespace Motion.Distillation.Runs;

/// <summary>
/// A folder that holds one training: its configuration, metrics and checkpoints. One process at a time may train in it. Everything in it is
/// written whole or not at all, except for metrics, which are only ever added to.
/// </summary>
public sealed class RunFolder : IDisposable
{
    private readonly FileStream _lock;

    private RunFolder(string path, FileStream held) => (Path, _lock) = (path, held);

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>The resolved configuration.</summary>
    public string Configuration => Inside("config.json");

    /// <summary>All that is needed to go on.</summary>
    public string LastCheckpoint => Inside("last.safetensors");

    /// <summary>The best networks so far.</summary>
    public string BestCheckpoint => Inside("best.safetensors");

    /// <summary>Last states of the first worlds that failed, for <c>./motion view</c>.</summary>
    public string Failures => Inside("failures");

    /// <summary>How training ended; missing while it has not.</summary>
    public string Result => Inside("result.json");

    /// <summary>Opens a folder, which is made when it is not there, and clears away what a killed process left half written.</summary>
    /// <param name="path">The folder.</param>
    /// <exception cref="MotionException">It cannot be written, or another process trains in it.</exception>
    public static RunFolder Open(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
            FileStream held = new(System.IO.Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            foreach (string left in Directory.EnumerateFiles(path, ".*.tmp", SearchOption.AllDirectories))
            {
                File.Delete(left);
            }

            return new RunFolder(path, held);
        }
        catch (UnauthorizedAccessException problem)
        {
            throw new MotionException(ExitCode.BadInput, $"{path}: cannot be written: {problem.Message}; choose another folder with --out", problem);
        }
        catch (IOException problem)
        {
            bool busy = Directory.Exists(path) && File.Exists(System.IO.Path.Combine(path, "lock"));
            string reason = busy ? "another process trains in it, or it cannot be written" : "cannot be written";
            throw new MotionException(ExitCode.BadInput, $"{path}: {reason}: {problem.Message}; choose another folder with --out", problem);
        }
    }

    /// <summary>A path within the folder.</summary>
    public string Inside(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Path, .. parts]);

    /// <summary>Lets others train in it.</summary>
    public void Dispose() => _lock.Dispose();
}
