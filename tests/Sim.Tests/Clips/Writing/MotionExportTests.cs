using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;
using Motion.Sim.Clips;
using Motion.Sim.Clips.Npz;
using Motion.Sim.Clips.Readers;
using Motion.Sim.Clips.Writing;
using Motion.Testing;

namespace Motion.Sim.Tests.Clips.Writing;

public sealed class MotionExportTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly Clip clip = RandomClips.Make(7, 12, 31, 30) with { Licence = "CMU-mocap", Captions = ["a person, \"the\" dancer,\nturns"] };

    public void Dispose() => folder.Dispose();

    [Fact]
    public void One_call_writes_every_format_and_all_hold_the_same_motion()
    {
        string[] paths = [.. MotionExport.Endings.Select(ending => folder.PathOf($"a{ending}"))];

        IReadOnlyList<string> written = MotionExport.Write(paths, new ExportMotion(clip));

        Assert.Equal([paths[0], paths[0] + ".json", .. paths[1..]], written);
        Assert.All(written, path => Assert.True(new FileInfo(path).Length > 0));
        Assert.InRange(ClipDifference.Between(clip, ExportAxes.CentimetresYUp.Inside(BvhReader.Read(paths[0]))).LargestPosition, 0, 1e-4);
        Assert.InRange(ClipDifference.Between(clip, GltfReadBack.Read(paths[1])).LargestPosition, 0, 1e-4);
    }

    [Fact]
    public void The_archive_gives_back_every_number_and_word()
    {
        string path = folder.PathOf("a.npz");

        MotionExport.Write([path], new ExportMotion(clip));

        RawClip copy = ClipNpz.Read(path);
        Assert.Equal(clip.RootPositions, copy.RootPositions);
        Assert.Equal(clip.Skeleton.Joints.AsEnumerable(), copy.Skeleton.Joints);
        Assert.Equal(clip.Captions.AsEnumerable(), copy.Captions);
        Assert.Equal(clip.Licence, copy.Licence);
        Assert.InRange(clip.Rotations.Zip(copy.Rotations, (one, other) => (one - other).Length()).Max(), 0, 1e-6f);
    }

    [Fact]
    public void Bvh_is_accompanied_by_its_licence_and_captions()
    {
        string path = folder.PathOf("a.bvh");

        MotionExport.Write([path], new ExportMotion(clip));

        JsonNode credits = JsonNode.Parse(File.ReadAllText(path + ".json"))!;
        Assert.Equal("a.bvh", (string)credits["file"]!);
        Assert.Equal("CMU-mocap", (string)credits["licence"]!);
        Assert.Equal(clip.Captions[0], (string)credits["captions"]![0]!);
    }

    [Fact]
    public void The_table_of_joints_has_a_heading_for_every_value_and_the_places_our_kinematics_give()
    {
        string path = folder.PathOf("a.csv");

        MotionExport.Write([path], new ExportMotion(clip));

        string[] lines = File.ReadAllLines(path);
        Assert.Contains("# licence: CMU-mocap", lines);
        Assert.Contains("# caption: a person, \"the\" dancer, turns", lines);
        string[][] table = [.. lines.Where(line => !line.StartsWith('#')).Select(line => line.Split(','))];
        Assert.Equal(1 + 31, table.Length);
        Assert.All(table, row => Assert.Equal(table[0].Length, row.Length));
        int joint = clip.Skeleton.Joints.Length - 1;
        int column = Array.IndexOf(table[0], $"joint_{joint}.x");
        Vector3 expected = clip.PositionsWorld(20)[joint];
        Vector3 found = new(Number(table[21][column]), Number(table[21][column + 1]), Number(table[21][column + 2]));
        Assert.True(Vector3.Distance(expected, found) < 1e-6f);
        Assert.Equal(20 / 30.0, Number(table[21][1]), 1e-6);
    }

    [Fact]
    public void Another_rate_keeps_the_duration_and_every_second_frame()
    {
        Clip doubled = MotionExport.Shaped(clip, new ExportOptions { FrameRate = 60 });

        Assert.Equal(61, doubled.FrameCount);
        Assert.True(Vector3.Distance(clip.PositionsWorld(13)[5], doubled.PositionsWorld(26)[5]) < 1e-4f);
    }

    [Fact]
    public void Without_root_motion_the_figure_stays_over_the_origin_at_its_own_height()
    {
        Clip inPlace = MotionExport.Shaped(clip, new ExportOptions { RootMotion = false });

        Assert.All(inPlace.RootPositions, (position, frame) => Assert.Equal(new Vector3(0, 0, clip.RootPositions[frame].Z), position));
        Assert.Equal(clip.Rotations, inPlace.Rotations);
    }

    [Theory]
    [InlineData("walk.fbx", "Blender")]
    [InlineData("walk", ".bvh, .glb, .npz, .csv")]
    [InlineData(null, "no file was named")]
    public void An_ending_that_is_not_known_writes_nothing_at_all(string? name, string advice)
    {
        string[] paths = name is null ? [] : [folder.PathOf("good.bvh"), folder.PathOf(name)];

        MotionException problem = Assert.Throws<MotionException>(() => MotionExport.Write(paths, new ExportMotion(clip)));

        Assert.Contains("nothing was written", problem.Message);
        Assert.Contains(advice, problem.Message);
        Assert.Empty(Directory.GetFiles(folder.Root));
    }

    private static float Number(string text) => float.Parse(text, CultureInfo.InvariantCulture);
}
