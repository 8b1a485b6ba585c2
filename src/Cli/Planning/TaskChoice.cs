using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Numerics;
using Motion.Cli.Motions;
using Motion.Cli.Play;
using Motion.Language.Embedding;
using Motion.Language.Tokens;
using Motion.Policies.Planning;
using Motion.Sim.Characters;

namespace Motion.Cli.Planning;

/// <summary>What is wanted, as the command line says it.</summary>
internal static class TaskChoice
{
    // Faster than any clip.
    private const double FastestSpeed = 5;

    public static Option<string?> Target { get; } = new("--target")
    {
        Description = "go-to: a point on the ground, m, seen from the start: forward and left",
        HelpName = "x,y",
    };

    public static Option<string?> Path { get; } = new("--path")
    {
        Description = "follow: points on the ground, m, seen from the start",
        HelpName = "x,y;x,y…",
    };

    public static Option<double?> Heading { get; } = new("--heading")
    {
        Description = "face: a direction, degrees to the left of the start's",
        HelpName = "degrees",
    };

    public static Option<double?> Speed { get; } = new("--speed")
    {
        Description = "keep-speed: m/s; go-to and follow: what is fast enough",
        HelpName = "m/s",
    };

    public static Option<string[]> Avoid { get; } = new("--avoid")
    {
        Description = "also stay out of a circle, m, seen from the start; may be given several times",
        HelpName = "x,y,r",
        DefaultValueFactory = _ => [],
    };

    public static Option<string?> Like { get; } = new("--like")
    {
        Description = "also move as a sentence says; alone for the task 'like'",
        HelpName = "sentence",
    };

    /// <summary>All options of a task.</summary>
    public static IReadOnlyList<Option> All { get; } = [Target, Path, Heading, Speed, Avoid, Like];

    /// <summary>The paper's six tasks.</summary>
    public static IReadOnlyList<(string Name, BodyTask Task)> Body { get; } =
    [
        ("speed", BodyTask.Speed), ("forward", BodyTask.Forward), ("backward", BodyTask.Backward), ("shift-left", BodyTask.ShiftLeft), ("jump", BodyTask.Jump), ("rotate", BodyTask.Rotate),
    ];

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Body.Select(task => task.Name), "go-to", "face", "keep-speed", "follow", "like"];

    /// <summary>What is wanted.</summary>
    /// <param name="context">The invocation.</param>
    /// <param name="name">Name of the task.</param>
    /// <param name="sentence">Receives the latent of the sentence to move like, if one was said.</param>
    /// <returns>For where an episode starts: what is wanted.</returns>
    /// <exception cref="MotionException">There is no such task, or it lacks or cannot reach what it wants.</exception>
    public static Func<GroundPlace, IObjective> Read(CommandContext context, string name, out float[]? sentence)
    {
        if (!Names.Contains(name))
        {
            string? nearest = NearestName.Find(name, Names);
            throw Wrong($"--task {name}: there is no such task{(nearest is null ? "" : $"; did you mean '{nearest}'?")}; there are {string.Join(", ", Names)}");
        }

        Func<GroundPlace, IObjective> main = Wanted(context, name);
        (Vector2 Centre, float Radius)[] circles = [.. (context.Value(Avoid) ?? []).Select(text => Circle(text))];
        Gait gait = context.Value(Like) is { } said ? GaitOf(context, said) : Gait.None;
        sentence = gait.Sentence.IsEmpty ? null : [.. gait.Sentence];
        return start =>
        {
            IObjective wanted = gait.Of(main(start));
            return circles.Length == 0 ? wanted : new WeightedObjective([(1, wanted), (5, new AvoidCircles([.. circles.Select(circle => (From(start, circle.Centre), circle.Radius))]))]);
        };
    }

    /// <summary>A point that was given as seen from a start, in the world.</summary>
    public static Vector2 From(GroundPlace start, Vector2 seen)
    {
        (float sine, float cosine) = MathF.SinCos(start.Heading);
        return start.Position + new Vector2((cosine * seen.X) - (sine * seen.Y), (sine * seen.X) + (cosine * seen.Y));
    }

    /// <summary>The point of <c>--target</c>; null when not given.</summary>
    public static Vector2? TargetOf(CommandContext context)
    {
        if (context.Value(Target) is not { } text)
        {
            return null;
        }

        float[] numbers = Numbers(text, 2, "--target");
        Vector2 target = new(numbers[0], numbers[1]);
        double most = FastestSpeed * context.Value(PlanningOptions.Seconds);
        return target.Length() <= most
            ? target
            : throw Wrong($"--target {text}: is {target.Length():0.#} m away; in {context.Value(PlanningOptions.Seconds):0.#} s nobody here gets further than {most:0.#} m: choose a nearer one, or more --seconds");
    }

    private static Func<GroundPlace, IObjective> Wanted(CommandContext context, string name)
    {
        if (Body.FirstOrDefault(task => task.Name == name) is { Name: not null } body)
        {
            return _ => new BodyObjective(body.Task);
        }

        double? speed = context.Value(Speed);
        float enough = (float)(speed ?? 1.3);
        Require(speed is null or (>= 0 and <= FastestSpeed), $"--speed {speed}: wanted 0 to {FastestSpeed} m/s");
        switch (name)
        {
            case "go-to":
                Vector2 target = TargetOf(context) ?? throw Wrong("--task go-to wants --target x,y");
                return start => new GoToPoint(From(start, target)) { Speed = enough };
            case "face":
                double heading = context.Value(Heading) ?? throw Wrong("--task face wants --heading degrees");
                Require(double.IsFinite(heading), $"--heading {heading}: wanted a finite number of degrees");
                return start => new FaceDirection(start.Heading + (float)(heading * Math.PI / 180));
            case "keep-speed":
                return _ => new KeepSpeed((float)(speed ?? throw Wrong("--task keep-speed wants --speed m/s")));
            case "follow":
                string[] points = (context.Value(Path) ?? throw Wrong("--task follow wants --path x,y;x,y")).Split(';', StringSplitOptions.RemoveEmptyEntries);
                Require(points.Length > 1, "--path wants two or more points: x,y;x,y");
                Vector2[] path = [.. points.Select(point => Numbers(point, 2, "--path")).Select(numbers => new Vector2(numbers[0], numbers[1]))];
                return start => new FollowPath([.. path.Select(point => From(start, point))]) { Speed = enough };
            default:
                Require(context.Value(Like) is not null, "--task like wants --like \"a sentence\"");
                return _ => new WeightedObjective([]);
        }
    }

    private static (Vector2 Centre, float Radius) Circle(string text)
    {
        float[] numbers = Numbers(text, 3, "--avoid");
        Require(numbers[2] > 0, $"--avoid {text}: the radius must be above 0");
        return (new Vector2(numbers[0], numbers[1]), numbers[2]);
    }

    /// <summary>What a sentence says of how to move; <c>--speed</c> overrules how fast.</summary>
    private static Gait GaitOf(CommandContext context, string sentence)
    {
        using SentenceEmbedding embedding = SentenceEmbedding.Load(ShippedModels.Embedding(), SentenceTokenizer.Create());
        using TorchSharp.DisposeScope scope = TorchSharp.torch.NewDisposeScope();
        return new Gait([.. embedding.EmbedSentences([sentence]).data<float>().ToArray()], (float?)context.Value(Speed) ?? PaceOf(context, embedding, sentence));
    }

    private static float? PaceOf(CommandContext context, SentenceEmbedding embedding, string sentence)
    {
        using ClipSkills clips = ClipSkills.OfCatalog(context.Value(PlanningOptions.Motions), CharacterLibrary.Resolve(context.Value(ActingOptions.For)!));
        using SentenceUnderstanding understanding = new(embedding, clips.Captions);
        UnderstoodSentence understood = understanding.Understand(sentence);
        return understood.IsUnderstood ? Gait.PaceOf(clips.Clip(understood.Nearest[0].Caption.Clip)) : null;
    }

    private static float[] Numbers(string text, int count, string option)
    {
        string[] parts = text.Split(',');
        float[] numbers = new float[count];
        bool fits = parts.Length == count;
        for (int index = 0; fits && index < count; index++)
        {
            fits = float.TryParse(parts[index], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[index]) && float.IsFinite(numbers[index]);
        }

        return fits ? numbers : throw Wrong($"{option} {text}: wanted {count} finite numbers, in metres, like {(count == 2 ? "3,-1.5" : "3,-1.5,0.5")}");
    }

    private static void Require(bool holds, string problem)
    {
        if (!holds)
        {
            throw Wrong(problem);
        }
    }

    private static MotionException Wrong(string problem) => new(ExitCode.BadConfiguration, problem);
}
