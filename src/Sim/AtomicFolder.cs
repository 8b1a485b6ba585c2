namespace Motion;

/// <summary>Writes whole folders or nothing: what is written appears at once, when all of it is there.</summary>
public static class AtomicFolder
{
    /// <summary>Fills a folder to the side, next to its place, and renames it into place.</summary>
    /// <param name="path">Where it shall be: nothing, an empty folder, or one that may be replaced.</param>
    /// <param name="mayReplace">Whether a folder that holds something may go; not asked when there is none.</param>
    /// <param name="fill">Fills the folder it is given; an exception from it leaves everything as it was.</param>
    /// <exception cref="MotionException">Something is there that may not go, or the place cannot be written.</exception>
    public static void Write(string path, Func<string, bool> mayReplace, Action<string> fill)
    {
        string target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        string aside = $"{target}.{Guid.NewGuid():N}";
        string fresh = aside + ".new";
        string old = aside + ".old";
        try
        {
            Demand(target, path, mayReplace);
            Directory.CreateDirectory(fresh);
            fill(fresh);
            if (Directory.Exists(target))
            {
                Directory.Move(target, old);
            }

            Directory.Move(fresh, target);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new MotionException(ExitCode.BadInput, $"{path}: cannot be written: {problem.Message}", problem);
        }
        finally
        {
            // Between the two renames the old folder is the only one there is: it comes back if the second failed.
            if (Directory.Exists(old) && !Directory.Exists(target))
            {
                Directory.Move(old, target);
            }

            Remove(old);
            Remove(fresh);
        }
    }

    private static void Demand(string target, string path, Func<string, bool> mayReplace)
    {
        if (File.Exists(target))
        {
            throw new MotionException(ExitCode.BadInput, $"{path}: a file is there; name a folder");
        }

        if (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any() && !mayReplace(target))
        {
            throw new MotionException(ExitCode.BadInput, $"{path}: something is there already; name another folder");
        }
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
