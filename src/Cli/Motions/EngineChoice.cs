using System.CommandLine;
using Motion.Sim.Physics;
using Motion.Sim.Physics.Wide;

namespace Motion.Cli.Motions;

/// <summary>Which physics simulates, by name.</summary>
internal static class EngineChoice
{
    private const string Bepu = "bepu";

    /// <summary>The option.</summary>
    public static Option<string> Engine { get; } = new Option<string>("--engine")
    {
        Description = "which physics simulates: the project's own (wide); none stands on BepuPhysics (bepu) so far",
        HelpName = $"{new WideEngine().Name}|{Bepu}",
        DefaultValueFactory = _ => new WideEngine().Name,
    }.AcceptOnlyFromAmong(new WideEngine().Name, Bepu);

    /// <summary>The engine of a name.</summary>
    /// <exception cref="MotionException">It is not in this build.</exception>
    public static IPhysicsEngine Named(string name) => name != Bepu ? new WideEngine() : throw new MotionException(
        ExitCode.MissingComponent,
        "--engine bepu: no engine on the package BepuPhysics is in this build. Go on with --engine wide, the default, which needs no package");
}
