namespace Motion.Cli.Motions;

/// <summary>What ships beside the program lies in a folder above it.</summary>
internal static class ShippedPath
{
    /// <summary>The nearest file or folder of that name upwards of the program, or null.</summary>
    /// <param name="parts">The name: folders, then the file or folder.</param>
    public static string? Find(params string[] parts)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine([folder.FullName, .. parts]);
            if (Path.Exists(path))
            {
                return path;
            }
        }

        return null;
    }
}
