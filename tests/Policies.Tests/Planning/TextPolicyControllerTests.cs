using Motion.Policies.Planning;
using Motion.Policies.Skills;
using Motion.Policies.Tests.Skills;
using Motion.Sim.Physics;
using Motion.Sim.Physics.Wide;
using Motion.Sim.Tests.Tracking;
using Motion.Sim.Tracking;

namespace Motion.Policies.Tests.Planning;

public sealed class TextPolicyControllerTests
{
    private static readonly ReferenceTable Clips = ReferenceTable.Of([TestMotions.Waving(isLoop: true)], ToyPolicy.Tracking);

    [Fact]
    public void In_the_same_state_the_same_is_done_again_and_another_sentence_does_something_else()
    {
        using SkillPolicy policy = SkillPolicy.Create(ToyPolicy.Card(), 3);
        using IWorldBatch worlds = Worlds(2, 10);
        using TextPolicyController one = new(new ToldPolicy(policy, Clips, worlds), [1, 0]), other = new(new ToldPolicy(policy, Clips, worlds), [0, 1]);
        float[] first = Acted(one, worlds);
        Assert.Equal(first, Acted(one, worlds));
        Assert.NotEqual(first, Acted(other, worlds));
        Assert.Equal(20, one.PlanMilliseconds.Count);
    }

    [Fact]
    public void What_it_remembers_counts()
    {
        using SkillPolicy policy = SkillPolicy.Create(ToyPolicy.Card(), 3);
        using IWorldBatch worlds = Worlds(2, 10);
        using TextPolicyController one = new(new ToldPolicy(policy, Clips, worlds), [1, 0]);
        Acted(one, worlds);
        float[] after = new float[2 * worlds.ControlCount], anew = new float[after.Length];
        one.Act(worlds, [0, 1], [], after);
        one.Restart();
        one.Act(worlds, [0, 1], [], anew);
        Assert.NotEqual(after, anew);
    }

    [Fact]
    public void A_policy_of_other_physics_is_refused()
    {
        using SkillPolicy policy = SkillPolicy.Create(ToyPolicy.Card(), 3);
        using IWorldBatch worlds = Worlds(2, 5);
        string problem = Assert.Throws<MotionException>(() => new ToldPolicy(policy, Clips, worlds)).Message;
        Assert.Contains("with 10 sweeps; these worlds have 30, 120 and 5", problem, StringComparison.Ordinal);
    }

    private static float[] Acted(TextPolicyController controller, IWorldBatch worlds)
    {
        float[] targets = new float[2 * worlds.ControlCount];
        worlds.Reset([0, 1], [.. Clips.Positions(0, 3), .. Clips.Positions(0, 9)], [.. Clips.Velocities(0, 3), .. Clips.Velocities(0, 9)]);
        controller.Restart();
        for (int step = 0; step < 10; step++)
        {
            controller.Act(worlds, [0, 1], [], targets);
            worlds.SetControls(targets);
            worlds.Step();
        }

        return worlds.Positions.ToArray();
    }

    private static IWorldBatch Worlds(int count, int sweeps) => new WideEngine().CreateBatch(
        new Scene { Character = TestMotions.Humanoid }, new BatchOptions { WorldCount = count, PhysicsRate = 120, ControlRate = 30, SolverIterations = sweeps, Threads = 1, HistoryLength = 0 });
}
