using System.Text;
using Motion.Sim.Clips;
using Motion.Sim.Clips.Catalog;
using Motion.Testing;

namespace Motion.Sim.Tests.Clips.Catalog;

public sealed class ClipCatalogTests
{
    private const string Small = """
        {
        "format": "motion-catalogue 1",
        "licences": [
        {"id": "CMU-mocap", "terms": "free for use", "acknowledgement": "obtained from mocap.cs.cmu.edu"}
        ],
        "clips": [
        {"id": "walk", "file": "sub/walk.bvh", "span": [0, 1], "captions": ["a person walks", "Hüfte"], "category": ["walk"], "flags": ["airborne"], "licence": "CMU-mocap", "captionLicence": "MIT", "split": "val", "loop": true, "source": "07_01"},
        {"id": "rest", "file": "rest.amc", "frameRate": 59.94, "split": "train"}
        ]
        }

        """;

    [Fact]
    public void Every_key_is_read()
    {
        ClipCatalog catalog = Read(Small);

        Assert.Equal([new ClipLicence("CMU-mocap", "free for use", "obtained from mocap.cs.cmu.edu")], catalog.Licences.ToArray());
        CatalogEntry walk = catalog.Find("walk");
        Assert.Equal(("walk", "sub/walk.bvh", new FrameSpan(0, 1)), (walk.Id, walk.File, walk.Span));
        Assert.Equal(["a person walks", "Hüfte"], walk.Captions.ToArray());
        Assert.Equal(["walk"], walk.Category.ToArray());
        Assert.Equal(["airborne"], walk.Flags.ToArray());
        Assert.Equal(("CMU-mocap", "MIT", ClipSplit.Validation, true, "07_01"), (walk.Licence, walk.CaptionLicence, walk.Split, walk.Loop, walk.Source));
        CatalogEntry rest = catalog.Find("rest");
        Assert.Equal((59.94, null, ClipSplit.Train, false, ""), (rest.FrameRate, rest.Span, rest.Split, rest.Loop, rest.Licence));
        Assert.Empty(rest.Captions);
    }

    [Fact]
    public void Written_catalogue_is_the_text_it_was_read_from()
    {
        using TempFolder folder = new();
        folder.Write("clips.json", Small);
        ClipCatalog.Read(folder.Root).Write();

        Assert.Equal(Small, File.ReadAllText(folder.PathOf("clips.json")));
    }

    [Fact]
    public void Motion_is_cut_to_its_span_and_carries_captions_and_licence()
    {
        using TempFolder folder = new();
        folder.Write("clips.json", Small);
        folder.Write("sub/walk.bvh", BvhText.Small);
        ClipCatalog catalog = ClipCatalog.Read(folder.PathOf("clips.json"));

        RawClip clip = catalog.ReadMotion(catalog.Find("walk"));

        Assert.Equal(("walk", 1, "CMU-mocap", true), (clip.Name, clip.FrameCount, clip.Licence, clip.Loops));
        Assert.Equal(3, clip.Rotations.Length);
        Assert.Equal(["a person walks", "Hüfte"], clip.Captions.ToArray());
    }

    [Fact]
    public void Span_past_the_end_is_refused()
    {
        using TempFolder folder = new();
        folder.Write("clips.json", Small.Replace("[0, 1]", "[1, 3]", StringComparison.Ordinal));
        folder.Write("sub/walk.bvh", BvhText.Small);
        ClipCatalog catalog = ClipCatalog.Read(folder.Root);

        Assert.Equal(
            $"{folder.PathOf("clips.json")}: clip 'walk' ends at frame 3, sub/walk.bvh has 2",
            Assert.Throws<InputException>(() => catalog.ReadMotion(catalog.Find("walk"))).Message);
    }

    [Fact]
    public void Unknown_clip_names_the_nearest()
    {
        string message = Assert.Throws<InputException>(() => Read(Small).Find("wlak")).Message;

        Assert.EndsWith("clips.json: there is no clip 'wlak'; did you mean 'walk'?", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"captions\": [\"a", "\"caption\": [\"a", "7:56: there is no key 'caption' here; did you mean 'captions'?")]
    [InlineData("\"source\": \"07_01\"", "\"colour\": \"blue\"", "7:221: there is no key 'colour' here; there are: id, file, span, frameRate, captions, category, flags, licence, captionLicence, split, loop, source")]
    [InlineData("\"terms\"", "\"term\"", "4:21: there is no key 'term' here; did you mean 'terms'?")]
    [InlineData("catalogue 1", "catalogue 2", "2:11: wanted format 'motion-catalogue 1', found 'motion-catalogue 2'")]
    [InlineData("\"id\": \"rest\"", "\"id\": \"WALK\"", "8:8: the id 'WALK' is there already")]
    [InlineData("\"id\": \"rest\"", "\"id\": \"../x\"", "8:8: wanted an id of 1 to 100 letters, digits, '.', '_' and '-' that starts with a letter or digit, found '../x'")]
    [InlineData("sub/walk.bvh", "../walk.bvh", "7:24: wanted a file inside the catalogue's folder, with forward slashes, found '../walk.bvh'")]
    [InlineData("sub/walk.bvh", "/etc/walk.bvh", "7:24: wanted a file inside the catalogue's folder, with forward slashes, found '/etc/walk.bvh'")]
    [InlineData("[0, 1]", "[1, 1]", "7:53: wanted a span of at least one frame from 0, found [1, 1]")]
    [InlineData("[0, 1]", "[0, 1.5]", "7:52: wanted a whole number, found '1.5'")]
    [InlineData("\"val\"", "\"test\"", "7:200: wanted train or val, found 'test'")]
    [InlineData("\"loop\": true", "\"loop\": 1", "7:215: wanted true or false, found '1'")]
    [InlineData("59.94", "0", "8:49: wanted 0.1 to 100000 frames a second, found 0")]
    [InlineData("\"a person walks\"", "\"\"", "7:69: wanted a caption, found an empty one or one with a control character")]
    [InlineData("\"file\": \"rest.amc\", ", "", "8:52: the key 'file' is missing in what ends here")]
    [InlineData("\"split\": \"train\"}", "\"split\": \"train\"", "9:1: this is not JSON: a bracket, quote, comma or number is broken or missing here")]
    [InlineData("\"id\": \"rest\"", "\"id\": \"rest\", \"id\": \"rest2\"", "8:16: the key 'id' is there twice")]
    public void Bad_catalogues_say_where_and_what(string good, string bad, string problem)
    {
        Assert.Contains(good, Small, StringComparison.Ordinal);

        Assert.Equal("clips.json:" + problem, Assert.Throws<InputException>(() => Read(Small.Replace(good, bad, StringComparison.Ordinal))).Message);
    }

    private static ClipCatalog Read(string text) => ClipCatalog.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "clips.json");
}
