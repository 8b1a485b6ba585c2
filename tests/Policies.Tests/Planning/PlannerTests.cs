using System.Numerics;
using Motion.Policies.Planning;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Recording;
using Motion.Sim.Physics;
using Motion.Sim.Physics.Wide;
using Motion.Sim.Tests.Tracking;
using Motion.Testing;

namespace Motion.Policies.Tests.Planning;

public sealed class PlannerTests : IDisposable
{
    private static readonly PlannerOptions Few = new() { Sampling = new SamplingOptions { Samples = 6 }, ExecuteSteps = 2 };
    private readonly TrajectoryModel _model = ToyModel.Make();
    private readonly TempFolder _folder = new();

    public void Dispose()
    {
        _model.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void The_same_request_gives_the_same_plans_best_first()
    {
        Planner planner = new(_model, Few);
        Plan[] one = planner.Plans([ToyModel.Request(1)], 6)[0], other = planner.Plans([ToyModel.Request(1)], 6)[0];
        Assert.Equal(one.Select(plan => plan.Score), other.Select(plan => plan.Score));
        Assert.Equal(one.OrderByDescending(plan => plan.Score), one);
        Assert.Equal(6, one[0].Path.Length);
        Assert.All(one, plan => Assert.InRange(plan.Survival, 0, 1));
    }

    [Fact]
    public void What_is_left_of_the_best_plan_is_among_the_next()
    {
        Planner planner = new(_model, Few);
        Plan previous = new([4, 5, 6], 0, 0, 1, []) { Age = 2 };
        Plan[] plans = planner.Plans([ToyModel.Request(1) with { Previous = previous }], 6)[0];
        Assert.Contains(plans, plan => plan.Codes[0] == 5 && plan.Codes[1] == 6);
        Assert.Null((previous with { Age = 6 }).Left(_model.Card.Shape));
    }

    [Fact]
    public void The_plan_so_far_is_left_only_for_one_that_is_clearly_better()
    {
        Plan previous = new([4, 5, 6], 0, 0, 1, []) { Age = 2 };
        PlanRequest[] requests = [.. Enumerable.Range(0, 12).Select(seed => ToyModel.Request(seed) with { Previous = previous })];
        int Kept(double patience)
        {
            Planner planner = new(_model, Few with { Patience = patience });
            return requests.Count(request => planner.Plans([request])[0][0].Codes is [5, 6, _]);
        }

        Assert.Equal(12, Kept(100));
        Assert.InRange(Kept(0), 0, 8);
    }

    [Fact]
    public void Samples_are_drawn_for_the_models_own_skills_too_and_plans_remember_which()
    {
        using TrajectoryModel model = ToyModel.Make(change: card => card with { Skills = ["walk", "run"] }, sentences: [[1, 0, 0, 0], [0, 1, 0, 0]]);
        Planner planner = new(model, Few with { ToldShare = 0.5 });
        Plan[] plans = planner.Plans([ToyModel.Request(1)], 6)[0];

        // Six prefixes of one sample each, half of which are told the two skills in turn.
        Assert.Equal(3, plans.Count(plan => plan.Told == -1));
        Assert.Equal([0, 1], plans.Select(plan => plan.Told).Where(skill => skill >= 0).Distinct().Order());
        Plan first = plans.First(plan => plan.Told >= 0);
        using DisposeScope scope = NewDisposeScope();
        Tensor codes = tensor(first.Codes.Select(code => (long)code).ToArray()).view(1, -1);
        Tensor logits = model.Prior.Logits(tensor(ToyModel.State(1)).view(1, -1), tensor(model.Sentences[first.Told]).view(1, -1), codes);
        Assert.Equal(logits.log_softmax(-1).gather(-1, codes.unsqueeze(-1)).sum().ToDouble(), first.LogLikelihood, 1e-3);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Beam_search_gives_plans_whose_scores_are_those_of_their_codes(int ways)
    {
        Planner planner = new(_model, Few with { BeamWays = ways });
        PlanRequest[] requests = [ToyModel.Request(1), ToyModel.Request(2)];
        Plan[][] plans = planner.Plans(requests, 6);
        using DisposeScope scope = NewDisposeScope();
        Tensor codes = tensor(plans[1][0].Codes.Select(code => (long)code).ToArray()).view(1, -1);
        Tensor logits = _model.Prior.Logits(tensor(requests[1].State).view(1, -1), null, codes);
        double expected = logits.log_softmax(-1).gather(-1, codes.unsqueeze(-1)).sum().ToDouble();
        Assert.Equal(expected, plans[1][0].LogLikelihood, 1e-3);
    }

    [Fact]
    public void Wider_beams_find_better_plans_than_as_many_samples()
    {
        Planner sampling = new(_model, Few), searching = new(_model, Few with { BeamWays = 6 });
        double[] gains = [.. Enumerable.Range(0, 8).Select(seed => searching.Plans([ToyModel.Request(seed)])[0][0].Score - sampling.Plans([ToyModel.Request(seed)])[0][0].Score)];
        Assert.True(gains.Average() > 0, string.Join(' ', gains));
    }

    [Fact]
    public void The_plan_that_is_followed_is_among_those_to_be_verified_whatever_is_thought_of_it()
    {
        Planner planner = new(_model, Few);
        PlanRequest request = ToyModel.Request(1);
        Plan worst = planner.Plans([request], 6)[0][^1];
        Plan[] next = planner.Plans([request with { Previous = worst, Seed = 77 }], 2)[0];
        Assert.Equal(worst.Codes, next[0].Codes);
    }

    [Fact]
    public void Verified_plans_are_judged_by_the_simulator_and_the_world_stays_as_it_is()
    {
        WideEngine engine = new();
        using IWorldBatch worlds = Worlds(engine, 2);
        Planner planner = new(_model, Few with { Verified = 3, FallCost = 5 });
        using PlanVerifier verifier = new(engine, worlds, planner, 2);
        float[] before = worlds.Positions.ToArray();
        PlanRequest[] requests = [ToyModel.Request(1), ToyModel.Request(2)];
        Plan[][] plans = planner.Plans(requests, 3);
        WorldState[] saved = [worlds.Save(0), worlds.Save(1)];
        double[] scores = verifier.Scores(saved, requests, plans);
        Plan[] best = verifier.Best(saved, requests, plans);
        Assert.Equal(scores.Skip(3).Max(), best[1].Score);
        Assert.Equal(scores, verifier.Scores(saved, requests, plans));
        Assert.Equal(before, worlds.Positions.ToArray());
    }

    [Fact]
    public void What_is_seen_of_verified_plans_counts_for_what_they_mean_not_what_the_model_says()
    {
        WideEngine engine = new();
        using IWorldBatch worlds = Worlds(engine, 1, new Prop("ball", ShapeKind.Sphere, new Vector3(0.1f), 1));
        Planner planner = new(_model, Few with { Verified = 2, FallCost = 5 });
        using PlanVerifier verifier = new(engine, worlds, planner, 1);
        IObjective speed = new BodyObjective(BodyTask.Speed);
        PlanRequest mute = ToyModel.Request(1) with { Objective = speed }, told = mute with { Objective = new WeightedObjective([(1, speed), (3, new LikeSentence([0, 1]))]) };
        Plan[][] plans = [[.. planner.Plans([mute], 2)[0].Select(plan => plan with { Meant = 1000 })]];
        WorldState[] saved = [worlds.Save(0)];
        double[] believed = verifier.Scores(saved, [mute], plans), seen = verifier.Scores(saved, [told with { Seen = new Always([0, 2]) }], plans);
        int steps = plans[0][0].Codes.Length / _model.Card.Shape.ChunkTokens * _model.Card.Shape.ChunkSteps;

        Assert.Equal(believed.Select(score => score - 1000 + (3 * steps)), seen, (one, other) => Math.Abs(one - other) < 1e-6);
    }

    [Fact]
    public void Planning_that_takes_too_long_is_counted_while_the_last_plan_or_cloning_acts()
    {
        WideEngine engine = new();
        using IWorldBatch worlds = Worlds(engine, 1);
        using PlanningController controller = new(new Planner(_model, Few), engine, worlds, 1) { Budget = TimeSpan.Zero };
        float[] targets = new float[ToyModel.Layout.Actions];
        for (int step = 0; step < 4; step++)
        {
            controller.Act(worlds, [0], [new BodyObjective(BodyTask.Speed)], targets);
            Assert.Contains(targets, target => target != 0);
            Assert.All(targets, target => Assert.True(float.IsFinite(target)));
        }

        Assert.InRange(controller.Overruns, 1, 4);
    }

    [Fact]
    public void Plans_are_followed_for_as_many_steps_as_are_asked_for()
    {
        WideEngine engine = new();
        using IWorldBatch worlds = Worlds(engine, 1);
        using PlanningController controller = new(new Planner(_model, Few), engine, worlds, 1);
        float[] targets = new float[ToyModel.Layout.Actions];
        for (int step = 0; step < 5; step++)
        {
            controller.Act(worlds, [0], [new BodyObjective(BodyTask.Speed)], targets);
        }

        // Made at steps 0, 2 and 4.
        Assert.Equal((3, 0), (controller.PlanMilliseconds.Count, controller.Overruns));
    }

    [Fact]
    public void Weights_of_rollouts_are_exponential_in_deviations_and_cold_ones_take_the_best()
    {
        // Scores 0 and 2: mean 1, deviation 1. At temperature 1 the worse one weighs e^−2 of the better: 1 / (1 + e^−2) = 0.8808.
        Assert.Equal(0.8808, TrueDynamicsPlanner.Weights([0, 2], 1)[1], 1e-4);
        Assert.Equal([0, 1, 0], TrueDynamicsPlanner.Weights([1, 3, 2], 0));
    }

    [Fact]
    public void Search_on_the_true_dynamics_raises_what_it_searches_for()
    {
        WideEngine engine = new();
        using IWorldBatch worlds = Worlds(engine, 1);
        TrueDynamicsOptions options = new() { Samples = 24, Steps = 8, Knots = 3, Rounds = 3, FallCost = 5 };
        using TrueDynamicsPlanner planner = new(engine, worlds, options, 1);
        PlanRequest[] request = [ToyModel.Request(1, new BodyObjective(BodyTask.Speed))];
        float[] knots = planner.Begin(worlds, 0), first = [.. knots];
        planner.Improve(worlds, [0], request, [knots]);
        Assert.True(Earned(engine, planner, knots) > Earned(engine, planner, first) + 0.1);
    }

    [Fact]
    public void A_plan_moved_on_gives_the_targets_that_come_later()
    {
        WideEngine engine = new();
        using IWorldBatch worlds = Worlds(engine, 1);
        using TrueDynamicsPlanner planner = new(engine, worlds, new TrueDynamicsOptions { Steps = 5, Knots = 3, Samples = 2 }, 1);

        // Knots at steps 0, 2 and 4 of 1, 3 and 9: at step 1 the target is 2, at step 3 it is 6. Two steps on, step 0 is what step 2 was.
        float[] knots = [.. new[] { 1f, 3, 9 }.SelectMany(value => Enumerable.Repeat(value, ToyModel.Layout.Actions))], targets = new float[ToyModel.Layout.Actions];
        planner.Targets(knots, 3, targets);
        Assert.Equal(6, targets[0]);
        planner.Shift(knots, 2);
        planner.Targets(knots, 0, targets);
        Assert.Equal(3, targets[0]);
        planner.Targets(knots, 4, targets);
        Assert.Equal(9, targets[0]);
    }

    [Fact]
    public void A_model_that_was_saved_plans_the_same()
    {
        _model.Save(_folder.PathOf("model.safetensors"));
        using TrajectoryModel loaded = TrajectoryModel.Load(_folder.PathOf("model.safetensors"), TestMotions.Humanoid);
        Planner one = new(_model, Few), other = new(loaded, Few);
        Assert.Equal(one.Plans([ToyModel.Request(3)])[0][0].Score, other.Plans([ToyModel.Request(3)])[0][0].Score);
    }

    [Theory]
    [InlineData("has 109 numbers in a state of layout 1", 1, 109)]
    [InlineData("in a state of layout 9", 9, 110)]
    public void A_model_of_another_layout_of_states_is_refused_by_name(string words, int version, int states)
    {
        using TrajectoryModel other = ToyModel.Make(change: card => card with { StateVersion = version, States = states });
        other.Save(_folder.PathOf("model.safetensors"));
        Assert.Contains(words, Assert.Throws<InputException>(() => TrajectoryModel.Load(_folder.PathOf("model.safetensors"), TestMotions.Humanoid)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_of_another_character_is_refused_with_both_names()
    {
        _model.Save(_folder.PathOf("model.safetensors"));
        Character other = TestMotions.Humanoid with { Name = "giant", Bodies = [.. TestMotions.Humanoid.Bodies.Select(body => body with { Position = 2 * body.Position })] };
        string problem = Assert.Throws<InputException>(() => TrajectoryModel.Load(_folder.PathOf("model.safetensors"), other)).Message;
        Assert.Contains("was trained for character 'humanoid'", problem, StringComparison.Ordinal);
        Assert.Contains("not for 'giant'", problem, StringComparison.Ordinal);
    }

    private static IWorldBatch Worlds(IPhysicsEngine engine, int count, params Prop[] props)
    {
        IWorldBatch worlds = engine.CreateBatch(new Scene { Character = TestMotions.Humanoid, Props = [.. props] }, new BatchOptions { WorldCount = count, SolverIterations = 10, Threads = 1 });
        for (int world = 0; world < count; world++)
        {
            worlds.Reset([world], PositionVector.Rest(TestMotions.Humanoid), new float[TestMotions.Humanoid.VelocityCount]);
        }

        return worlds;
    }

    private static double Earned(IPhysicsEngine engine, TrueDynamicsPlanner planner, float[] knots)
    {
        using IWorldBatch worlds = Worlds(engine, 1);
        StateReader reader = new(ToyModel.Layout);
        float[] targets = new float[ToyModel.Layout.Actions], state = new float[ToyModel.Layout.Count];
        double sum = 0;
        for (int step = 0; step < 8; step++)
        {
            planner.Targets(knots, step, targets);
            worlds.SetControls(targets);
            worlds.Step();
            sum += new BodyObjective(BodyTask.Speed).Reward(new RootState(state, reader.Read(worlds, 0, state)));
        }

        return sum;
    }

    private sealed class Always(float[] meaning) : IMotionMeaning
    {
        public float[][] Of(IReadOnlyList<MotionRecording> motions) => [.. motions.Select(_ => meaning)];
    }
}
