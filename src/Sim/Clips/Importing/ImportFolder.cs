using System.Text.Json;
using System.Text.Json.Nodes;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Catalog;
using Motion.Sim.Clips.Library;
using Motion.Sim.Clips.Npz;
using Motion.Sim.Clips.Retargeting;
using Motion.Sim.Clips.Writing;

namespace Motion.Sim.Clips.Importing;

/// <summary>
/// What an import leaves in its folder: <c>clips.json</c>, for each clip <c>ID.npz</c> with the character's motion on the character's
/// skeleton at the recording's own rate, the packed library <c>CHARACTER.library</c> at the control rate and with cycles closed, and
/// <c>report.json</c>.
/// </summary>
public static class ImportFolder
{
    /// <summary>Name of the report.</summary>
    public const string ReportName = "report.json";

    /// <summary>Ending of the packed library.</summary>
    public const string LibraryEnding = ".library";

    /// <summary>Writes everything into a folder, which is there and empty.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="clips">The clips, at least one, of one character.</param>
    /// <param name="licences">Licences whose terms are known.</param>
    /// <param name="controlRate">Frames a second of the packed library.</param>
    /// <exception cref="MotionException">The folder cannot be written.</exception>
    public static void Write(string folder, IReadOnlyList<ImportedClip> clips, IEnumerable<ClipLicence> licences, double controlRate)
    {
        ArgumentNullException.ThrowIfNull(clips);
        Character character = clips[0].Retargeted.Clip.Character;
        CharacterSkeleton skeleton = CharacterSkeleton.Of(character);
        foreach (ImportedClip clip in clips)
        {
            CharacterClip motion = clip.Retargeted.Clip;
            ClipNpz.Write(
                Path.Combine(folder, clip.Entry.Id + ".npz"),
                skeleton.ToClip(clip.Entry.Id, motion.FrameRate, motion.Positions) with
                {
                    Licence = motion.Licence,
                    Captions = motion.Captions,
                });
        }

        LibraryWriter.Write(
            Path.Combine(folder, character.Name + LibraryEnding), [.. clips.Select(clip => clip.Retargeted.Motion.Resample(controlRate))]);
        AtomicFile.Write(Path.Combine(folder, ReportName), stream =>
        {
            using Utf8JsonWriter writer = new(stream, new JsonWriterOptions { Indented = true });
            JsonArray reports = [.. clips.Select(ImportReport.Of)];
            new JsonObject { ["character"] = character.Name, ["clips"] = reports }.WriteTo(writer);
        });
        CatalogEntry[] entries = [.. clips.Select(clip => clip.Entry with
        {
            File = clip.Entry.Id + ".npz",
            Span = null,
            FrameRate = null,
            Source = clip.Entry.Source.Length > 0 ? clip.Entry.Source : Path.GetFileName(clip.Entry.File),
        })];
        ClipLicence[] known = [.. licences, .. KnownLicences.Of(entries)];
        new ClipCatalog { Folder = folder, Entries = [.. entries], Licences = [.. known.DistinctBy(licence => licence.Id)] }.Write();
    }
}
