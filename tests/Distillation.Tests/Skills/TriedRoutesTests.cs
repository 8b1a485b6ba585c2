using Motion.Distillation.Skills;
using Motion.Sim.Clips.Retargeting;
using Motion.Sim.Physics;
using Motion.Sim.Skills;
using Motion.Sim.Tests.Tracking;
using Motion.Sim.Tracking;

namespace Motion.Distillation.Tests.Skills;

public sealed class TriedRoutesTests
{
    private const int Waving = 0, Thrashing = 1, Standing = 2;

    private static readonly CharacterClip[] Clips =
    [
        TestMotions.Waving(isLoop: true), TestMotions.Make("thrashing", 31, isLoop: true, (_, _) => { }), TestMotions.Make("standing", 31, isLoop: true, (_, _) => { }),
    ];

    [Fact]
    public void What_the_teacher_falls_in_is_left_at_once_and_not_gone_through()
    {
        using ThrashingTeacher teacher = new();
        List<double> shares = [];
        MotionRoutes routes = Tried().Measure(teacher, shares.Add, default);
        Assert.Equal(1, shares[^1]);
        for (int frame = 0; frame < 39; frame++)
        {
            Assert.Equal(Standing, routes.ChangeAt(Standing, Waving, frame));
        }
    }

    [Fact]
    public void It_stops_when_it_is_told_to()
    {
        using ThrashingTeacher teacher = new();
        Assert.Throws<OperationCanceledException>(() => Tried().Measure(teacher, _ => { }, new CancellationToken(canceled: true)));
    }

    private static TriedRoutes Tried() => new(Clips, new TrackingOptions { BlendSeconds = 0.25f, Carry = 1 }, new BatchOptions { PhysicsRate = 120, ControlRate = 30, SolverIterations = 10, Threads = 1 });

    /// <summary>Follows what it shall, but for one clip, in which it throws itself to the ground.</summary>
    private sealed class ThrashingTeacher : ITeacher
    {
        public string Name => "thrashing";

        public void Label(SkillTask task, Span<float> actions)
        {
            float[] chosen = new float[actions.Length];
            for (int index = 0; index < chosen.Length; index++)
            {
                chosen[index] = task.FollowedBy(index / task.ActionCount) == Thrashing ? (index % 2 == 0 ? 4 : -4) : 0;
            }

            task.FromTracking(chosen, actions);
        }

        public void Dispose()
        {
        }
    }
}
