using System.Runtime.InteropServices;

namespace Motion.Torch.Safetensors;

/// <summary>Writes a file that is either wholly there or not at all, also when the power fails.</summary>
internal static partial class DurableFile
{
    internal static void Write(string path, Action<Stream> content)
    {
        var full = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(full)!;
        Directory.CreateDirectory(folder);
        var beside = Path.Combine(folder, $".{Path.GetFileName(full)}.{Environment.ProcessId}.{Guid.NewGuid():N}.tmp");
        try
        {
            using (FileStream stream = new(beside, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16))
            {
                content(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(beside, full, overwrite: true);
        }
        catch (ArgumentOutOfRangeException problem) when (problem.TargetSite?.DeclaringType?.Assembly == typeof(FileStream).Assembly)
        {
            // What the runtime makes of EFBIG: a limit on the size of files was met.
            File.Delete(beside);
            throw new IOException(problem.Message, problem);
        }
        catch
        {
            File.Delete(beside);
            throw;
        }

        FlushFolder(folder);
    }

    /// <summary>The new name is on the disk only when its folder is.</summary>
    private static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var descriptor = Open(folder, 0);
        if (descriptor < 0)
        {
            throw new IOException($"{folder} cannot be opened to flush it: error {Marshal.GetLastPInvokeError()}");
        }

        _ = Flush(descriptor);
        _ = Close(descriptor);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Flush(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
