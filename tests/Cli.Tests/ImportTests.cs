using System.Text.Json.Nodes;
using Motion.Sim.Characters;
using Motion.Sim.Clips;
using Motion.Sim.Clips.Catalog;
using Motion.Sim.Clips.Library;
using Motion.Testing;

namespace Motion.Cli.Tests;

public sealed class ImportTests : IDisposable
{
    private static readonly string Walk = Repository.PathOf("motions", "walk_forward.bvh");
    private readonly TempFolder folder = new();

    [Fact]
    public async Task Motion_becomes_clips_a_catalogue_a_library_and_a_report()
    {
        Said said = await Terminal.Type("import", Walk, Repository.PathOf("motions", "jog.bvh"), "--out", folder.PathOf("lib"), "--licence", "CMU-mocap", "--preview", "--json");

        Assert.True(said.ExitCode == 0, said.Error);
        Assert.Equal(
            ["clips.json", "humanoid.library", "jog.npz", "jog.png", "report.json", "walk_forward.npz", "walk_forward.png"],
            Directory.EnumerateFiles(folder.PathOf("lib")).Select(Path.GetFileName).Order());
        JsonArray clips = said.Json["clips"]!.AsArray();
        Assert.Equal(["walk_forward", "jog"], clips.Select(clip => (string)clip!["id"]!));
        Assert.InRange((double)clips[0]!["assumed"]!["height_m"]!, 1.6, 1.8);
        Assert.InRange((double)clips[0]!["follows"]!["position_error_mm"]!["median"]!, 0.1, 35);
        Assert.InRange((double)clips[0]!["follows"]!["joints_rad"]!["left_shin"]!["p95"]!, 1e-4, 0.6);
        Assert.Equal("LeftUpLeg", (string)clips[0]!["assumed"]!["roles"]!["left_thigh"]!["joint"]!);
        Assert.Contains("LThumb", clips[0]!["assumed"]!["joints_without_role"]!.AsArray().Select(name => (string)name!));
        Assert.Equal(0, (int)said.Json["without_licence"]!);

        // The walk lasts 78 steps of 1/30 s and covers 3.55 m, less by the character's shorter legs.
        ClipCatalog catalog = ClipCatalog.Read(folder.PathOf("lib"));
        RawClip read = catalog.ReadMotion(catalog.Find("walk_forward"));
        Assert.Equal((79, 30, "CMU-mocap"), (read.FrameCount, read.FrameRate, read.Licence));
        Assert.InRange((read.RootPositions[^1] - read.RootPositions[0]).Length(), 3.0, 3.7);
        Assert.Contains("NSF EIA-0196217", Assert.Single(catalog.Licences).Acknowledgement, StringComparison.Ordinal);
        using ClipLibrary library = ClipLibrary.Open(folder.PathOf("lib", "humanoid.library"), CharacterLibrary.Humanoid());
        Assert.Equal(["walk_forward", "jog"], library.Clips.Select(clip => clip.Name));
    }

    [Fact]
    public async Task Cycles_are_closed_in_the_library_unless_they_shall_stay_open()
    {
        string jump = Repository.PathOf("motions", "jump_up.bvh");
        Said closed = await Terminal.Type("import", Walk, jump, "--out", folder.PathOf("closed"), "--json");
        Said open = await Terminal.Type("import", Walk, jump, "--out", folder.PathOf("open"), "--keep-open", "--json");

        // Two steps of the walk are a cycle of about 1.1 s; the clip holds two of them in its 2.6 s. A jump is none.
        Assert.InRange((double)closed.Json["clips"]![0]!["cycle_seconds"]!, 1, 2.5);
        Assert.Null(closed.Json["clips"]![1]!["cycle_seconds"]);
        Assert.Null(open.Json["clips"]![0]!["cycle_seconds"]);
        Assert.Equal([true, false], ClipCatalog.Read(folder.PathOf("closed")).Entries.Select(entry => entry.Loop));
        Assert.Equal([false, false], ClipCatalog.Read(folder.PathOf("open")).Entries.Select(entry => entry.Loop));
        using ClipLibrary library = ClipLibrary.Open(folder.PathOf("closed", "humanoid.library"), CharacterLibrary.Humanoid());
        using ClipLibrary whole = ClipLibrary.Open(folder.PathOf("open", "humanoid.library"), CharacterLibrary.Humanoid());
        Assert.Equal([true, false], library.Clips.Select(clip => clip.IsLoop));
        Assert.Equal([false, false], whole.Clips.Select(clip => clip.IsLoop));
        Assert.Equal(78 / 30.0, whole.Clips[0].Duration, 0.04);

        // After ten cycles the walker is ten times as far.
        float[] positions = new float[3 * library.Character.PositionCount];
        float cycle = (float)library.Clips[0].Duration;
        library.Sample([0, 0, 0], [0, cycle * 0.9999f, 9.9999f * cycle], positions);
        Assert.Equal(10 * (positions[1] - positions[0]), positions[2] - positions[0], 0.05f * positions[2]);
    }

    [Fact]
    public async Task Mirror_images_are_kept_with_their_captions_exchanged_too()
    {
        string catalog = folder.Write("mine/clips.json", """{"format": "motion-catalogue 1", "clips": [{"id": "turn", "file": "turn.bvh", "captions": ["a person turns left"], "licence": "MINE"}]}""");
        File.Copy(Repository.PathOf("motions", "walk_turn_left.bvh"), folder.PathOf("mine", "turn.bvh"));

        Said said = await Terminal.Type("import", catalog, "--out", folder.PathOf("lib"), "--mirror", "--preview", "--keep-open", "--json");

        Assert.True(said.ExitCode == 0, said.Error);
        Assert.Equal(["turn", "turn_mirrored"], ClipCatalog.Read(folder.PathOf("lib")).Entries.Select(entry => entry.Id));
        Assert.Equal("turn", (string)said.Json["clips"]![1]!["mirror_of"]!);
        Assert.True(File.Exists(folder.PathOf("lib", "turn_mirrored.png")));
        using ClipLibrary library = ClipLibrary.Open(folder.PathOf("lib", "humanoid.library"), CharacterLibrary.Humanoid());
        Assert.Equal(["a person turns right"], library.Clips[1].Captions.ToArray());
        Assert.Equal("MINE", library.Clips[1].Licence);

        // It goes as far forward, and as far to the right as the other to the left.
        float[] positions = new float[2 * library.Character.PositionCount];
        library.Sample([0, 1], [3.7f, 3.7f], positions);
        Assert.Equal(positions[0], positions[1], 1e-4f);
        Assert.Equal(positions[2], -positions[3], 1e-4f);
        Assert.True(positions[2] > 0.2f, $"{positions[2]}");
    }

    [Fact]
    public async Task Summary_lists_joints_that_nothing_follows_and_missing_licences()
    {
        Said said = await Terminal.Type("import", Walk, "--out", folder.PathOf("lib"), "--quiet");

        Assert.Equal(0, said.ExitCode);
        Assert.Contains("walk_forward: joints that nothing follows: LHipJoint, RHipJoint", said.Output, StringComparison.Ordinal);
        Assert.Contains("1 of 1 clips tell no licence (--licence names it): nothing is blocked, but exports will say so", said.Output, StringComparison.Ordinal);
        Assert.Empty(said.Error);
    }

    [Fact]
    public async Task Catalogue_brings_captions_and_licences_along()
    {
        string catalog = folder.Write("mine/clips.json", """{"format": "motion-catalogue 1", "clips": [{"id": "steps", "file": "walk.bvh", "span": [10, 40], "captions": ["a person walks"], "category": ["walk"], "split": "val", "licence": "MINE"}]}""");
        File.Copy(Walk, folder.PathOf("mine", "walk.bvh"));

        Said said = await Terminal.Type("import", catalog, "--out", folder.PathOf("lib"), "--json");

        Assert.True(said.ExitCode == 0, said.Error);
        CatalogEntry entry = Assert.Single(ClipCatalog.Read(folder.PathOf("lib")).Entries);
        Assert.Equal(("steps", "steps.npz", "MINE", ClipSplit.Validation), (entry.Id, entry.File, entry.Licence, entry.Split));
        Assert.Equal(["a person walks"], entry.Captions.ToArray());
        Assert.Equal(30, (int)said.Json["clips"]![0]!["frames"]!);
    }

    [Fact]
    public async Task Map_overrules_what_would_be_assumed()
    {
        string map = folder.Write("map.json", """{"unit_m": 0.02}""");

        Said said = await Terminal.Type("import", Walk, "--map", map, "--out", folder.PathOf("lib"), "--json");

        JsonNode unit = said.Json["clips"]![0]!["assumed"]!["metres_per_unit"]!;
        Assert.Equal((0.02, 1.0), ((double)unit["value"]!, (double)unit["confidence"]!));
    }

    [Fact]
    public async Task Every_broken_file_ends_with_2_and_leaves_nothing()
    {
        string broken = Repository.PathOf("tests", "Sim.Tests", "Clips", "BadInput", "Files");
        string[] files = [.. Directory.EnumerateFiles(broken).Where(file => Path.GetExtension(file) != ".asf")];
        Assert.True(files.Length > 100);
        foreach (string file in files)
        {
            Said said = await Terminal.Type("import", file, "--out", folder.PathOf("lib"), "--quiet");

            Assert.True(said.ExitCode == 2, $"{file}: {said.ExitCode} {said.Error}");
            Assert.StartsWith("motion: " + broken, said.Error, StringComparison.Ordinal);
            Assert.Empty(said.Output);
            Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Root));
        }
    }

    [Fact]
    public async Task Bad_files_may_be_left_out_and_are_listed()
    {
        string bad = folder.Write("bad.bvh", "HIERARCHY\nROT");

        Assert.Equal(2, (await Terminal.Type("import", Walk, bad, "--out", folder.PathOf("lib"))).ExitCode);
        Assert.Equal([bad], Directory.EnumerateFileSystemEntries(folder.Root));
        Said said = await Terminal.Type("import", bad, Walk, "--out", folder.PathOf("lib"), "--skip-bad", "--json");

        Assert.Equal(0, said.ExitCode);
        Assert.Equal([$"{bad}:2:1: wanted ROOT, found 'ROT'"], said.Json["left_out"]!.AsArray().Select(text => (string)text!));
        Assert.Equal(2, (await Terminal.Type("import", bad, "--out", folder.PathOf("other"), "--skip-bad")).ExitCode);
        Assert.False(Directory.Exists(folder.PathOf("other")));
    }

    [Fact]
    public async Task Earlier_import_stays_unless_it_is_to_be_replaced()
    {
        await Terminal.Type("import", Walk, "--out", folder.PathOf("lib"), "--quiet");
        string other = folder.PathOf("other.bvh");
        File.Copy(Walk, other);

        Said refused = await Terminal.Type("import", other, "--out", folder.PathOf("lib"), "--quiet");
        bool kept = File.Exists(folder.PathOf("lib", "walk_forward.npz"));
        Said replaced = await Terminal.Type("import", other, "--out", folder.PathOf("lib"), "--quiet", "--replace");

        Assert.Equal((2, true, 0), (refused.ExitCode, kept, replaced.ExitCode));
        Assert.Equal($"motion: {folder.PathOf("lib")}: something is there already; name another folder\n", refused.Error);
        Assert.Equal(["other"], ClipCatalog.Read(folder.PathOf("lib")).Entries.Select(entry => entry.Id));
    }

    [Fact]
    public async Task Collection_may_be_copied_as_it_was_recorded()
    {
        Said said = await Terminal.Type("import", Repository.PathOf("motions"), "--as-recorded", "--out", folder.PathOf("copy"), "--json");

        Assert.True(said.ExitCode == 0, said.Error);
        Assert.Equal(60, (int)said.Json["clips"]!);
        Assert.Equal(File.ReadAllBytes(Repository.PathOf("motions", "clips.json")), File.ReadAllBytes(folder.PathOf("copy", "clips.json")));
    }

    public void Dispose() => folder.Dispose();
}
