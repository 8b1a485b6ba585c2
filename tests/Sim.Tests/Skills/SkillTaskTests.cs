using Motion.Sim.Clips.Retargeting;
using Motion.Sim.Physics;
using Motion.Sim.Physics.Wide;
using Motion.Sim.Skills;
using Motion.Sim.Tests.Tracking;
using Motion.Sim.Tracking;

namespace Motion.Sim.Tests.Skills;

public class SkillTaskTests
{
    private static readonly TrackingOptions Tracking = new() { FailureDistance = 0, FailOnContact = false };
    private static readonly SkillOptions Quiet = new() { SwitchSeconds = 0, RestStarts = 0, OtherClipStarts = 0 };

    [Fact]
    public void Acting_for_a_tracking_policy_does_what_tracking_does()
    {
        CharacterClip clip = TestMotions.Waving(isLoop: true);
        using IWorldBatch one = Batch(3), other = Batch(3);
        using TrackingTask tracking = new(one, ReferenceTable.Of([clip], Tracking), Tracking, seed: 0);
        using SkillTask skills = new(other, ReferenceTable.Of([clip], Tracking), SkillConditions.Indices(1), Quiet, Tracking, seed: 0);
        float[] chosen = new float[3 * tracking.ActionCount], actions = new float[chosen.Length];
        for (int world = 0; world < 3; world++)
        {
            tracking.Start(world, 0, 5 * world);
            skills.StartAt(world, 0, 5 * world);
        }

        for (int step = 0; step < 20; step++)
        {
            CounterRandom.For(1, (ulong)step).Normal(0, chosen);
            skills.FromTracking(chosen, actions);
            skills.Step(actions);
            tracking.Step(chosen);
        }

        Assert.All(Enumerable.Range(0, one.Positions.Length), index => Assert.Equal(one.Positions[index], other.Positions[index], 1e-3f));
    }

    [Fact]
    public void An_observation_is_the_state_the_past_and_what_is_told()
    {
        using IWorldBatch batch = Batch(2);
        SkillConditions told = new(3, [[1, 2, 3, 4, 5, 6], [7, 8, 9]]);
        using SkillTask task = new(batch, ReferenceTable.Of([TestMotions.Waving(), TestMotions.Gliding()], Tracking), told, Quiet, Tracking, seed: 0);
        task.StartAtRest(0, 0, variant: 1);
        task.StartAt(1, 1, 15);
        float[] seen = new float[2 * task.ObservationCount];
        task.Observe(seen);
        int state = task.Tracking.Layout.StateCount;
        Assert.Equal(state + (5 * (state + 4)) + 3, task.ObservationCount);
        Assert.Equal([4, 5, 6], seen[(task.ObservationCount - 3)..task.ObservationCount]);
        Assert.Equal([7, 8, 9], seen[^3..]);

        // At rest for ever: every past state is the present one, where it is now.
        float[] now = seen[..state];
        for (int past = 0; past < 5; past++)
        {
            int at = state + (past * (state + 4));
            Assert.All(now.Zip(seen[at..(at + state)]), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
            Assert.Equal([0, 0, 1, 0], seen[(at + state)..(at + state + 4)]);
        }

        // Eight frames before it was 8/30 m back along the world's x axis, from which it has turned by 45° since the clip's start, 24° of that in these frames.
        int first = task.ObservationCount + (2 * state);
        float[] place = seen[first..(first + 4)];
        Assert.Equal(-8 / 30f * MathF.Sqrt(0.5f), place[0], 1e-3f);
        Assert.Equal(8 / 30f * MathF.Sqrt(0.5f), place[1], 1e-3f);
        Assert.Equal(MathF.Cos(24 * MathF.PI / 180), place[2], 1e-3f);
        Assert.Equal(-MathF.Sin(24 * MathF.PI / 180), place[3], 1e-3f);
    }

    [Fact]
    public void A_world_with_routes_follows_what_leads_to_the_clip_that_it_is_told()
    {
        const int Bin = 100, Standing = 0, Running = 1, Stopping = 2;
        CharacterClip[] clips = [TestMotions.Waving(isLoop: true), TestMotions.Straight(), TestMotions.Stopping()];
        using IWorldBatch batch = Batch(1);
        using SkillTask task = new(batch, ReferenceTable.Of(clips, Tracking), SkillConditions.Indices(3), Quiet, Tracking, seed: 0);
        float[][] into = [[0, 0, 0], [0.9f, 0, 0], [0, 0, 0]];
        task.Routes = new MotionRoutes(task.Tracking.Entries, task.Tracking.References, new ChangeRisks(Bin, [.. into.Select(from => new[] { from })]));
        task.StartAt(0, Running, 5);
        task.Switch(0, Standing);
        List<int> followed = [];
        for (int step = 0; step < 60; step++)
        {
            followed.Add(task.FollowedBy(0));
            Assert.Equal(Standing, task.SkillOf(0));
            task.Step(new float[task.ActionCount]);
        }

        Assert.Equal([Stopping, Standing], followed.Distinct());
    }

    [Fact]
    public void The_past_is_what_a_world_went_through()
    {
        using IWorldBatch batch = Batch(1);
        using SkillTask task = new(batch, ReferenceTable.Of([TestMotions.Waving(isLoop: true)], Tracking), SkillConditions.Indices(1), Quiet, Tracking, seed: 0);
        task.StartAtRest(0, 0);
        List<float[]> states = [];
        int state = task.Tracking.Layout.StateCount;
        float[] seen = new float[task.ObservationCount], chosen = new float[task.ActionCount], actions = new float[task.ActionCount];
        for (int step = 0; step <= 40; step++)
        {
            task.Observe(seen);
            states.Add(seen[..state]);
            task.FromTracking(chosen, actions);
            task.Step(actions);
        }

        task.Observe(seen);
        for (int past = 1; past <= 5; past++)
        {
            int at = state + ((past - 1) * (state + 4));
            Assert.Equal(states[41 - (8 * past)], seen[at..(at + state)]);
        }
    }

    [Fact]
    public void Steps_that_somebody_else_took_are_seen_as_ones_own_are_once_they_are_noticed()
    {
        using IWorldBatch one = Batch(2), other = Batch(2);
        SkillTask Make(IWorldBatch batch) => new(batch, ReferenceTable.Of([TestMotions.Waving(isLoop: true)], Tracking), SkillConditions.Indices(1), Quiet, Tracking, seed: 0);
        using SkillTask acting = Make(one), watching = Make(other);
        float[] actions = new float[2 * acting.ActionCount], targets = new float[acting.ActionCount], controls = new float[actions.Length];
        float[] seen = new float[2 * acting.ObservationCount], noticed = new float[seen.Length];
        for (int world = 0; world < 2; world++)
        {
            acting.StartAt(world, 0, 7 * world);
            watching.StartAt(world, 0, 7 * world);
        }

        watching.Observe(noticed);
        for (int step = 0; step < 20; step++)
        {
            CounterRandom.For(1, (ulong)step).Normal(0, actions);
            acting.Step(actions);
            for (int index = 0; index < actions.Length; index++)
            {
                watching.Actions.ToTargets(actions.AsSpan(index / targets.Length * targets.Length, targets.Length), targets);
                controls[(index % targets.Length * 2) + (index / targets.Length)] = targets[index % targets.Length];
            }

            other.SetControls(controls);
            other.Step();
            watching.Notice();
            acting.Observe(seen);
            watching.Observe(noticed);
            Assert.Equal(seen, noticed);
        }
    }

    [Fact]
    public void A_world_that_lost_its_way_follows_its_clip_from_the_nearest_frame()
    {
        // Who keeps still cannot wave.
        Assert.Equal(0, TimesEntered(Quiet));
        Assert.NotEqual(0, TimesEntered(Quiet with { LostDistance = 0.05f }));

        static int TimesEntered(SkillOptions options)
        {
            using IWorldBatch batch = Batch(1);
            using SkillTask task = new(batch, ReferenceTable.Of([TestMotions.Waving(isLoop: true)], Tracking), SkillConditions.Indices(1), options, Tracking, seed: 0);
            task.StartAt(0, 0, 5);
            float[] still = new float[task.ActionCount];
            int entered = 0, followed = 0;
            for (int step = 0; step < 60; step++)
            {
                task.Step(still);
                entered += task.Tracking.StepsFollowed(0) < followed ? 1 : 0;
                followed = task.Tracking.StepsFollowed(0);
            }

            return entered;
        }
    }

    [Fact]
    public void A_saved_task_goes_on_to_the_bit()
    {
        using IWorldBatch one = Batch(8), other = Batch(8);
        SkillOptions changing = new() { SwitchSeconds = 0.2f };
        ReferenceTable table = ReferenceTable.Of([TestMotions.Waving(), TestMotions.Gliding()], Tracking);
        using SkillTask first = new(one, table, SkillConditions.Indices(2), changing, Tracking, seed: 3), second = new(other, table, SkillConditions.Indices(2), changing, Tracking, seed: 3);
        float[] actions = new float[8 * first.ActionCount];
        Enumerable.Range(0, 12).ToList().ForEach(_ => first.Step(actions));
        second.Step(actions);
        using MemoryStream saved = new();
        first.Save(new BinaryWriter(saved));
        saved.Position = 0;
        second.Restore(new BinaryReader(saved));
        for (int step = 0; step < 30; step++)
        {
            first.Step(actions);
            second.Step(actions);
        }

        float[] seen = new float[8 * first.ObservationCount], also = new float[seen.Length];
        first.Observe(seen);
        second.Observe(also);
        Assert.Equal(seen, also);
    }

    private static IWorldBatch Batch(int worlds) =>
        new WideEngine().CreateBatch(new Scene { Character = TestMotions.Humanoid }, new BatchOptions { WorldCount = worlds, Threads = 1, HistoryLength = 0 });
}
