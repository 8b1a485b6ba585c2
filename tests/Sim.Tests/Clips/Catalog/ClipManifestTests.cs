using System.Text;
using Motion.Sim.Clips.Catalog;
using Motion.Testing;

namespace Motion.Sim.Tests.Clips.Catalog;

public sealed class ClipManifestTests
{
    private const string Row =
        """{"id": "cmu_06_07", "file": "cmu/bvh/06_07.bvh", "trial": "06_07", "fps": 60, "start_frame": 0, "end_frame": 2, "captions": ["walks back"], "added_captions": ["dribbles"], "quality": {"frames": 144}, "description": "dribble", "category": ["walk"], "flags": ["loop"], "licence": "CMU-mocap", "caption_licence": "same as the project", "split": "val"}""";

    [Fact]
    public void Row_becomes_an_entry()
    {
        CatalogEntry entry = Assert.Single(Read(Row + "\n\n"));

        Assert.Equal(("06_07", "cmu/bvh/06_07.bvh", new FrameSpan(0, 2)), (entry.Id, entry.File, entry.Span));
        Assert.Equal(["walks back", "dribbles"], entry.Captions.ToArray());
        Assert.Equal(("CMU-mocap", "project", ClipSplit.Validation, true), (entry.Licence, entry.CaptionLicence, entry.Split, entry.Loop));
        Assert.Equal("CMU trial 06_07: dribble", entry.Source);
    }

    [Fact]
    public void Count_of_added_captions_adds_none() =>
        Assert.Equal(["walks back"], Assert.Single(Read(Row.Replace("[\"dribbles\"]", "1", StringComparison.Ordinal))).Captions.ToArray());

    [Fact]
    public void Errors_tell_the_line_of_the_row()
    {
        Assert.Equal("m.jsonl:3:8: the id '06_07' is there already", Assert.Throws<InputException>(() => Read(Row + "\n\n" + Row)).Message);
        Assert.Equal("m.jsonl:2:1: this is not JSON: a bracket, quote, comma or number is broken or missing here", Assert.Throws<InputException>(() => Read(Row + "\nx")).Message);
    }

    [Fact]
    public void Files_are_found_beside_the_manifest_s_folder_and_copied_into_one()
    {
        using TempFolder folder = new();
        folder.Write("cmu/bvh/06_07.bvh", BvhText.Small);
        ClipCatalog catalog = ClipManifest.Read(folder.Write("cmu/manifest.jsonl", Row));

        ClipCatalog copy = CatalogCopy.Write(catalog, folder.PathOf("out"));

        Assert.Equal(["06_07.bvh", "clips.json"], Directory.EnumerateFiles(folder.PathOf("out")).Select(Path.GetFileName).Order());
        Assert.Equal("06_07.bvh", ClipCatalog.Read(folder.PathOf("out")).Find("06_07").File);
        Assert.Equal(2, copy.ReadMotion(copy.Entries[0]).FrameCount);
        Assert.Equal(["CMU-mocap", "project"], copy.Licences.Select(licence => licence.Id));
    }

    [Fact]
    public void Clip_longer_than_its_file_copies_nothing()
    {
        using TempFolder folder = new();
        folder.Write("cmu/bvh/06_07.bvh", BvhText.Small);
        ClipCatalog catalog = ClipManifest.Read(folder.Write("cmu/manifest.jsonl", Row.Replace("\"end_frame\": 2", "\"end_frame\": 3", StringComparison.Ordinal)));

        Assert.Throws<InputException>(() => CatalogCopy.Write(catalog, folder.PathOf("out")));
        Assert.False(Directory.Exists(folder.PathOf("out")));
    }

    [Fact]
    public void Missing_files_are_said()
    {
        using TempFolder folder = new();
        string manifest = folder.Write("cmu/manifest.jsonl", Row);

        Assert.Equal(
            $"{manifest}: not all of its files are there: looked in {folder.PathOf("cmu")} and {folder.Root}",
            Assert.Throws<InputException>(() => ClipManifest.Read(manifest)).Message);
    }

    private static IReadOnlyList<CatalogEntry> Read(string text) => ClipManifest.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "m.jsonl", "cmu_");
}
