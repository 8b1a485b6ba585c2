using Motion.Sim.Clips;
using Motion.Sim.Clips.Catalog;
using Motion.Testing;

namespace Motion.Sim.Tests.Clips.Catalog;

public sealed class ShippedClipsTests
{
    private static readonly string Folder = Repository.PathOf("motions");

    [Fact]
    public void Every_clip_is_read_and_is_what_the_catalogue_says()
    {
        ClipCatalog catalog = ClipCatalog.Read(Folder);
        double seconds = 0;
        foreach (CatalogEntry entry in catalog.Entries)
        {
            RawClip clip = catalog.ReadMotion(entry);
            seconds += clip.FrameCount / clip.FrameRate;
            Assert.Equal(30, clip.FrameRate);
            Assert.True(entry.Captions.Length >= 3, entry.Id);
            Assert.NotEmpty(entry.Category);
            Assert.Equal("CMU-mocap", clip.Licence);
            Assert.Contains(catalog.Licences, licence => licence.Id == entry.CaptionLicence);
        }

        Assert.Equal(60, catalog.Entries.Length);
        Assert.Equal(335.23, seconds, 0.01);
    }

    [Fact]
    public void Nothing_lies_there_that_the_catalogue_does_not_list()
    {
        string[] listed = [.. ClipCatalog.Read(Folder).Entries.Select(entry => entry.File).Distinct(), "clips.json", "README.md", "LICENSE-HumanML3D.txt"];

        Assert.Equal(listed.Order(), Directory.EnumerateFiles(Folder).Select(file => Path.GetFileName(file)).Order());
    }

    [Fact]
    public void Readme_prints_the_acknowledgement()
    {
        string readme = File.ReadAllText(Path.Combine(Folder, "README.md"));
        ClipCatalog catalog = ClipCatalog.Read(Folder);

        Assert.All(catalog.Licences, licence => Assert.Contains(licence.Id, readme, StringComparison.Ordinal));
        Assert.Contains(catalog.Licences.Single(licence => licence.Id == "CMU-mocap").Acknowledgement, readme.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [RequiresFact("corpus")]
    public void Shipped_files_are_the_converted_starter_collection()
    {
        using TempFolder folder = new();
        CatalogCopy.Write(ClipManifest.Read(Path.Combine(Requirement.Corpus, "starter", "manifest.jsonl")), folder.Root);

        // One clip with visible faults was replaced.
        string[] made = [.. Directory.EnumerateFiles(folder.Root).Select(file => Path.GetFileName(file)).Where(file => file is not ("backflip.bvh" or "clips.json")).Order()];
        Assert.Equal(57, made.Length);
        Assert.All(made, file => Assert.Equal(File.ReadAllBytes(folder.PathOf(file)), File.ReadAllBytes(Path.Combine(Folder, file))));
        string[] lines = File.ReadAllLines(Path.Combine(Folder, "clips.json"));

        // Two more are parts of its clips.
        Assert.Equal(["turn_around", "twirl", "cartwheels"], lines.Except(File.ReadAllLines(folder.PathOf("clips.json"))).Select(line => line.Split('"')[3]));
    }
}
