namespace Motion.Cli.Bench;

/// <summary>
/// What the worlds of the physics benchmark go through, here and in MuJoCo alike: the humanoid starts at rest with every joint turned by up to
/// <see cref="PoseNoise"/>, its drives get new random targets at every control step, and an episode ends after <see cref="EpisodeSteps"/>
/// control steps or as soon as the root is lower than the scenario says.
/// </summary>
/// <param name="Name">Its name in tables and JSON.</param>
/// <param name="About">What happens, in words.</param>
/// <param name="TargetBound">Targets are within ± this, rad.</param>
/// <param name="FallHeight">Height of the root, m, below which an episode ends.</param>
internal sealed record SimScenario(string Name, string About, float TargetBound, float FallHeight)
{
    /// <summary>Rotation of every joint axis at the start of an episode is within ± this, rad.</summary>
    public const float PoseNoise = 0.05f;

    /// <summary>Control steps of an episode that nothing ends early: 10 s.</summary>
    public const int EpisodeSteps = 300;

    /// <summary>On its feet, held at the rest pose: most contacts.</summary>
    public static SimScenario Standing { get; } = new("standing", "on its feet, held at the rest pose", 0, 0.4f);

    /// <summary>Random targets until it has fallen: half the time in the air or on the way down.</summary>
    public static SimScenario Falling { get; } = new("falling", "random targets until it has fallen", 0.5f, 0.4f);

    /// <summary>Random targets for ten seconds, most of them on the ground.</summary>
    public static SimScenario Thrashing { get; } = new("thrashing", "random targets for 10 s, mostly on the ground", 0.5f, -1000);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<SimScenario> All { get; } = [Standing, Falling, Thrashing];
}
