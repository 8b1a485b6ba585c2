using Motion.Sim.Clips.Retargeting;
using Motion.Sim.Physics;
using Motion.Sim.Physics.Wide;
using Motion.Sim.Tracking;

namespace Motion.Sim.Tests.Tracking;

public sealed class MotionRoutesTests
{
    private const int Standing = 0, Running = 1, Stopping = 2;
    private static readonly CharacterClip[] Clips = [TestMotions.Waving(), TestMotions.Straight(), TestMotions.Stopping()];

    [Fact]
    public void Where_the_direct_change_is_risky_one_goes_through_a_clip_that_leads_there()
    {
        // From running only into stopping is safe, and from stopping into standing only in its last third.
        MotionRoutes routes = Of((from, bin, to) => (from, to) switch
        {
            (Running, Stopping) => 0,
            (Stopping, Standing) => bin < 2 ? 0.5f : 0,
            _ => 0.9f,
        });
        Assert.Equal([(Running, 0), (Stopping, 0), (Standing, 1.2)], Way(routes, Standing, Running, frame: 4));
    }

    [Fact]
    public void Where_nothing_is_risky_one_goes_over_at_once() =>
        Assert.Equal([(Running, 0), (Standing, 0)], Way(Of((_, _, _) => 0), Standing, Running, frame: 4));

    [Fact]
    public void A_place_that_is_soon_over_is_waited_for()
    {
        // The second third of the loop is safe: from frame 4 it begins in six steps.
        MotionRoutes routes = Of((from, bin, to) => (from, bin) == (Running, 1) ? 0 : 0.9f);
        Assert.Equal([(Running, 0), (Standing, 0.2)], Way(routes, Standing, Running, frame: 4));
    }

    [Fact]
    public void A_clip_that_ends_begins_anew_by_way_of_another_if_it_must()
    {
        int last = Clips[Stopping].FrameCount - 1;
        Assert.Equal(Stopping, Of((_, _, _) => 0).ChangeAt(Stopping, Stopping, last));
        Assert.Contains(Of((from, _, to) => from == to ? 0.9f : 0).ChangeAt(Stopping, Stopping, last), (int?[])[Standing, Running]);
        Assert.Null(Of((_, _, _) => 0).ChangeAt(Running, Running, 20));
    }

    [Fact]
    public void A_clip_that_stops_in_the_middle_of_something_is_left_a_little_before()
    {
        // Beginning anew is safe but for the last bin.
        int last = Clips[Stopping].FrameCount - 1, bins = ChangeRisks.BinsOf(last, 10);
        MotionRoutes routes = Of((_, bin, _) => bin == bins - 1 ? 0.9f : 0);
        int first = Enumerable.Range(0, last + 1).First(frame => routes.ChangeAt(Stopping, Stopping, frame) is not null);
        Assert.Equal(((bins - 1) * 10) - 1, first);
        Assert.Equal(Stopping, routes.ChangeAt(Stopping, Stopping, first));
    }

    private static MotionRoutes Of(Func<int, int, int, float> risk)
    {
        const int BinFrames = 10;
        TrackingOptions options = new();
        using IWorldBatch batch = new WideEngine().CreateBatch(new Scene { Character = TestMotions.Humanoid }, new BatchOptions { WorldCount = 1, Threads = 1, HistoryLength = 0 });
        ReferenceTable table = ReferenceTable.Of(Clips, options);
        using TrackingTask task = new(batch, table, options, seed: 0);
        float[][][] risks = [.. table.Clips.Select((clip, from) => Enumerable.Range(0, ChangeRisks.BinsOf(clip.Last, BinFrames))
            .Select(bin => Enumerable.Range(0, Clips.Length).Select(to => risk(from, bin, to)).ToArray()).ToArray())];
        return new MotionRoutes(task.Entries, table, new ChangeRisks(BinFrames, risks));
    }

    /// <summary>The clips that are gone through, each with the seconds after which it is changed to.</summary>
    private static List<(int Clip, double Seconds)> Way(MotionRoutes routes, int target, int clip, int frame)
    {
        List<(int, double)> way = [(clip, 0)];
        for (int step = 0; clip != target && step < 300;)
        {
            int? change = routes.ChangeAt(target, clip, frame);
            (clip, frame) = change is { } next ? (next, 0) : (clip, frame + 1);
            step += change is null ? 1 : 0;
            if (change is not null)
            {
                way.Add((clip, Math.Round(step / 30.0, 1)));
                bool isThere = clip == target;
                (frame, step) = isThere ? (frame, step) : (routes.Dwell, step + routes.Dwell);
            }
        }

        return way;
    }
}
