using Motion.Distillation.Embedding;
using Motion.Sim.Clips.Catalog;
using Motion.Sim.Clips.Library;
using Motion.Sim.Clips.Retargeting;
using Motion.Sim.Tests.Tracking;
using Motion.Testing;

namespace Motion.Distillation.Tests.Embedding;

public sealed class EmbeddingClipsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_packed_library_is_read_with_the_captions_beside_it()
    {
        CharacterClip motion = TestMotions.Gliding() with { IsLoop = false };
        EmbeddingClip clip = Assert.Single(Read(Write("one", [motion], "gliding", "unsaid")));
        Assert.Equal(("gliding", "a person glides"), (clip.Name, Assert.Single(clip.Captions)));
        float[] wanted = new MotionFeatures(TestMotions.Humanoid, 15).Of(motion);
        Assert.Equal(wanted.Length, clip.Features.Length);
        Assert.All(wanted.Zip(clip.Features.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-3));
        // Turning rate, the first feature, changes its sign in the mirror.
        Assert.Equal(-wanted[0], clip.Mirrored.Span[0], 1e-3);
    }

    [Fact]
    public void Captions_of_a_clip_that_is_not_there_are_named()
    {
        string folder = Write("one", [TestMotions.Gliding()], "gliding", "", "vanished");
        Assert.Contains("holds no clip 'vanished'", Assert.Throws<InputException>(() => Read(folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_clip_that_two_folders_hold_is_named()
    {
        string one = Write("one", [TestMotions.Gliding()], "gliding", "");
        string two = Write("two", [TestMotions.Gliding()], "gliding", "");
        Assert.Contains("clip 'gliding' is in another of the folders too", Assert.Throws<InputException>(() => Read(one, two)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Folders_without_captions_or_without_a_catalogue_are_named()
    {
        Assert.Contains("holds no clips.json", Assert.Throws<InputException>(() => Read(_folder.Root)).Message, StringComparison.Ordinal);
        string silent = Write("silent", [TestMotions.Gliding()], "", "gliding");
        Assert.Contains("there is no clip with captions", Assert.Throws<InputException>(() => Read(silent)).Message, StringComparison.Ordinal);
    }

    private static IReadOnlyList<EmbeddingClip> Read(params string[] folders) => new EmbeddingClips { Character = TestMotions.Humanoid }.Read(folders, CancellationToken.None);

    // A folder with a library, a catalogue that has a caption for some clips, and none for another.
    private string Write(string name, CharacterClip[] motions, string captioned, string silent, params string[] more)
    {
        string folder = Directory.CreateDirectory(_folder.PathOf(name)).FullName;
        LibraryWriter.Write(Path.Combine(folder, "humanoid.library"), motions);
        CatalogEntry[] entries =
        [
            .. new[] { captioned }.Concat(more).Where(id => id.Length > 0).Select(id => new CatalogEntry { Id = id, File = id + ".npz", Captions = ["a person glides"] }),
            .. new[] { silent }.Where(id => id.Length > 0).Select(id => new CatalogEntry { Id = id, File = id + ".npz" }),
        ];
        new ClipCatalog { Folder = folder, Entries = [.. entries] }.Write();
        return folder;
    }
}
