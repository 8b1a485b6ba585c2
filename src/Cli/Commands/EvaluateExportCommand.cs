using System.CommandLine;
using Motion.Cli.Exporting;
using Motion.Cli.Motions;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Catalog;

namespace Motion.Cli.Commands;

/// <summary><c>./motion evaluate export</c>: what motions lose on their way out and back.</summary>
/// <remarks>
/// Each clip is given to the character, written in every format and read back. Keys of the JSON object: <c>clips</c>, <c>frames</c>;
/// <c>X_rotation_rad</c> and <c>X_position_mm</c> for X = bvh, bvh_z_up, gltf, npz, and <c>csv_position_mm</c>: the largest difference of any joint in
/// any frame of any clip; <c>gltf_validator_complaints</c>: errors, warnings, infos and hints of the Khronos validator about all files, null where it
/// is not installed; <c>blender_position_mm</c>: the largest distance of a bone in Blender from our joint, over the BVH and glTF files, null
/// likewise; <c>own_rig_position_mm_…</c> and <c>own_rig_direction_rad_…</c>: how far the motion, given back to the rig it came from, is from the
/// recording: per clip the median over roles and frames of places and of limb directions, of these the <c>median</c> and the <c>worst_clip</c>;
/// <c>within_limits</c>. The exit code is 4 where a limit is broken.
/// </remarks>
internal static class EvaluateExportCommand
{
    private static readonly Argument<string[]> Clips = new("clips")
    {
        Description = "ids of the clips to take out; all of the catalogue when none is given",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<string> Character = new("--character")
    {
        Description = "who moves: a shipped character's name or a character's file",
        HelpName = "name",
        DefaultValueFactory = _ => "humanoid",
    };

    private static readonly Option<string?> Motions = new("--motions")
    {
        Description = "folder with the catalogue of the clips; the shipped clips when not given",
        HelpName = "folder",
    };

    private static readonly Option<string?> Keep = new("--keep")
    {
        Description = "folder to leave the exported files in; they are removed when not given",
        HelpName = "folder",
    };

    /// <summary>Creates the command.</summary>
    public static Command Create() => new Command("export", "what motions lose on their way out to files and back, and what Blender and the glTF validator make of them")
    {
        Clips, Character, Motions, Keep,
    }.Runs(Run);

    private static async Task<Outcome> Run(CommandContext context)
    {
        string motions = context.Value(Motions) ?? MotionFolder.Shipped();
        string[] ids = context.Value(Clips) is { Length: > 0 } named ? named : [.. ClipCatalog.Read(motions).Entries.Select(entry => entry.Id)];
        string folder = context.Value(Keep) ?? Directory.CreateTempSubdirectory("motion-export-").FullName;
        try
        {
            ExportEvaluation evaluation = new(CharacterLibrary.Resolve(context.Value(Character)!), motions, Path.GetFullPath(folder));
            await context.Output.Progress("exporting", ids.Length, "clips", async progress =>
            {
                for (int clip = 0; clip < ids.Length; clip++)
                {
                    context.Cancellation.ThrowIfCancellationRequested();
                    await Task.Run(() => evaluation.Add(ids[clip]), context.Cancellation);
                    progress.Report(new ProgressReport(clip + 1, ids[clip]));
                }

                return ids.Length;
            });
            return evaluation.Finish(context.Output);
        }
        finally
        {
            if (context.Value(Keep) is null)
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }
}
