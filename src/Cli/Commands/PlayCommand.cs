using System.CommandLine;
using System.Text.Json.Nodes;
using Motion.Cli.Motions;
using Motion.Cli.Planning;
using Motion.Cli.Play;
using Motion.Sim.Physics;
using Motion.Viewer.Live;

namespace Motion.Cli.Commands;

/// <summary><c>./motion play ["a person walks forward"]</c>: a simulated character that does what it is told.</summary>
/// <remarks>
/// Keys of the JSON object without a window: <c>controller</c>, <c>doing</c>, <c>seconds</c>, <c>steps</c>, <c>fell_at</c> (s, or null),
/// <c>real_time_factor</c>, <c>sentences</c> (each with <c>at</c>, <c>sentence</c>, <c>accepted</c>, <c>message</c>, <c>nearest</c>), <c>files</c> and <c>problem</c>.
/// With a window: <c>seconds</c> and <c>message</c>.
/// </remarks>
internal static class PlayCommand
{
    private static readonly Argument<string?> Sentence = new("sentence")
    {
        Description = "what the character shall do first, in English",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<bool> Headless = new("--headless")
    {
        Description = "no window: play as fast as the machine goes, then write what was asked for",
    };

    private static readonly Option<double?> Seconds = new("--seconds")
    {
        Description = "how long to play without a window (10, or 10 past the last prompt, when not given); a window closes after so long",
        HelpName = "number",
    };

    private static readonly Option<string?> Prompts = new("--prompts")
    {
        Description = "file with a line 'time,sentence' for each sentence that shall be said, times in seconds",
        HelpName = "file",
    };

    private static readonly Option<string?> Record = new("--record")
    {
        Description = "a film (.mp4) of the play to write, and its motion beside it (.npz); a folder of pictures where ffmpeg is missing",
        HelpName = "file",
    };

    private static readonly Option<string?> Export = new("--export")
    {
        Description = "files of the motion to write, with commas between: .bvh, .glb, .npz, .csv, and .html: a page that replays it in any browser",
        HelpName = "files",
    };

    private static readonly Option<string?> Screenshot = new("--screenshot")
    {
        Description = "a picture (.png) to write",
        HelpName = "file",
    };

    private static readonly Option<double?> At = new("--at")
    {
        Description = "the picture's moment, seconds from the start; the end when not given",
        HelpName = "seconds",
    };

    private static readonly Option<string> Size = new("--size")
    {
        Description = "pixels of film and picture, even numbers",
        HelpName = "WxH",
        DefaultValueFactory = _ => "1280x720",
    };

    private static readonly Option<string> Controller = new Option<string>("--controller")
    {
        Description = "what moves the character: the global policy, the nearest caption's expert, the planner, the caption's clip without physics (reference), joint targets of the clip alone (zero), or chance",
        HelpName = string.Join('|', Stage.Controllers),
        DefaultValueFactory = _ => Stage.UsualController(),
    }.AcceptOnlyFromAmong(Stage.Controllers);

    private static readonly Option<string?> Clip = new("--clip")
    {
        Description = "the clip to begin with; standing when not given",
        HelpName = "name",
    };

    private static readonly Option<string?> Policy = new("--policy")
    {
        Description = "the global policy (.safetensors); the shipped one when not given",
        HelpName = "file",
    };

    private static readonly Option<string?> Motions = new("--motions")
    {
        Description = "folder with the catalogue of clips; the shipped clips when not given",
        HelpName = "folder",
    };

    /// <summary>In a window a step of 33 ms waits so long for a plan; the rest is for physics.</summary>
    private static readonly TimeSpan WindowPlanBudget = TimeSpan.FromMilliseconds(20);

    /// <summary>Creates the command.</summary>
    public static Command Create() => new Command("play", "type a sentence, watch the character do it, take the motion home")
    {
        Sentence, Headless, Seconds, Prompts, Record, Export, Screenshot, At, Size, Controller, Policy, Clip, ActingOptions.Experts, Motions, ActingOptions.For, ActingOptions.Lookahead, EngineChoice.Engine, PlanningOptions.Model,
    }.Runs(Run);

    private static async Task<Outcome> Run(CommandContext context)
    {
        PlayRequest request = PlayRequest.Check(
            context.Parse.GetValue(Sentence),
            context.Value(Prompts),
            new GivenOptions(
                context.Value(Headless), context.Value(Seconds), context.Value(Record), context.Value(Export), context.Value(Screenshot), context.Value(At), context.Value(Size)!));
        IPhysicsEngine engine = EngineChoice.Named(context.Value(EngineChoice.Engine)!);
        context.ReadyTorch(besideEachOther: 2); // who acts, and what is looked at ahead
        StagePlaces places = new(context.Value(Policy), context.Value(ActingOptions.Experts), context.Value(Motions), context.Value(ActingOptions.For)!, context.Value(Clip), context.Seed)
        {
            Lookahead = context.Value(ActingOptions.Lookahead),
            Planner = context.Value(PlanningOptions.Model),
            PlanBudget = request.Headless ? null : WindowPlanBudget,
        };
        using Stage stage = await Task.Run(() => new Stage(context.Value(Controller)!, places, engine));
        LiveSession session = new(stage.World, stage.Drivers, request.Timeline);
        return request.Headless ? await PlayHeadless(request, session, context) : PlayInWindow(request, session, context);
    }

    private static async Task<Outcome> PlayHeadless(PlayRequest request, LiveSession session, CommandContext context)
    {
        HeadlessPlay play = new(session);
        long steps = (long)Math.Round(request.Seconds * session.ControlRate);
        (IReadOnlyList<string> files, string? problem) = await context.Output.Progress("playing", steps, "steps", progress => Task.Run(() =>
        {
            using PlayResults results = new(request, session);
            return results.Write(play.Run(
                request.Seconds, results.Looks ? results.Look : null, step => progress.Report(new ProgressReport(step, session.Driver.Doing)), context.Cancellation));
        }));
        play.Tell(context.Output);
        foreach (string path in files)
        {
            context.Output.Line(path);
        }

        if (problem is not null)
        {
            context.Output.Note(problem);
        }

        JsonObject json = play.Json();
        json["files"] = new JsonArray([.. files.Select(path => (JsonNode)path)]);
        json["problem"] = problem;
        return json;
    }

    private static JsonObject PlayInWindow(PlayRequest request, LiveSession session, CommandContext context)
    {
        PlayWindowOptions options = new() { Width = request.Size.Width, Height = request.Size.Height, RecordStem = request.FilmStem, Seconds = request.ClosesAfter };
        string? said = null;
        Display.Need("--headless plays without a window", () => said = PlayWindow.Show(session, options, context.Cancellation));
        if (said is not null)
        {
            context.Output.Line(said);
        }

        return new JsonObject { ["seconds"] = session.Seconds, ["message"] = said };
    }
}
