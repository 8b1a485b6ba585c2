using Motion.Policies.Planning;
using Motion.Policies.Skills;
using Motion.Policies.Tests.Skills;
using Motion.Sim.Clips.Recording;
using Motion.Sim.Physics;
using Motion.Sim.Physics.Wide;
using Motion.Sim.Tests.Tracking;
using Motion.Sim.Tracking;

namespace Motion.Policies.Tests.Planning;

public sealed class SkillPlansTests : IDisposable
{
    private const int Stand = 0;
    private const int ThrowItselfDown = 1;
    private static readonly ReferenceTable Clips = ReferenceTable.Of([TestMotions.Waving(isLoop: true)], ToyPolicy.Tracking);
    private static readonly IObjective Still = new KeepSpeed(0);
    private static readonly IObjective Fast = new BodyObjective(BodyTask.Speed);
    private readonly WideEngine _engine = new();
    private readonly SkillPolicy _policy = ToyPolicy.Make();
    private readonly IWorldBatch _worlds;

    public SkillPlansTests() => _worlds = _engine.CreateBatch(
        new Scene { Character = TestMotions.Humanoid }, new BatchOptions { WorldCount = 2, PhysicsRate = 120, ControlRate = 30, SolverIterations = 10, Threads = 1, HistoryLength = 0 });

    public void Dispose()
    {
        _worlds.Dispose();
        _policy.Dispose();
    }

    [Fact]
    public void The_best_skill_is_the_one_that_earns_most_in_copies_of_the_world_and_a_fall_costs()
    {
        using SkillPlans free = Skills(new PlannerOptions { FallCost = 0 }), dear = Skills(new PlannerOptions { FallCost = 1e4 });
        Assert.Equal([ThrowItselfDown, Stand], Best(free, Fast, Still).Select(plan => plan.Skill));
        Plan[] careful = Best(dear, Fast, Still);
        Assert.Equal([Stand, Stand], careful.Select(plan => plan.Skill));
        Assert.All(careful, plan => Assert.Equal((90, 1), (plan.Path.Length, plan.Survival)));

        // A plan that nothing came after in time goes on.
        Assert.All(careful, plan => Assert.Equal(Stand, (plan with { Age = 1000 }).SkillNow));
    }

    [Fact]
    public void Skills_are_told_all_along_or_for_a_while_and_then_another_and_count_by_the_step()
    {
        using SkillPlans plans = Skills(new PlannerOptions { FallCost = 200 }), free = Skills(new PlannerOptions { FallCost = 0 });
        int lies = Best(free, Fast, Fast)[0].Path.Length, steps = (lies + 8) * 2 / 3, ahead = steps * 3 / 2;
        Plan[] best = Best(plans, Fast, Still, steps: steps);

        // Who throws itself down at once lies before it is over.
        Assert.Equal((Stand, (15, ThrowItselfDown)), (best[0].Skill, best[0].Telling));
        Assert.Equal((Stand, (ahead, Stand)), (best[1].Skill, best[1].Telling));

        // Half as many steps earn about half as much, though all are foreseen further than they count.
        Assert.InRange(Best(plans, Still, Still, steps: 20)[0].Score / Best(plans, Still, Still, steps: 10)[0].Score, 1, 4);
    }

    [Fact]
    public void What_was_told_before_is_left_only_for_what_is_clearly_better()
    {
        using SkillPlans impatient = Skills(new PlannerOptions { FallCost = 0, Patience = 0 }), patient = Skills(new PlannerOptions { FallCost = 0, Patience = 100 });
        Plan told = new([], 0, 0, 1, []) { Skill = Stand, Telling = (60, Stand) };
        Assert.Equal(ThrowItselfDown, Best(impatient, Fast, Fast, told, steps: 20)[0].Skill);
        Assert.Equal(Stand, Best(patient, Fast, Fast, told, steps: 20)[0].Skill);
    }

    [Fact]
    public void Where_a_sentence_says_how_to_move_skills_are_told_for_a_while_or_all_along_and_then_what_it_means()
    {
        using SkillPlans plans = Skills(new PlannerOptions { FallCost = 0 });
        Plan[] told = [.. Enumerable.Range(0, 8).Select(seed => InWords(plans, Fast, Stand, null, (ulong)seed))];
        Assert.All(told, plan => Assert.Equal((ThrowItselfDown, (15, Stand)), (plan.Skill, plan.Telling)));

        using SkillPlans careful = Skills(new PlannerOptions { FallCost = 1e4 });
        Plan stands = InWords(careful, Still, Stand, null, seed: 0);
        Assert.Equal((90, 1, (90, Stand)), (stands.Path.Length, stands.Survival, stands.Telling));
    }

    [Fact]
    public void What_is_seen_of_a_skill_counts_for_what_it_means_not_what_was_told()
    {
        using SkillPlans plans = Skills(new PlannerOptions { FallCost = 0 });
        LikeSentence like = new([.. ToyPolicy.Skills[ThrowItselfDown].ToArray()]);
        Assert.Equal(ThrowItselfDown, Best(plans, like, like)[0].Skill);
        Assert.All(Best(plans, like, like, seen: new Contrary()), plan => Assert.Equal((Stand, 1), (plan.Skill, plan.Survival)));
    }

    [Fact]
    public void Nobody_escapes_a_loss_by_falling()
    {
        using SkillPlans plans = Skills(new PlannerOptions { FallCost = 1 });
        Assert.All(Best(plans, new Loss(), new Loss()), plan => Assert.Equal((Stand, 1), (plan.Skill, plan.Survival)));
    }

    [Fact]
    public void Where_every_way_ends_in_a_fall_as_many_others_are_tried()
    {
        ReadOnlyMemory<float> down = ToyPolicy.Skills[ThrowItselfDown];
        using SkillPlans plans = new(new ToldPolicy(_policy, Clips, _worlds), [down, down], _engine, new PlannerOptions());
        Loss first = new(), second = new();
        Plan[] lost = Best(plans, first, second);
        Assert.All(lost, plan => Assert.Equal(0, plan.Survival));
        Assert.Equal([30 * lost[0].Path.Length, 30 * lost[1].Path.Length], [first.Steps, second.Steps]);
    }

    [Theory]
    [InlineData(4, Stand, 11)]
    [InlineData(15, ThrowItselfDown, 0)]
    [InlineData(40, ThrowItselfDown, 0)]
    public void What_is_left_of_what_was_told_first_goes_on_and_no_more(int age, int skill, int steps)
    {
        using SkillPlans plans = Skills(new PlannerOptions { FallCost = 0, Patience = 100 });
        Plan before = new([], 0, 0, 1, []) { Skill = Stand, Telling = (15, ThrowItselfDown), Age = age };
        Assert.Equal(age < 15 ? Stand : ThrowItselfDown, before.SkillNow);
        Plan plan = InWords(plans, Fast, ThrowItselfDown, before, seed: 0, steps: 20);
        Assert.Equal((skill, (steps, ThrowItselfDown)), (plan.Skill, plan.Telling));
    }

    [Fact]
    public void Where_skills_do_better_than_codes_they_are_followed()
    {
        using TrajectoryModel model = ToyModel.Make();
        PlannerOptions options = new() { Sampling = new SamplingOptions { Samples = 6 }, ExecuteSteps = 2, Verified = 4, FallCost = 0, Patience = 0 };
        using PlanningController controller = new(new Planner(model, options), _engine, _worlds, seed: 1) { Skills = Skills(options) };
        Put();
        controller.Restart();
        float[] targets = new float[2 * _worlds.ControlCount];
        int byCodes = 0, bySkills = 0;
        for (int step = 0; step < 24; step++)
        {
            controller.Act(_worlds, [0, 1], [Fast, Still], targets);
            _worlds.SetControls(targets);
            _worlds.Step();
            byCodes += controller.PlanOf(0)!.Skill < 0 ? 1 : 0;
            bySkills += controller.PlanOf(1)!.Skill == Stand ? 1 : 0;
        }

        Assert.InRange(byCodes, 1, 24);
        Assert.InRange(bySkills, 1, 24);
    }

    private Plan[] Best(SkillPlans plans, IObjective first, IObjective second, Plan? before = null, int steps = 60, IMotionMeaning? seen = null)
    {
        Put();
        plans.Policy.Restart();
        plans.Policy.Look();
        return plans.Best(
            [plans.Policy.Task.Snapshot(0), plans.Policy.Task.Snapshot(1)], [.. new[] { first, second }.Select(objective => new PlanRequest([], default, objective, before, 0) { Seen = seen })], steps);
    }

    private Plan InWords(SkillPlans plans, IObjective objective, int meant, Plan? before, ulong seed, int steps = 60)
    {
        float[] sentence = ToyPolicy.Skills[meant].ToArray();
        Put();
        plans.Policy.Restart();
        plans.Policy.Look();
        WeightedObjective both = new([(1, objective), (1e-3, new LikeSentence([.. sentence]))]);
        return plans.Best([plans.Policy.Task.Snapshot(0)], [new PlanRequest([], default, both, before, seed) { Sentence = sentence }], steps)[0];
    }

    private void Put() => _worlds.Reset([0, 1], [.. Clips.Positions(0, 3), .. Clips.Positions(0, 9)], [.. Clips.Velocities(0, 3), .. Clips.Velocities(0, 9)]);

    private SkillPlans Skills(PlannerOptions options) => new(new ToldPolicy(_policy, Clips, _worlds), ToyPolicy.Skills, _engine, options);

    /// <summary>Who ends upright has thrown itself down, and the other way round.</summary>
    private sealed class Contrary : IMotionMeaning
    {
        public float[][] Of(IReadOnlyList<MotionRecording> motions) =>
            [.. motions.Select(motion => ToyPolicy.Skills[motion.Positions[^(motion.Character.PositionCount - 2)] > 0.6f ? ThrowItselfDown : Stand].ToArray())];
    }

    /// <summary>Every step is a loss; counts them.</summary>
    private sealed class Loss : IObjective
    {
        public int Steps { get; private set; }

        public double Reward(in RootState root)
        {
            Steps++;
            return -1;
        }
    }
}
