namespace Motion.Cli.Motions;

/// <summary>The shipped models.</summary>
internal static class ShippedModels
{
    /// <summary>The folder of shipped experts.</summary>
    /// <exception cref="MotionException">There is none.</exception>
    public static string Experts() => Folder("experts");

    /// <summary>The folder of shipped experts that can be entered from other motions.</summary>
    /// <exception cref="MotionException">There is none.</exception>
    public static string Teachers() => Folder("teachers");

    /// <summary>The shipped embedding of sentences and clips.</summary>
    /// <exception cref="MotionException">There is none.</exception>
    public static string Embedding() => Path.Combine(Folder("text"), Motion.Distillation.Embedding.EmbeddingRecipe.ModelName);

    /// <summary>The shipped global policy.</summary>
    /// <exception cref="MotionException">There is none.</exception>
    public static string Global() => Path.Combine(Folder("global"), Commands.TrainGlobalCommand.ModelName);

    /// <summary>The shipped global policy, or null where there is none.</summary>
    public static string? FindGlobal() => ShippedPath.Find("models", "global", Commands.TrainGlobalCommand.ModelName);

    /// <summary>The shipped model of trajectories.</summary>
    /// <exception cref="MotionException">There is none.</exception>
    public static string Planner() => FindPlanner() ?? throw new MotionException(
        ExitCode.MissingComponent, "no planner's model ships: './motion train planner --publish my_planner' makes one, then name it: --model my_planner/planner.safetensors");

    /// <summary>The shipped model of trajectories, or null where there is none.</summary>
    public static string? FindPlanner() => ShippedPath.Find("models", "planner", Motion.Distillation.Planning.PlannerRecipe.ModelName);

    private static string Folder(string name) => ShippedPath.Find("models", name)
        ?? throw new MotionException(ExitCode.MissingComponent, $"no folder models/{name} is above {AppContext.BaseDirectory}");
}
