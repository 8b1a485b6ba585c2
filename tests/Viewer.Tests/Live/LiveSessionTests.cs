using System.Numerics;
using Motion.Sim.Clips.Recording;
using Motion.Viewer.Live;

namespace Motion.Viewer.Tests.Live;

public sealed class LiveSessionTests : IDisposable
{
    private readonly LiveWorld _world = ToyDriver.World();
    private readonly ToyDriver _driver;
    private readonly LiveSession _session;

    public LiveSessionTests()
    {
        _driver = new ToyDriver(_world);
        _session = new LiveSession(_world, [_driver, new ToyDriver(_world, "other")]);
    }

    public void Dispose()
    {
        _driver.Dispose();
        _world.Dispose();
    }

    [Fact]
    public void Stepping_back_and_on_again_gives_the_same_motion_to_the_bit()
    {
        Advance(5);
        _session.Say("raise an arm");
        float[][] first = [.. Enumerable.Range(0, 10).Select(_ => AdvanceAndLook())];
        Assert.Equal(10, _session.StepBack(10));
        Assert.Equal(5, _session.Step);
        float[][] again = [.. Enumerable.Range(0, 10).Select(_ => AdvanceAndLook())];
        Assert.Equal(first, again);
    }

    [Fact]
    public void A_sentence_is_said_again_when_play_passes_its_time_again()
    {
        Advance(5);
        _session.Say("raise an arm");
        Advance(5);
        _session.StepBack(8);
        Assert.Equal("stands", _session.Driver.Doing);
        // From step 2 three more lead to step 5, whose own step is the first that hears it.
        Advance(3);
        Assert.Equal("stands", _session.Driver.Doing);
        Advance(1);
        Assert.Equal("raises an arm", _session.Driver.Doing);
    }

    [Fact]
    public void One_can_step_back_twenty_seconds()
    {
        // 20 s at 30 control steps a second are 600 steps.
        Advance(620);
        Assert.Equal(600, _session.StepBack(1000));
        Assert.Equal(20, _session.Step);
    }

    [Fact]
    public void A_sentence_of_the_timeline_is_said_at_its_time_and_once()
    {
        // 0.5 s are 15 steps of 1/30 s: the sixteenth step is the first that hears it.
        _session.Timeline = new PromptTimeline().With(0.5, "raise an arm");
        Advance(15);
        Assert.Null(_session.Reply);
        Advance(1);
        Assert.Equal("raise an arm", _session.Reply?.Sentence);
        _session.Say("stand");
        Advance(10);
        Assert.Equal("stands", _session.Driver.Doing);
    }

    [Fact]
    public void A_sentence_that_is_not_understood_changes_nothing_but_the_answer()
    {
        Advance(3);
        _session.Say("raise an arm");
        Reply? reply = _session.Say("\u0007 tell me a joke 🦘");
        Assert.False(reply!.IsAccepted);
        Assert.Equal("raises an arm", _session.Driver.Doing);
        Assert.Equal("raise an arm", Assert.Single(_session.Timeline.Prompts).Sentence);
    }

    [Fact]
    public void An_error_in_stepping_pauses_and_is_shown_and_can_be_stepped_back_from()
    {
        Advance(3);
        _session.Say("break");
        Assert.False(_session.Advance());
        Assert.True(_session.IsPaused);
        Assert.Equal("the arm is broken", _session.Look().Error);
        _session.Timeline = new PromptTimeline();
        _session.StepBack(2);
        Assert.Null(_session.Error);
        Assert.True(_session.Advance());
    }

    [Fact]
    public void A_restart_begins_anew_and_says_the_timeline_again()
    {
        _session.Timeline = new PromptTimeline().With(0, "raise an arm");
        float[] first = AdvanceAndLook();
        Advance(20);
        _session.Restart();
        Assert.Equal(0, _session.Step);
        Assert.Equal("stands", _session.Driver.Doing);
        Assert.Equal(first, AdvanceAndLook());
    }

    [Fact]
    public void A_shove_moves_the_character_its_way_and_ends()
    {
        _session.Shove(0, new Vector3(0, 600, 0), 0.2);
        Advance(6);
        Assert.True(_session.Look().Places[0].Y > 0.05f, $"the pelvis went to {_session.Look().Places[0]}");
        Assert.Null(_session.Look().Push);
    }

    [Fact]
    public void A_dragged_hand_goes_where_it_is_drawn()
    {
        int hand = _world.Character.BodyIndex("right_hand");
        Vector3 start = _world.PlaceOf(hand), target = start + new Vector3(0.4f, 0, 0.2f);
        _session.Drag(hand, default, target);
        Advance(15);
        Assert.True(Vector3.Distance(_world.PlaceOf(hand), target) < Vector3.Distance(start, target) / 2);
        Assert.Equal(hand, _session.Look().Push?.Body);
        _session.LetGo();
        Assert.Null(_session.Look().Push);
    }

    [Fact]
    public void A_thrown_ball_hits_the_character()
    {
        Advance(1);
        Vector3 chest = _world.PlaceOf(_world.Character.BodyIndex("torso"));
        _session.Throw(chest + new Vector3(1, 0, 0.1f), new Vector3(-10, 0, 0));
        float before = _session.Look().CentreOfMass.X;
        Advance(15);
        LiveFrame after = _session.Look();
        Assert.True(after.CentreOfMass.X < before - 0.01f, $"the centre of mass went from {before} to {after.CentreOfMass.X}");
        Assert.Single(after.Balls);
    }

    [Fact]
    public void A_recording_loses_what_was_stepped_back_over()
    {
        _session.StartRecording();
        Advance(10);
        _session.StepBack(4);
        Advance(2);
        MotionRecording recording = _session.StopRecording("walk")!;
        Assert.Equal(8, recording.FrameCount);
        Assert.False(_session.IsRecording);
    }

    [Fact]
    public void Nothing_recorded_is_no_recording()
    {
        _session.StartRecording();
        Assert.Null(_session.StopRecording("empty"));
    }

    [Fact]
    public void Another_driver_takes_over_and_stepping_back_gives_the_first_one_back()
    {
        Advance(3);
        _session.SwitchTo("other");
        Advance(3);
        Assert.Equal("other", _session.Look().Driver);
        _session.StepBack(4);
        Assert.Equal("toy", _session.Look().Driver);
    }

    [Fact]
    public void Pace_is_held_between_its_bounds()
    {
        _session.SetPace(100);
        Assert.Equal(LiveSession.FastestPace, _session.Pace);
        _session.SetPace(0);
        Assert.Equal(LiveSession.SlowestPace, _session.Pace);
    }

    private void Advance(int steps)
    {
        for (int step = 0; step < steps; step++)
        {
            Assert.True(_session.Advance(), _session.Error);
        }
    }

    private float[] AdvanceAndLook()
    {
        Advance(1);
        return _session.Look().Positions;
    }
}
