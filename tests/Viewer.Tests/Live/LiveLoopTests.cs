using Motion.Viewer.Live;

namespace Motion.Viewer.Tests.Live;

public sealed class LiveLoopTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public void Physics_goes_on_while_nobody_draws()
    {
        using LiveWorld world = ToyDriver.World();
        using LiveLoop loop = new(new LiveSession(world, [new ToyDriver(world)]));
        Assert.True(SpinWait.SpinUntil(() => loop.Steps >= 5, Patience));
        Assert.True(loop.Frame.Step > 0);
    }

    [Fact]
    public void A_frame_that_was_taken_does_not_change_while_play_goes_on()
    {
        using LiveWorld world = ToyDriver.World();
        using LiveLoop loop = new(new LiveSession(world, [new ToyDriver(world)]));
        LiveFrame taken = loop.Frame;
        float[] positions = [.. taken.Positions];
        Assert.True(SpinWait.SpinUntil(() => loop.Frame.Step > taken.Step + 3, Patience));
        Assert.Equal(positions, taken.Positions);
    }

    [Fact]
    public void What_is_asked_for_is_done_also_while_time_stands_still()
    {
        using LiveWorld world = ToyDriver.World();
        using LiveLoop loop = new(new LiveSession(world, [new ToyDriver(world)]));
        loop.Do(session => session.SetPaused(true));
        Reply? reply = loop.Ask(session => session.Say("raise an arm"));
        Assert.True(reply!.IsAccepted);
        Assert.True(SpinWait.SpinUntil(() => loop.Frame is { IsPaused: true, Doing: "raises an arm" }, Patience));
    }

    [Fact]
    public void A_question_that_fails_tells_whoever_asked_and_play_goes_on()
    {
        using LiveWorld world = ToyDriver.World();
        using LiveLoop loop = new(new LiveSession(world, [new ToyDriver(world)]));
        Assert.Throws<InvalidOperationException>(() => loop.Ask<int>(_ => throw new InvalidOperationException("no")));
        long step = loop.Frame.Step;
        Assert.True(SpinWait.SpinUntil(() => loop.Frame.Step > step, Patience));
    }

    [Fact]
    public void A_broken_step_leaves_the_loop_paused_with_its_error()
    {
        using LiveWorld world = ToyDriver.World();
        using LiveLoop loop = new(new LiveSession(world, [new ToyDriver(world)]));
        loop.Do(session => session.Say("break"));
        Assert.True(SpinWait.SpinUntil(() => loop.Frame.Error is not null, Patience));
        Assert.True(loop.Frame.IsPaused);
    }
}
