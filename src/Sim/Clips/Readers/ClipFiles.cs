namespace Motion.Sim.Clips.Readers;

/// <summary>Opening and naming of motion files.</summary>
internal static class ClipFiles
{
    /// <summary>Opens a file to read from start to end; what keeps it from being read is an <see cref="InputException"/>.</summary>
    public static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InputException(path, 0, 0, "there is no such file", failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            string problem = Directory.Exists(path) ? "this is a folder, not a file" : "the file cannot be opened; " + failure.Message;
            throw new InputException(path, 0, 0, problem, failure);
        }
    }

    /// <summary>Reads the first bytes of a file.</summary>
    /// <returns>How many there are.</returns>
    public static int ReadHead(FileStream stream, string path, byte[] head)
    {
        try
        {
            return stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        }
        catch (IOException failure)
        {
            throw new InputException(path, 0, 0, "the file cannot be read; " + failure.Message, failure);
        }
    }

    /// <summary>The clip's name: that of the file without folder and extension.</summary>
    public static string NameOf(string file) => Path.GetFileNameWithoutExtension(file);
}
