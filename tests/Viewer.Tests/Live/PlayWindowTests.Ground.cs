using System.Numerics;
using Motion.Testing;
using Motion.Viewer.Live;
using Silk.NET.Input;

namespace Motion.Viewer.Tests.Live;

/// <summary>A planner in charge, and what it is told on the ground.</summary>
public sealed partial class PlayWindowTests
{
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
}
