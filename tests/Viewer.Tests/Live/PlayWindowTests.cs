using System.Numerics;
using Motion.Sim.Clips.Recording;
using Motion.Testing;
using Motion.Viewer.Live;
using Motion.Viewer.Tests.Drawing;
using Silk.NET.Input;

namespace Motion.Viewer.Tests.Live;

[Collection(PictureCollection.Name)]
public sealed partial class PlayWindowTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly LiveWorld _world = ToyDriver.World();
    private readonly ToyDriver _other;
    private readonly PlayWindow? _window;

    public PlayWindowTests()
    {
        _other = new ToyDriver(_world, "other");
        if (Requirement.Missing("egl", "imgui") is null)
        {
            ToyDriver[] drivers = [new(_world) { Reference = new ToyReference(_world) }, _other];
            PlayWindowOptions options = new() { IsOffscreen = true, Samples = 0, Width = 720, Height = 480, Folder = _folder.Root };
            _window = new PlayWindow(new LiveSession(_world, drivers), options);
            _window.DrawOnce(0.03);
        }
    }

    private PlayWindow Window => _window!;

    private LiveFrame Frame => Window.Frame;

    public void Dispose()
    {
        _window?.Dispose();
        _world.Dispose();
        _folder.Dispose();
    }

    [RequiresFact("egl", "imgui", "ffmpeg", "ffprobe")]
    public async Task A_person_types_two_sentences_pauses_steps_back_pulls_records_and_quits()
    {
        Press(Key.F9);
        Until(() => Window.IsRecording && Frame.RecordedSeconds > 0);
        Type("raise an arm");
        Until(() => Frame.Doing == "raises an arm");
        Type("what time is it");
        Until(() => Frame.Reply is { IsAccepted: false });
        Assert.Equal("raises an arm", Frame.Doing);
        Until(() => Frame.Step > 12);

        Press(Key.Space);
        Until(() => Frame.IsPaused);
        long paused = Frame.Step;
        Press(Key.Left);
        Until(() => Frame.Step == paused - 1);
        Press(Key.Space);
        Until(() => !Frame.IsPaused);

        Vector2 chest = Window.Camera.Project(Frame.Places[_world.Character.BodyIndex("torso")] + new Vector3(0, 0, 0.1f), 720, 480)!.Value;
        Window.Host.Input.MoveTo(chest);
        Window.Host.Input.Button(MouseButton.Left, true);
        Window.Host.Input.MoveTo(chest + new Vector2(60, 0));
        Until(() => Frame.Push is { } push && push.ForceWorld.Length() > 20);
        Window.Host.Input.Button(MouseButton.Left, false);
        Until(() => Frame.Push is null);

        Press(Key.Escape);
        Assert.True(Window.Host.IsClosing);
        Window.Dispose();
        string film = Assert.Single(Directory.EnumerateFiles(_folder.Root, "play-*.mp4"));
        MotionRecording motion = RecordingNpz.Read(Path.ChangeExtension(film, ".npz"));
        Assert.True(File.Exists(Path.ChangeExtension(film, ".bvh")));
        Assert.InRange(motion.FrameCount, 10, 10_000);
        ProgramResult probed = await ExternalProgram.Run("ffprobe", ["-v", "error", "-count_frames", "-show_entries", "stream=nb_read_frames", "-of", "csv=p=0", film]);

        // The film keeps the step that was taken back, and was ended with whatever picture came last.
        Assert.InRange(int.Parse(probed.Output.Trim().TrimEnd(',')), motion.FrameCount / 2, motion.FrameCount + 1);
    }

    [RequiresFact("egl", "imgui")]
    public void Every_key_of_the_table_does_what_its_help_says()
    {
        Dictionary<string, Action> checks = new()
        {
            ["show or hide this help"] = () => Flips(Key.F1, () => Window.View.Help),
            ["type a sentence"] = () =>
            {
                Press(Key.Enter);
                Window.Host.Input.Type('x');
                Until(() => Window.Sentences.Typed == "x");
                Window.Host.Input.Press(Key.Backspace, true);
                Window.Host.Input.Press(Key.Backspace, false);
                Press(Key.Enter);
                Until(() => !Window.Host.Panels!.WantsKeyboard);
            },
            ["stop or let go on the time"] = () => Flips(Key.Space, () => Frame.IsPaused),
            ["stop, and one step on"] = () => Moves(Key.Right, 1),
            ["stop, and one step back"] = () => Moves(Key.Left, -1),
            ["stop, and a second back"] = () =>
            {
                Until(() => Frame.RewindSeconds > 1.2);
                Pause();
                long before = Frame.Step;
                Window.Host.Input.Press(Key.ShiftLeft, true);
                Press(Key.Left);
                Window.Host.Input.Press(Key.ShiftLeft, false);
                Until(() => Frame.Step == before - Window.ControlRate);
                GoOn();
            },
            ["begin anew; the timeline is said again"] = () =>
            {
                Until(() => Frame.Step > 10);
                Pause();
                Press(Key.Home);
                Until(() => Frame.Step == 0);
                GoOn();
            },
            ["half the speed of time"] = () => Paces(Key.Minus, 0.5),
            ["twice the speed of time"] = () => Paces(Key.Equal, 1),
            ["real time"] = () =>
            {
                Window.Do(session => session.SetPace(0.3));
                Paces(Key.Number0, 1);
            },
            ["the next driver takes over"] = () =>
            {
                Press(Key.N);
                Until(() => Frame.Driver == "other");
                Press(Key.N);
                Until(() => Frame.Driver == "toy");
            },
            ["push the character away from the camera"] = () =>
            {
                Pause();
                Press(Key.P);
                Until(() => Frame.Push is { } push && Vector3.Dot(push.ForceWorld, Frame.Places[0] - Window.Camera.Eye) > 0);
                GoOn();
            },
            ["throw a ball at it"] = () =>
            {
                Press(Key.B);
                Until(() => Frame.Balls.Length == 1);
            },
            ["show or hide the ghost of the clip that it follows"] = () => Flips(Key.G, () => Window.View.Ghost),
            ["show or hide joints"] = () => Flips(Key.J, () => Window.View.Joints),
            ["show or hide contacts"] = () => Flips(Key.C, () => Window.View.Contacts),
            ["show or hide the centre of mass"] = () => Flips(Key.M, () => Window.View.Centre),
            ["show or hide contact forces"] = () => Flips(Key.F, () => Window.View.Forces),
            ["show or hide the trail"] = () => Flips(Key.T, () => Window.View.Trail),
            ["the camera follows, or stays"] = () => Flips(Key.V, () => Window.Camera.IsFollowing),
            ["show or hide the panels"] = () => Flips(Key.H, () => Window.View.Panels),
            ["begin or end recording film and motion"] = () =>
            {
                Press(Key.F9);
                Until(() => Frame.RecordedSeconds > 0);
                Press(Key.F9);
                Until(() => !Window.IsRecording && Directory.EnumerateFiles(_folder.Root, "*.npz").Any());
            },
            ["write a picture"] = () =>
            {
                Press(Key.F12);
                Until(() => Directory.EnumerateFiles(_folder.Root, "*.png").Any());
            },
            ["close the window"] = () =>
            {
                Press(Key.Escape);
                Assert.True(Window.Host.IsClosing);
            },
        };
        Assert.Equal(PlayKeys.All.Select(key => key.Help).Order(), checks.Keys.Order());
        foreach (PlayKey key in PlayKeys.All)
        {
            checks[key.Help]();
        }
    }

    [RequiresFact("egl", "imgui")]
    public void What_is_ticked_is_seen()
    {
        Until(() => Frame.ContactForces.Any(force => force.Z > 100));
        Pause();
        Window.View.Panels = false;
        Window.Camera.IsFollowing = false;
        byte[] plain = Picture();
        PlayView view = Window.View;
        (string Name, Action<bool> Tick)[] ticks =
        [
            ("ghost", on => view.Ghost = on), ("joints", on => view.Joints = on), ("centre", on => view.Centre = on), ("forces", on => view.Forces = on), ("contacts", on => view.Contacts = !on),
            ("help", on => view.Help = on),
        ];
        foreach ((string name, Action<bool> tick) in ticks)
        {
            tick(true);
            Assert.True(Changed(plain, Picture()) > 100, $"{name} is not seen");
            tick(false);
            Assert.True(Changed(plain, Picture()) < 10, $"{name} does not go away");
        }
    }

    // 24 keys and the mouse in two halves beside each other: lines that were broken at every letter would make it tall and narrow.
    [RequiresFact("egl", "imgui")]
    public void The_page_of_keys_is_wider_than_tall()
    {
        Pause();
        Window.View.Panels = false;
        Window.Camera.IsFollowing = false;
        byte[] plain = Picture();
        Window.View.Help = true;
        byte[] help = Picture();
        int[] changed = [.. Enumerable.Range(0, 720 * 480).Where(pixel => Math.Abs(plain[3 * pixel] - help[3 * pixel]) > 12)];
        int wide = changed.Max(pixel => pixel % 720) - changed.Min(pixel => pixel % 720), tall = changed.Max(pixel => pixel / 720) - changed.Min(pixel => pixel / 720);
        Assert.True(wide > 600 && tall < 430, $"{wide} × {tall} pixels");
    }

    [RequiresFact("egl", "imgui")]
    public void The_ghost_is_scrubbed_and_the_character_starts_there()
    {
        Pause();
        Window.View.ScrubbedFrame = 7;
        byte[] one = Picture();
        Window.View.ScrubbedFrame = 20;
        Assert.NotEqual(one, Picture());
        Window.Do(session => session.StartAt(20));
        Until(() => Math.Abs(Frame.Positions[0] - 2) < 1e-4f);
    }

    [RequiresFact("egl", "imgui")]
    public void Suggestions_come_while_typing_tab_takes_the_first_and_up_brings_the_last_sentence_back()
    {
        Press(Key.Enter);
        Letters("rai");
        Until(() => Window.Sentences.Suggestions.SequenceEqual(["raise an arm"]));
        Press(Key.Tab);
        Until(() => Window.Sentences.Typed == "raise an arm");
        Press(Key.Enter);
        Until(() => Frame.Doing == "raises an arm");
        Press(Key.Enter);
        Press(Key.Up);
        Until(() => Window.Sentences.Typed == "raise an arm");
    }

    [RequiresFact("egl", "imgui")]
    public void A_block_of_the_timeline_is_retyped_after_a_double_click()
    {
        Window.Host.Input.MoveTo(BlockAtFourSeconds(out _));
        Frames(3);
        foreach (bool isDown in new[] { true, false, true, false })
        {
            Window.Host.Input.Button(MouseButton.Left, isDown);
        }

        Until(() => Window.Host.Panels!.WantsKeyboard);
        Letters("raise an arm");
        Press(Key.Enter);
        Until(() => Frame.Timeline.Prompts is [{ Sentence: "raise an arm", Seconds: 4 }]);
    }

    [RequiresFact("egl", "imgui")]
    public void A_block_of_the_timeline_is_dragged_and_deleted_with_the_mouse()
    {
        Vector2 block = BlockAtFourSeconds(out float wide);
        Window.Host.Input.MoveTo(block);
        Frames(3);
        Window.Host.Input.Button(MouseButton.Left, true);
        Frames(3);
        Window.Host.Input.MoveTo(block + new Vector2(wide / 4, 0));
        Frames(3);
        Window.Host.Input.Button(MouseButton.Left, false);
        Until(() => Frame.Timeline.Prompts is [{ Seconds: > 8 and < 10 }]);
        Frames(2);
        Window.Host.Input.Button(MouseButton.Right, true);
        Window.Host.Input.Button(MouseButton.Right, false);
        Until(() => Frame.Timeline.Prompts.IsEmpty);
    }

    [RequiresFact("egl", "imgui")]
    public void An_error_in_stepping_pauses_and_the_window_goes_on()
    {
        Window.Do(session => session.Say("break"));
        Until(() => Frame is { IsPaused: true, Error: "the arm is broken" });
        long before = Window.Pictures;
        Frames(3);
        Assert.Equal(before + 3, Window.Pictures);
    }
}
