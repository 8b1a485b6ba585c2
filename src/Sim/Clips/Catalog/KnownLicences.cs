using System.Collections.Immutable;

namespace Motion.Sim.Clips.Catalog;

/// <summary>Terms of the licences that the clips and captions of public collections are under.</summary>
public static class KnownLicences
{
    /// <summary>The licences.</summary>
    public static ImmutableArray<ClipLicence> All { get; } =
    [
        new(
            "CMU-mocap",
            "Carnegie Mellon University Graphics Lab Motion Capture Database: \"This data is free for use in research projects. You may "
            + "include this data in commercially-sold products, but you may not resell this data directly, even in converted form.\"",
            "The data used in this project was obtained from mocap.cs.cmu.edu. "
            + "The database was created with funding from NSF EIA-0196217."),
        new(
            "MIT (HumanML3D)",
            "MIT licence, Copyright (c) 2022 Chuan Guo. Captions from Guo et al., \"Generating Diverse and Natural 3D Human Motions From "
            + "Text\", CVPR 2022.",
            ""),
        new("MIT (DeepMimic)", "MIT licence, Copyright (c) 2018 Xue Bin Peng.", ""),
        new("project", "The licence of this project.", ""),
    ];

    /// <summary>Those of them that clips of a catalogue name.</summary>
    public static ImmutableArray<ClipLicence> Of(IEnumerable<CatalogEntry> entries)
    {
        HashSet<string> named = [.. entries.SelectMany(entry => new[] { entry.Licence, entry.CaptionLicence })];
        return [.. All.Where(licence => named.Contains(licence.Id))];
    }
}
