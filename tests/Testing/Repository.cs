namespace Motion.Testing;

/// <summary>Places in the repository that tests read from.</summary>
public static class Repository
{
    /// <summary>The repository's root: the nearest folder upwards that holds Motion.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A path below the root.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Motion.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("Motion.sln is in no folder above the tests");
    }
}
