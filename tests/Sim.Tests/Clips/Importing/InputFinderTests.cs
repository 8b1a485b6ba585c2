using Motion.Sim.Clips.Importing;
using Motion.Sim.Clips.Readers;
using Motion.Testing;

namespace Motion.Sim.Tests.Clips.Importing;

public sealed class InputFinderTests : IDisposable
{
    private const string Catalog = """{"format": "motion-catalogue 1", "licences": [{"id": "MIT"}], "clips": [{"id": "walk", "file": "x.bvh", "span": [1, 2], "licence": "MIT"}]}""";
    private readonly TempFolder folder = new();

    [Fact]
    public void Folder_stands_for_the_motions_in_and_below_it()
    {
        folder.Write("b.bvh", BvhText.Small);
        folder.Write("sub/a.BVH", BvhText.Small);
        folder.Write("sub/dm.txt", DeepMimicText.Of(DeepMimicText.Row()));
        folder.Write("readme.txt", "no motion");
        folder.Write("take.asf", AcclaimText.Skeleton);

        ImportInputs found = InputFinder.Find([folder.Root], ReaderOptions.Default);

        Assert.Equal(["b", "a", "dm"], found.Inputs.Select(input => input.Entry.Id));
        Assert.All(found.Inputs, input => Assert.True(input.Read().FrameCount > 0));
    }

    [Fact]
    public void Catalogue_gives_its_clips_with_all_that_is_known()
    {
        folder.Write("x.bvh", BvhText.Small);
        string catalog = folder.Write("clips.json", Catalog);

        foreach (string path in new[] { catalog, folder.Root })
        {
            ImportInputs found = InputFinder.Find([path], ReaderOptions.Default);
            ImportInput input = Assert.Single(found.Inputs);
            Assert.Equal(("walk", "MIT", folder.PathOf("x.bvh")), (input.Entry.Id, input.Entry.Licence, input.Entry.File));
            Assert.Equal((1, "MIT"), (input.Read().FrameCount, input.Read().Licence));
            Assert.Equal("MIT", Assert.Single(found.Licences).Id);
        }
    }

    [Fact]
    public void Ids_are_made_from_names_and_never_alike()
    {
        string[] paths = [folder.PathOf("a b.bvh"), folder.PathOf("a_b.bvh"), folder.PathOf("sub", "A_B.bvh"), folder.PathOf("é.bvh"), folder.PathOf(new string('x', 95) + ".bvh")];

        string[] ids = [.. InputFinder.Find(paths, ReaderOptions.Default).Inputs.Select(input => input.Entry.Id)];

        Assert.Equal(["a_b", "a_b-2", "A_B-3", "clip_", new string('x', 90)], ids);
    }

    [Fact]
    public void Folder_without_motion_is_refused() =>
        Assert.Equal(
            $"{folder.Root}: there is no motion file in this folder; wanted .bvh, .amc, .npz, .txt",
            Assert.Throws<InputException>(() => InputFinder.Find([folder.Root], ReaderOptions.Default)).Message);

    public void Dispose() => folder.Dispose();
}
