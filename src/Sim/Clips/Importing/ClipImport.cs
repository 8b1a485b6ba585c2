using Motion.Sim.Characters;
using Motion.Sim.Clips.Analysis;
using Motion.Sim.Clips.Catalog;
using Motion.Sim.Clips.Retargeting;

namespace Motion.Sim.Clips.Importing;

/// <summary>A motion that was imported.</summary>
/// <param name="Entry">What is known about it; its file is where it came from.</param>
/// <param name="Format">What kind of file that was.</param>
/// <param name="Recording">What was recorded, and what was assumed to understand it.</param>
/// <param name="Retargeted">The character's motion, at the recording's own rate, and how well it follows.</param>
public sealed record ImportedClip(CatalogEntry Entry, ClipFormat Format, AnalysedClip Recording, RetargetedClip Retargeted)
{
    /// <summary>The id of the clip that this is the mirror image of; null when it is none.</summary>
    public string? MirrorOf { get; init; }

    /// <summary>The same with left and right exchanged, in motion and captions.</summary>
    /// <param name="mirror">Exchanges the character's sides.</param>
    public ImportedClip Mirrored(CharacterClipMirror mirror)
    {
        ArgumentNullException.ThrowIfNull(mirror);
        string id = Entry.Id + "_mirrored";
        CharacterClip clip = mirror.Mirror(Retargeted.Clip, id);
        return this with
        {
            Entry = Entry with { Id = id, Captions = clip.Captions },
            Retargeted = Retargeted with { Clip = clip, Cycle = Retargeted.Cycle is { } cycle ? mirror.Mirror(cycle, id) : null },
            MirrorOf = Entry.Id,
        };
    }
}

/// <summary>Brings motions to a character: reads, understands, retargets. One instance serves one thread.</summary>
/// <param name="character">Whose motion they become.</param>
/// <param name="map">What a person knows about their skeletons, or null.</param>
/// <param name="licence">Licence of motions that tell none; may be empty.</param>
/// <param name="keepOpen">Whether cycles are left as they were recorded.</param>
public sealed class ClipImport(Character character, SkeletonMap? map = null, string licence = "", bool keepOpen = false)
{
    private readonly Retargeter retargeter = new(character);

    /// <summary>Imports a motion.</summary>
    /// <exception cref="InputException">It is not good, or is not understood; the file is named.</exception>
    public ImportedClip Import(ImportInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        RawClip raw = input.Read();
        CatalogEntry entry = input.Entry with
        {
            Captions = raw.Captions,
            Licence = raw.Licence.Length > 0 ? raw.Licence : licence,
            Loop = raw.Loops ?? false,
        };
        AnalysedClip recording;
        try
        {
            recording = SkeletonAnalysis.Analyse(raw with { Name = entry.Id, Licence = entry.Licence }, map);
        }
        catch (InputException problem) when (problem.File == entry.Id)
        {
            // The analysis knows the recording by its name only.
            throw new InputException(entry.File, 0, 0, problem.Problem, problem);
        }

        RetargetedClip retargeted = retargeter.Retarget(recording, entry.Loop);
        return keepOpen
            ? new ImportedClip(entry, raw.Format, recording, retargeted with { Cycle = null })
            : new ImportedClip(entry with { Loop = retargeted.Cycle is not null }, raw.Format, recording, retargeted);
    }
}
