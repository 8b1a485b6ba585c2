using System.CommandLine;
using System.Text.Json.Nodes;
using Motion.Cli.Exporting;
using Motion.Sim.Clips;
using Motion.Sim.Clips.Catalog;
using Motion.Sim.Clips.Writing;

namespace Motion.Cli.Commands;

/// <summary><c>./motion export SOURCE --out a.bvh,b.glb</c>: takes a motion out to animation tools.</summary>
internal static class ExportCommand
{
    private static readonly Argument<string> Source = new("source")
    {
        Description = "a shipped clip's id (walk_forward), a motion file (.bvh, .amc, .npz …), a recording (.npz), or a run's folder: its newest recording",
    };

    private static readonly Option<string> Out = new("--out")
    {
        Description = "files to write, with commas between; each ending tells the format: .bvh, .glb, .npz (a clip), .csv (joints)",
        HelpName = "files",
        Required = true,
    };

    private static readonly Option<double?> FrameRate = new("--fps")
    {
        Description = "frames per second of the files; the motion's own when not given",
        HelpName = "number",
    };

    private static readonly Option<bool> NoRootMotion = new("--no-root-motion")
    {
        Description = "keep the figure over the origin, while it still rises, sinks and turns",
    };

    private static readonly Option<string> Skeleton = new("--skeleton")
    {
        Description = "whose skeleton the files are on: character (in a T-pose at rest), own (the source's, likewise), or a motion file of your rig to retarget back to",
        HelpName = "character|own|file",
        DefaultValueFactory = _ => "character",
    };

    private static readonly Option<string?> Character = new("--character")
    {
        Description = "who moves: a shipped character's name or a character's file; humanoid, or whoever a recording names, when not given",
        HelpName = "name",
    };

    private static readonly Option<string?> Motions = new("--motions")
    {
        Description = "folder with the catalogue that the id is looked up in; the shipped clips when not given",
        HelpName = "folder",
    };

    private static readonly Option<bool> ZUp = new("--z-up")
    {
        Description = "write BVH in metres with Z up, facing X, instead of centimetres with Y up, facing Z",
    };

    /// <summary>Creates the command.</summary>
    public static Command Create() => new Command("export", "takes a motion out: BVH, glTF, NumPy, CSV")
    {
        Source, Out, FrameRate, NoRootMotion, Skeleton, Character, Motions, ZUp,
    }.Runs(Run);

    private static Outcome Run(CommandContext context)
    {
        ExportRequest request = new(context.Value(Source), context.Value(Skeleton)!, context.Value(Character), context.Value(Motions));
        ExportOptions options = new()
        {
            FrameRate = context.Value(FrameRate),
            RootMotion = !context.Value(NoRootMotion),
            BvhAxes = context.Value(ZUp) ? ExportAxes.MetresZUp : ExportAxes.CentimetresYUp,
        };
        string[] paths = context.Value(Out)!.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        MotionExport.DemandNames(paths);
        request.DemandOthers(paths);
        ExportMotion motion = request.Prepare();
        IReadOnlyList<string> written = MotionExport.Write(paths, motion, options);

        Clip clip = MotionExport.Shaped(motion.Clip, options);
        ClipLicence? licence = KnownLicences.All.FirstOrDefault(known => known.Id == clip.Licence);
        foreach (string path in written)
        {
            context.Output.Line($"{path}  {new FileInfo(path).Length:N0} bytes");
        }

        context.Output.Line($"{clip.Name}: {clip.FrameCount} frames at {clip.FrameRate:0.###} per second, {clip.Duration:0.00} s, {clip.Skeleton.Joints.Count(joint => !joint.IsEnd)} joints");
        context.Output.Line(clip.Licence.Length == 0
            ? "licence: unknown; the source tells none, so find out before you pass the files on"
            : $"licence: {clip.Licence}{(licence is null ? "" : $": {licence.Terms}")}");
        if (licence?.Acknowledgement.Length > 0)
        {
            context.Output.Line($"please say: {licence.Acknowledgement}");
        }

        foreach (string remark in motion.Remarks)
        {
            context.Output.Note(remark);
        }

        return new JsonObject
        {
            ["files"] = new JsonArray([.. written.Select(path => (JsonNode)path)]),
            ["clip"] = clip.Name,
            ["frames"] = clip.FrameCount,
            ["fps"] = clip.FrameRate,
            ["duration_s"] = clip.Duration,
            ["joints"] = clip.Skeleton.Joints.Count(joint => !joint.IsEnd),
            ["licence"] = clip.Licence.Length == 0 ? null : clip.Licence,
            ["captions"] = new JsonArray([.. clip.Captions.Select(caption => (JsonNode)caption)]),
        };
    }
}
