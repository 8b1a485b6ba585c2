namespace Motion.Cli.Motions;

/// <summary>The shipped models.</summary>
internal static class ShippedModels
{
    /// <summary>The folder of shipped experts.</summary>
    /// <exception cref="MotionException">There is none.</exception>
    public static string Experts() => Folder("experts");

    /// <summary>The shipped embedding of sentences and clips.</summary>
    /// <exception cref="MotionException">There is none.</exception>
    public static string Embedding() => Path.Combine(Folder("text"), Motion.Distillation.Embedding.EmbeddingRecipe.ModelName);

    private static string Folder(string name) => ShippedPath.Find("models", name)
        ?? throw new MotionException(ExitCode.MissingComponent, $"no folder models/{name} is above {AppContext.BaseDirectory}");
}
