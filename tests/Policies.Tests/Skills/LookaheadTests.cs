using Motion.Policies.Skills;
using Motion.Sim.Physics;
using Motion.Sim.Physics.Wide;
using Motion.Sim.Skills;
using Motion.Sim.Tests.Tracking;
using Motion.Sim.Tracking;

namespace Motion.Policies.Tests.Skills;

public sealed class LookaheadTests : IDisposable
{
    private const int Worlds = 3;
    private readonly SkillPolicy _policy = ToyPolicy.Make();
    private readonly IWorldBatch _batch = new WideEngine().CreateBatch(
        new Scene { Character = TestMotions.Humanoid }, new BatchOptions { WorldCount = Worlds, PhysicsRate = 120, ControlRate = 30, Threads = 1, HistoryLength = 0 });

    private readonly SkillTask _task;
    private readonly float[] _seen;
    private readonly float[] _actions;

    public LookaheadTests()
    {
        _task = new SkillTask(
            _batch, ReferenceTable.Of([TestMotions.Waving(isLoop: true)], ToyPolicy.Tracking), new SkillConditions(2, [new float[2]]), _policy.Card.Seen.Unattended(), ToyPolicy.Tracking, seed: 0);
        _seen = new float[Worlds * _task.ObservationCount];
        _actions = new float[Worlds * _task.ActionCount];
    }

    public void Dispose()
    {
        _task.Dispose();
        _batch.Dispose();
        _policy.Dispose();
    }

    [Fact]
    public void Who_would_fall_is_told_something_else_and_who_would_not_is_left_alone()
    {
        Start();
        int[] alone = Stood(null, 90);
        Assert.InRange(alone[0], 5, 60);
        Assert.Equal([90, 90], alone[1..]);
        float[] standing = PositionsOf(1);

        Start();
        using Lookahead ahead = Ahead(new LookaheadOptions { Every = 1, Delay = 0 });
        Assert.Equal([90, 90, 90], Stood(ahead, 90));
        Assert.Equal(standing, PositionsOf(1));
        Assert.Equal(90, ahead.Falls);
    }

    [Fact]
    public void What_is_told_is_told_at_once_and_a_detour_begins_after_the_time_that_looking_may_take()
    {
        Start();
        using Lookahead ahead = Ahead(new LookaheadOptions { Delay = 2 });
        Assert.Equal([1, 1, 0, 0, 0], Enumerable.Range(0, 5).Select(_ => ToldAndStepped(ahead)[0]));
        _task.Tell(0, [1, 0.5f]);
        Assert.Equal([1, 0.5f], ToldAndStepped(ahead));
    }

    [Fact]
    public void From_where_it_was_once_it_goes_the_same_way_again()
    {
        Start();
        using Lookahead ahead = Ahead(new LookaheadOptions());
        Stood(ahead, 7);
        using MemoryStream saved = new();
        _task.Save(new BinaryWriter(saved));
        object state = ahead.Save();
        Stood(ahead, 20);
        float[] once = _batch.Positions.ToArray();
        saved.Position = 0;
        _task.Restore(new BinaryReader(saved));
        ahead.Restore(state);
        Stood(ahead, 20);
        Assert.Equal(once, _batch.Positions.ToArray());
    }

    [Fact]
    public void Where_looks_are_not_waited_for_they_are_heeded_when_they_are_ready()
    {
        Start();
        using Lookahead ahead = Ahead(new LookaheadOptions { Seconds = 1.4f, Delay = 0, DetourSeconds = [1.4f] }, waits: false);
        float told = 1;
        for (int tries = 0; tries < 200 && told == 1; tries++)
        {
            // The world stands still meanwhile.
            _task.Observe(_seen);
            ahead.Guide(_seen);
            told = _seen[_task.ObservationCount - 2];
            Thread.Sleep(50);
        }

        Assert.Equal(0, told);
        Assert.InRange(ahead.Falls, 1, long.MaxValue);
        Assert.Equal(ahead.Falls, ahead.Averted);
    }

    [Fact]
    public void Options_out_of_range_are_named()
    {
        string problem = Assert.Throws<MotionException>(() => Ahead(new LookaheadOptions { Seconds = 0.3f })).Message;
        Assert.Contains("DetourSeconds", problem, StringComparison.Ordinal);
        Assert.Contains("Seconds (0.3)", problem, StringComparison.Ordinal);
        Assert.Contains("Delay", Assert.Throws<MotionException>(() => Ahead(new LookaheadOptions { Delay = 5 })).Message, StringComparison.Ordinal);
    }

    private Lookahead Ahead(LookaheadOptions options, bool waits = true) => new(new WideEngine(), _policy, _task, ToyPolicy.Skills, options) { Waits = waits };

    private float[] PositionsOf(int world) => [.. _batch.Positions.ToArray().Where((_, index) => index % Worlds == world)];

    private float[] ToldAndStepped(Lookahead ahead)
    {
        Step(ahead);
        return _seen[(_task.ObservationCount - 2).._task.ObservationCount];
    }

    private void Start()
    {
        for (int world = 0; world < Worlds; world++)
        {
            _task.StartAtRest(world, 0);
        }

        // The first world is told to fall, the others to stand.
        _task.Tell(0, [1, 0]);
        _task.Tell(1, [0, 1]);
        _task.Tell(2, [0, 1]);
    }

    private int[] Stood(Lookahead? ahead, int steps)
    {
        int[] stood = [steps, steps, steps];
        for (int step = 0; step < steps; step++)
        {
            Step(ahead);
            for (int world = 0; world < Worlds; world++)
            {
                stood[world] = _task.Tracking.Fallen[world] ? Math.Min(stood[world], step) : stood[world];
            }
        }

        return stood;
    }

    private void Step(Lookahead? ahead)
    {
        _task.Observe(_seen);
        ahead?.Guide(_seen);
        _policy.Act(_seen, _actions);
        _task.Step(_actions);
    }
}
