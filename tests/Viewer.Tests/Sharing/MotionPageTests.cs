using System.Numerics;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Recording;
using Motion.Testing;
using Motion.Viewer.Live;
using Motion.Viewer.Sharing;

namespace Motion.Viewer.Tests.Sharing;

public sealed partial class MotionPageTests : IDisposable
{
    private const string Wicked = "</script><script>document.body.dataset.state='broken'</script> \u2028 \"'&";
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Poses_are_those_of_the_recording()
    {
        MotionRecording recording = Walking();
        JsonNode content = Content(Written(recording));
        Assert.Equal(recording.FrameCount, content["frames"]!.GetValue<int>());
        Vector3[] places = new Vector3[recording.Character.Bodies.Length];
        Quaternion[] turns = new Quaternion[places.Length];
        int frame = 17, head = recording.Character.BodyIndex("head");
        ForwardKinematics.Compute(recording.Character, recording.Positions.AsSpan(frame * recording.Character.PositionCount, recording.Character.PositionCount), places, turns);
        float[] poses = MemoryMarshal.Cast<byte, float>(Convert.FromBase64String(content["poses"]!.GetValue<string>())).ToArray();
        int at = ((frame * places.Length) + head) * MotionPage.FloatsOfBody;
        Assert.Equal([places[head].X, places[head].Y, places[head].Z, turns[head].X, turns[head].Y, turns[head].Z, turns[head].W], poses[at..(at + 7)]);
    }

    [Fact]
    public void The_page_asks_nothing_of_a_network_and_no_sentence_gets_out_of_its_place()
    {
        string page = Written(Walking(), new PromptTimeline().With(0, Wicked));
        Assert.Equal(3, Script().Count(page));
        Assert.DoesNotMatch(Outside(), Script().Replace(page, ""));
        Assert.Equal(Wicked, Content(page)["prompts"]![0]!["sentence"]!.GetValue<string>());
    }

    [Fact]
    public void A_single_frame_is_no_motion()
    {
        MotionRecording recording = Walking();
        MotionRecording still = recording with { Positions = recording.Positions[..recording.Character.PositionCount] };
        string path = _folder.PathOf("still.html");
        Assert.Contains("two or more", Assert.Throws<MotionException>(() => MotionPage.Write(path, still)).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(path));
    }

    [RequiresFact("chromium")]
    public async Task A_browser_without_network_shows_the_moment_that_the_address_names()
    {
        Written(Walking(), new PromptTimeline().With(0, Wicked).With(0.4, "a person waves"));
        ProgramResult shown = await Browse("#t=0.5", "--dump-dom");
        Assert.Contains("data-state=\"shown\" data-seconds=\"0.500\"", shown.Output, StringComparison.Ordinal);
        Assert.Contains("<div id=\"said\">a person waves</div>", shown.Output, StringComparison.Ordinal);
        Assert.Contains("0.50 / 1.00 s", shown.Output, StringComparison.Ordinal);

        (int early, int late) = (await RedMiddle("#t=0"), await RedMiddle("#t=0.9"));
        Assert.True(early > 40 && late > 40, $"the right limbs cover {early} and {late} pixels");
        Assert.NotEqual(early, late);
    }

    [RequiresFact("esbuild", "three")]
    public async Task The_bundle_is_what_its_source_and_npm_make()
    {
        string made = _folder.PathOf("three.bundle.js");
        ProgramResult bundled = await ExternalProgram.Run("bash", [Repository.PathOf("scripts", "page", "bundle.sh"), Path.GetDirectoryName(Requirement.NodeModules)!, made]);
        Assert.True(bundled.ExitCode == 0, bundled.Error);
        Assert.Equal(await File.ReadAllBytesAsync(Repository.PathOf("src", "Viewer", "Sharing", "Page", "three.bundle.js")), await File.ReadAllBytesAsync(made));
    }

    private static MotionRecording Walking() => MotionRecording.Of(Motions.Standing((frame, positions) =>
    {
        Joint shoulder = CharacterLibrary.Humanoid().Joints.First(joint => joint.Name.StartsWith("right_shoulder", StringComparison.Ordinal));
        PositionVector.SetRotation(shoulder, positions, Quaternion.CreateFromAxisAngle(Vector3.UnitX, -0.08f * frame));
    }));

    private static JsonNode Content(string page) => JsonNode.Parse(Json().Match(page).Groups[1].Value)!;

    private string Written(MotionRecording recording, PromptTimeline? timeline = null)
    {
        string path = _folder.PathOf("page.html");
        MotionPage.Write(path, recording, timeline);
        return File.ReadAllText(path);
    }

    private async Task<int> RedMiddle(string moment)
    {
        string picture = _folder.PathOf("page.png");
        await Browse(moment, $"--screenshot={picture}");
        Png shown = Png.Read(picture);
        return shown.Where(0, 0, shown.Width, shown.Height, Png.IsRed).Count();
    }

    private async Task<ProgramResult> Browse(string moment, string wanted) => await ExternalProgram.Run("chromium",
    [
        "--headless=new", "--no-sandbox", "--disable-gpu", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--host-resolver-rules=MAP * ~NOTFOUND", "--window-size=400,400",
        "--virtual-time-budget=400", $"--user-data-dir={_folder.PathOf("browser")}", wanted, $"file://{_folder.PathOf("page.html")}{moment}",
    ]);

    [GeneratedRegex("<script[^>]*>.*?</script>", RegexOptions.Singleline)]
    private static partial Regex Script();

    [GeneratedRegex("<script id=\"motion\"[^>]*>(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex Json();

    [GeneratedRegex(@"\b(src|href)\s*=|url\(|@import|https?:")]
    private static partial Regex Outside();
}
