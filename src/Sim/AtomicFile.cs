namespace Motion;

/// <summary>Writes whole files or nothing: a reader never meets half a file, and a failed write leaves what was there.</summary>
public static class AtomicFile
{
    /// <summary>
    /// Writes a file to the side, in the same folder, flushes it to the disk and renames it into place. Missing folders are made.
    /// </summary>
    /// <param name="path">Where the file shall be.</param>
    /// <param name="write">Writes the content; an exception from it leaves the old file as it was.</param>
    /// <exception cref="MotionException">The place cannot be written, or <paramref name="write"/> wrote nothing.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        string target = Path.GetFullPath(path);
        string temporary = Path.Combine(Path.GetDirectoryName(target) ?? ".", $".{Path.GetFileName(target)}.{Guid.NewGuid():N}.tmp");
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            using (FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
                if (stream.Length == 0)
                {
                    throw new MotionException(ExitCode.BadInput, $"{path}: nothing was written: there was no content to write");
                }
            }

            File.Move(temporary, target, overwrite: true);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new MotionException(ExitCode.BadInput, $"{path}: cannot be written: {problem.Message}", problem);
        }
        finally
        {
            if (File.Exists(temporary))
            {
                File.Delete(temporary);
            }
        }
    }
}
