using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Motion.Cli.Motions;
using Motion.Cli.Play;
using Motion.Sim.Clips.Analysis;
using Motion.Sim.Clips.Retargeting;
using Motion.Viewer.Sheets;
using Motion.Viewer.Views;

namespace Motion.Cli.Commands;

/// <summary><c>./motion view SOURCE</c>: a motion in a window, or as pictures and films drawn without one: a check sheet, one moment, a sequence, a film.</summary>
internal static class ViewCommand
{
    private const double PicturesPerSecond = 30;

    private static readonly Argument<string> Source = new("source")
    {
        Description = "a shipped clip's id (walk_forward), a motion file (.bvh, .amc, .npz …), a recording (.npz), a dump of a failed world (.npz), or a run's folder: its "
            + "newest recording",
    };

    private static readonly Option<string?> Out = new("--out")
    {
        Description = "a picture (.png) to write: a sheet of the whole motion, or one moment with --at; any other name becomes a folder of pictures; without it and --video a window opens",
        HelpName = "file|folder",
    };

    private static readonly Option<string?> Video = new("--video")
    {
        Description = "a film (.mp4) to write; needs ffmpeg",
        HelpName = "file",
    };

    private static readonly Option<int?> Frames = new("--frames")
    {
        Description = "times to show, evenly from start to end: 8 on a sheet, 30 a second in a folder or film when not given",
        HelpName = "number",
    };

    private static readonly Option<double?> At = new("--at")
    {
        Description = "show this moment only, seconds from the start",
        HelpName = "seconds",
    };

    private static readonly Option<string> Size = new("--size")
    {
        Description = "pixels of each picture that is not a sheet, even numbers",
        HelpName = "WxH",
        DefaultValueFactory = _ => "960x540",
    };

    private static readonly Option<string?> Beside = new("--beside")
    {
        Description = "another motion to show on the left, in place of the recording",
        HelpName = "source",
    };

    private static readonly Option<string?> Controller = new Option<string?>("--controller")
    {
        Description = "before anything is trained: what the simulated character does beside the clip when its joint targets are the clip's alone (zero), or chance (random)",
        HelpName = "zero|random",
    }.AcceptOnlyFromAmong("zero", "random");

    private static readonly Option<string?> Character = new("--character")
    {
        Description = "who moves: a shipped character's name or a character's file; humanoid, or whoever a recording names, when not given",
        HelpName = "name",
    };

    private static readonly Option<string?> Map = new("--map")
    {
        Description = "JSON file with what you know better about a motion file's skeleton",
        HelpName = "file",
    };

    private static readonly Option<string?> Motions = new("--motions")
    {
        Description = "folder with the catalogue that ids are looked up in; the shipped clips when not given",
        HelpName = "folder",
    };

    /// <summary>Creates the command.</summary>
    public static Command Create() => new Command("view", "look at a motion, in a window or as pictures and films: recorded beside performed, contacts, speed")
    {
        Source, Out, Video, Frames, At, Size, Beside, Controller, Character, Map, Motions,
    }.Runs(Run);

    private static async Task<Outcome> Run(CommandContext context)
    {
        ViewRequest request = ViewRequest.Check(context.Value(Out), context.Value(Video), context.Value(Frames), context.Value(At), context.Value(Size)!);
        SkeletonMap? map = context.Value(Map) is { } file ? SkeletonMap.Read(file) : null;
        MotionSource motion = MotionSource.Find(context.Value(Source), context.Value(Character), context.Value(Motions), map);
        CharacterClip? beside = context.Value(Beside) is { } other ? MotionSource.Find(other, context.Value(Character), context.Value(Motions)).Clip : null;
        if (context.Value(Controller) is { } controller)
        {
            IClipActor actor = controller == "zero" ? new ZeroActor() : new RandomActor((ulong)context.Seed);
            (motion, beside) = (new MotionSource(ControlledMotion.Of(motion.Clip, actor).ToClip(), null), motion.Clip);
        }

        if (request.At is { } moment && moment > motion.Clip.Duration)
        {
            throw new MotionException(ExitCode.BadInput, string.Create(CultureInfo.InvariantCulture, $"--at {moment}: '{motion.Clip.Name}' lasts {motion.Clip.Duration:0.00} s"));
        }

        if (request.IsShown)
        {
            Display.Need("name what to write: --out sheet.png, --out folder, or --video film.mp4", () => ViewWindow.Show(
                motion.Clip, motion.Recorded, beside, new ViewWindowOptions(), context.Cancellation));
            return Told(request, motion, [], context.Output);
        }

        MotionView view = new(motion.Clip, motion.Recorded, beside);
        double[] times = request.Times(motion.Clip.Duration, PicturesPerSecond);
        await Write(request, motion, view, times, context);
        if (motion.Remark is { } remark)
        {
            context.Output.Line(remark);
        }

        return Told(request, motion, times, context.Output);
    }

    private static async Task Write(ViewRequest request, MotionSource motion, MotionView view, double[] times, CommandContext context)
    {
        if (request.Sheet is { } sheet)
        {
            CheckSheet.Write(sheet, motion.Recorded, motion.Clip, request.Columns);
        }
        else if (request.Picture is { } picture)
        {
            view.Write(picture, request.At ?? 0, request.Width, request.Height);
        }

        // Kept at hand when both a folder and a film are asked for, it would be gigabytes: each is drawn anew.
        if (request.Folder is { } folder)
        {
            await context.Output.Progress("drawing", times.Length, "pictures", progress => Task.Run(() =>
            {
                AtomicFolder.Write(folder, _ => false, place =>
                {
                    for (int index = 0; index < times.Length; index++)
                    {
                        context.Cancellation.ThrowIfCancellationRequested();
                        view.Write(Path.Combine(place, $"{index:00000}.png"), times[index], request.Width, request.Height);
                        progress.Report(new ProgressReport(index + 1, ""));
                    }
                });
                return times.Length;
            }));
        }

        if (request.Film is { } film)
        {
            double rate = times.Length > 1 ? (times.Length - 1) / motion.Clip.Duration : 1;
            await context.Output.Progress("drawing", times.Length, "pictures", progress => Task.Run(() =>
            {
                int done = 0;
                FilmFile.Write(film, request.Width, request.Height, rate, times.Select(time =>
                {
                    context.Cancellation.ThrowIfCancellationRequested();
                    progress.Report(new ProgressReport(++done, ""));
                    return view.Draw(time, request.Width, request.Height);
                }));
                return times.Length;
            }));
        }
    }

    private static JsonObject Told(ViewRequest request, MotionSource motion, double[] times, Output output)
    {
        string[] written = [.. new[] { request.Sheet, request.Picture, request.Folder, request.Film }.OfType<string>()];
        CharacterClip clip = motion.Clip;
        float share = clip.Contacts.Count(contact => contact != FootContacts.None) / (float)clip.FrameCount;
        output.Line($"{clip.Name}: {clip.FrameCount} frames at {clip.FrameRate:0.###} per second, {clip.Duration:0.00} s, on the ground {share * 100:0} % of the time");
        foreach (string path in written)
        {
            output.Line(path);
        }

        return new JsonObject
        {
            ["files"] = new JsonArray([.. written.Select(path => (JsonNode)path)]),
            ["clip"] = clip.Name,
            ["duration_s"] = clip.Duration,
            ["pictures"] = request.Sheet is not null && request.Film is null ? 1 : request.Picture is not null && request.Film is null ? 1 : times.Length,
            ["recorded_beside"] = motion.Recorded is not null,
            ["contact_share"] = share,
            ["remark"] = motion.Remark,
        };
    }
}
