using System.Numerics;
using Motion.Sim.Clips.Recording;
using Motion.Testing;
using Motion.Viewer.Live;
using Motion.Viewer.Tests.Drawing;
using Silk.NET.Input;

namespace Motion.Viewer.Tests.Live;

[Collection(PictureCollection.Name)]
public sealed class PlayWindowTests : IDisposable
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
    public void A_block_of_the_timeline_is_dragged_and_deleted_with_the_mouse()
    {
        Pause();
        Window.Do(session => session.Timeline = new PromptTimeline().With(4, "stand"));
        Until(() => Frame.Timeline.Prompts.Length == 1);

        // The strip lies within 20 pixels of the window's sides and shows 20 s or more at first; its blocks begin 42 pixels under the panel's top.
        float wide = 720 - 40, y = 480 - 12 - TimelinePanel.High + 46;
        Vector2 block = new(20 + (wide * 4 / 20) + 8, y);
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
    public void A_planner_is_sent_where_the_ground_is_clicked_and_along_a_path_that_is_drawn()
    {
        PlanInCharge();
        Vector2 place = new(Frame.Places[0].X + 0.5f, Frame.Places[0].Y + 1);
        Window.Host.Input.MoveTo(Seen(place));
        Frames(2);
        Window.Host.Input.Button(MouseButton.Left, true);
        Window.Host.Input.Button(MouseButton.Left, false);
        Until(() => Frame.Plan!.Wanted is [var wanted] && Vector2.Distance(wanted, place) < 0.05f);
        Assert.True(GroundWords.TryRead(Assert.Single(Frame.Timeline.Prompts).Sentence, out _));

        float heading = Window.Camera.Heading;
        Window.Host.Input.Press(Key.ShiftLeft, true);
        Frames(2);
        Window.Host.Input.Button(MouseButton.Left, true);
        for (int point = 1; point <= 4; point++)
        {
            Window.Host.Input.MoveTo(Seen(place - new Vector2(0.4f * point, 0)));
            Frames(2);
        }

        Assert.Equal(5, Window.View.Drawn.Count);
        Window.Host.Input.Button(MouseButton.Left, false);
        Window.Host.Input.Press(Key.ShiftLeft, false);
        Until(() => Frame.Plan!.Wanted.Length == 5);
        Assert.InRange(Vector2.Distance(Frame.Plan!.Wanted[^1], place - new Vector2(1.6f, 0)), 0, 0.05f);
        Assert.Equal(heading, Window.Camera.Heading);
        Assert.Empty(Window.View.Drawn);
    }

    [RequiresFact("egl", "imgui")]
    public void A_drag_beside_the_character_turns_the_camera_and_sends_a_planner_nowhere()
    {
        PlanInCharge();
        float heading = Window.Camera.Heading;
        Vector2 from = Seen(new Vector2(Frame.Places[0].X + 0.5f, Frame.Places[0].Y + 1));
        Window.Host.Input.MoveTo(from);
        Frames(2);
        Window.Host.Input.Button(MouseButton.Left, true);
        Frames(2);
        Window.Host.Input.MoveTo(from + new Vector2(40, 0));
        Frames(2);
        Window.Host.Input.Button(MouseButton.Left, false);
        Frames(3);
        Assert.NotEqual(heading, Window.Camera.Heading);
        Assert.Empty(Frame.Timeline.Prompts);
    }

    [RequiresFact("egl", "imgui")]
    public void What_is_planned_is_seen_on_the_ground()
    {
        PlanInCharge();
        byte[] plain = Picture();
        Vector2 root = new(Frame.Places[0].X, Frame.Places[0].Y);
        Window.Do(_ => _other.Plan = new LivePlan([root + new Vector2(0.3f, 0.3f), root + new Vector2(0.3f, 0.9f)], [], 12, 3));
        Until(() => !Frame.Plan!.Expected.IsEmpty);
        byte[] expected = Picture();
        Assert.True(Changed(plain, expected) > 100, "the plan is not seen");
        Window.Do(session => session.Say(GroundWords.For([root + new Vector2(-0.5f, 0.8f)])));
        Until(() => !Frame.Plan!.Wanted.IsEmpty);
        Assert.True(Changed(expected, Picture()) > 100, "the target is not seen");
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

    // From above, in a stopped play without panels, all the ground about the character is in the picture.
    private void PlanInCharge()
    {
        _other.Plan = new LivePlan([], [], 0, 0);
        Window.Do(session => session.SwitchTo("other"));
        Until(() => Frame is { Driver: "other", Step: > 10 });
        Pause();
        Window.View.Panels = false;
        (Window.Camera.Down, Window.Camera.Distance) = (1, 6);
        Frames(90);
    }

    private Vector2 Seen(Vector2 place) => Window.Camera.Project(new Vector3(place, 0), 720, 480)!.Value;

    private void Flips(Key key, Func<bool> state)
    {
        bool before = state();
        Press(key);
        Until(() => state() != before);
        Press(key);
        Until(() => state() == before);
    }

    private void Moves(Key key, int steps)
    {
        Pause();
        long before = Frame.Step;
        Press(key);
        Until(() => Frame.Step == before + steps);
        GoOn();
    }

    private void Paces(Key key, double pace)
    {
        Press(key);
        Until(() => Math.Abs(Frame.Pace - pace) < 1e-6);
    }

    private void Pause()
    {
        Window.Do(session => session.SetPaused(true));
        Until(() => Frame.IsPaused);
    }

    private void GoOn()
    {
        Window.Do(session => session.SetPaused(false));
        Until(() => !Frame.IsPaused);
    }

    private void Type(string sentence)
    {
        Press(Key.Enter);
        Letters(sentence);
        Press(Key.Enter);
    }

    private void Letters(string text)
    {
        foreach (char letter in text)
        {
            Window.Host.Input.Type(letter);
        }

        Frames(3);
    }

    private void Press(Key key)
    {
        Window.Host.Input.Press(key, true);
        Window.Host.Input.Press(key, false);
        Frames(4);
    }

    private byte[] Picture()
    {
        Frames(2);
        byte[] pixels = new byte[720 * 480 * 3];
        Window.Host.Target.ReadPixels(pixels);
        return pixels;
    }

    // Edges of the figure are rounded otherwise where the part of the picture that it is drawn on has grown.
    private static int Changed(byte[] one, byte[] other) => one.Zip(other).Count(pair => Math.Abs(pair.First - pair.Second) > 12);

    private void Frames(int count)
    {
        for (int frame = 0; frame < count; frame++)
        {
            Window.DrawOnce(1 / 30.0);
        }
    }

    private void Until(Func<bool> holds)
    {
        for (int frame = 0; frame < 600; frame++)
        {
            if (holds())
            {
                return;
            }

            Frames(1);
            Thread.Sleep(5);
        }

        Assert.Fail($"it did not come to that: step {Frame.Step}, {Frame.Doing}, paused {Frame.IsPaused}, error {Frame.Error}, message {Window.Message}");
    }
}
