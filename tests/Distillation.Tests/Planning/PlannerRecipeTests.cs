using Motion.Distillation.Planning;
using Motion.Policies.Planning;
using Motion.Sim.Tests.Tracking;
using Motion.Testing;

namespace Motion.Distillation.Tests.Planning;

public sealed class PlannerRecipeTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(QuantiserKind.FiniteScalar, false)]
    [InlineData(QuantiserKind.Product, true)]
    public void A_training_that_was_stopped_comes_to_the_same_model_as_one_that_was_not(QuantiserKind quantiser, bool said)
    {
        PlannerTrainingOptions options = ToySource.Training with { Quantiser = quantiser };
        PlannerOutcome whole = Recipe("whole", options, said).Train(_ => { }, CancellationToken.None);
        foreach (string stage in new[] { "autoencoder", "prior" })
        {
            using CancellationTokenSource stop = new();
            Assert.Throws<OperationCanceledException>(() => Recipe("parts", options, said).Train(
                now =>
                {
                    if (now.Stage == stage && now.Done == 3)
                    {
                        stop.Cancel();
                    }
                },
                stop.Token));
        }

        PlannerOutcome parts = Recipe("parts", options, said).Train(_ => { }, CancellationToken.None);
        Assert.Equal(whole.Card.Figures, parts.Card.Figures);
        Assert.Equal(Planned(whole.Model), Planned(parts.Model));
        Assert.Equal(said ? 3 : 0, whole.Card.Shape.SentenceLatent);
        Assert.Equal(2 * 288, whole.Card.Training.Samples);
    }

    [Fact]
    public void Learning_lowers_what_it_measures()
    {
        List<PlannerProgress> told = [];
        PlannerTrainingOptions options = ToySource.Training with { AutoencoderSteps = 150, PriorSteps = 150, CheckpointSteps = 1000 };
        Recipe("run", options, said: true).Train(told.Add, CancellationToken.None);
        double Measured(string stage, string name, bool last)
        {
            PlannerProgress[] own = [.. told.Where(now => now.Stage == stage)];
            return (last ? own[^1] : own[0]).Measured.Single(measured => measured.Name == name).Value;
        }

        foreach ((string stage, string name) in new[] { ("autoencoder", "action_error"), ("autoencoder", "state_error"), ("autoencoder", "meaning_error"), ("prior", "surprise") })
        {
            Assert.True(Measured(stage, name, last: true) < 0.7 * Measured(stage, name, last: false), $"{stage}: {name}");
        }
    }

    [Fact]
    public void A_run_goes_on_only_with_the_settings_it_was_begun_with()
    {
        Recipe("run", ToySource.Training, said: false).Train(_ => { }, CancellationToken.None);
        MotionException problem = Assert.Throws<MotionException>(() => Recipe("run", ToySource.Training with { Batch = 9 }, said: false).Train(_ => { }, CancellationToken.None));
        Assert.Contains("was begun with other settings", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_published_model_takes_half_the_room_and_plans()
    {
        PlannerOutcome outcome = (Recipe("run", ToySource.Training, said: false) with { Publish = _folder.PathOf("models") }).Train(_ => { }, CancellationToken.None);
        string published = _folder.PathOf("models", PlannerRecipe.ModelName);
        Assert.InRange(new FileInfo(published).Length / (double)new FileInfo(outcome.Model).Length, 0.45, 0.65);
        Assert.True(File.Exists(Path.ChangeExtension(published, ".json")));
        Assert.True(double.IsFinite(Planned(published)));
    }

    [Fact]
    public void A_training_in_rounds_lets_what_has_learned_act_and_comes_to_the_same_model_when_it_was_stopped()
    {
        PlannerTrainingOptions options = ToySource.Training with { Rollouts = ToySource.Options with { Rounds = 1, Transitions = 4 * 6 * 48, RoundSteps = 0.5 } };
        List<(int Round, bool Student)> whole = [];
        PlannerOutcome once = (Recipe("whole", options, said: true) with { Source = Noted(whole) }).Train(_ => { }, CancellationToken.None);
        Assert.Equal([(0, false), (1, true)], whole);

        // Two files of each round, of which one is held back.
        Assert.Equal(2 * 288, once.Transitions);
        foreach (string stage in new[] { "round 1: prior", "rollouts of round 1", "autoencoder" })
        {
            using CancellationTokenSource stop = new();
            Assert.Throws<OperationCanceledException>(() => Recipe("parts", options, said: true).Train(
                now =>
                {
                    if (now.Stage == stage)
                    {
                        stop.Cancel();
                    }
                },
                stop.Token));
        }

        PlannerOutcome parts = Recipe("parts", options, said: true).Train(_ => { }, CancellationToken.None);
        Assert.Equal(once.Card.Figures, parts.Card.Figures);
        Assert.Equal(Planned(once.Model), Planned(parts.Model));
    }

    [Fact]
    public void Another_run_learns_from_the_rollouts_of_the_first_without_rolling_out()
    {
        PlannerTrainingOptions options = ToySource.Training with { Rollouts = ToySource.Options with { Rounds = 1, Transitions = 4 * 6 * 48 } };
        PlannerOutcome first = Recipe("run", options, said: false).Train(_ => { }, CancellationToken.None);
        List<(int Round, bool Student)> rounds = [];
        PlannerRecipe other = Recipe("other", options with { Quantiser = QuantiserKind.Product }, said: false) with { Data = _folder.PathOf("run"), Source = Noted(rounds) };
        Assert.Equal(first.Transitions, other.Train(_ => { }, CancellationToken.None).Transitions);
        Assert.Equal([(0, false)], rounds);
        Assert.False(Directory.Exists(_folder.PathOf("other", "rollouts")));
    }

    private static Func<int, TrajectoryModel?, IRolloutSource> Noted(List<(int Round, bool Student)> rounds) => (round, model) =>
    {
        rounds.Add((round, model is not null));
        return new ToySource();
    };

    private static double Planned(string path)
    {
        using TrajectoryModel model = TrajectoryModel.Load(path, TestMotions.Humanoid);
        Planner planner = new(model, new PlannerOptions());
        return planner.Plans([new PlanRequest(new float[model.Card.States], default, new BodyObjective(BodyTask.Speed), null, 1)])[0][0].Score;
    }

    private PlannerRecipe Recipe(string name, PlannerTrainingOptions options, bool said) => new()
    {
        Source = (_, _) => new ToySource(),
        Sentences = said ? skills => [.. skills.Select((_, index) => (float[])[index, 1 - index, 0])] : null,
        Card = ToySource.CardOf,
        Options = options,
        Folder = _folder.PathOf(name),
    };
}
