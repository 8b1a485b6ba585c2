namespace Motion.Sim.Clips.Catalog;

/// <summary>The clips that come with the program: the folder <c>motions</c> beside it or in a folder above it.</summary>
public static class ShippedClips
{
    /// <summary>Reads their catalogue.</summary>
    /// <exception cref="MotionException">They are not there: <see cref="ExitCode.MissingComponent"/>.</exception>
    /// <exception cref="InputException">The catalogue is not good.</exception>
    public static ClipCatalog Read()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string motions = Path.Combine(folder.FullName, "motions");
            if (File.Exists(Path.Combine(motions, ClipCatalog.FileName)))
            {
                return ClipCatalog.Read(motions);
            }
        }

        throw new MotionException(ExitCode.MissingComponent, $"the shipped clips are missing: no folder motions with {ClipCatalog.FileName} beside or above {AppContext.BaseDirectory}");
    }
}
