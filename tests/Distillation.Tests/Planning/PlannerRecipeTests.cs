using Motion.Distillation.Planning;
using Motion.Policies;
using Motion.Policies.Planning;
using Motion.Sim.Clips.Retargeting;
using Motion.Sim.Tests.Tracking;
using Motion.Sim.Tracking;
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
    public void Experts_hand_over_and_what_is_written_down_is_the_action_without_noise()
    {
        CharacterClip waving = TestMotions.Waving(), gliding = TestMotions.Gliding();
        RolloutOptions options = new() { Worlds = 16, ShardSteps = 60, Transitions = 16 * 60, ChangeSeconds = 0.5f, EntranceDistance = 3 };
        using ExpertRollouts noisy = new([Untrained(waving), Untrained(gliding)], [waving, gliding], options, 1);
        TrajectoryRollout one = new(16, 60, noisy.Layout.Count, noisy.Layout.Actions), other = new(16, 60, noisy.Layout.Count, noisy.Layout.Actions);
        noisy.Roll(3, one);
        noisy.Roll(4, other);
        Assert.NotEqual(one.States, other.States);
        noisy.Roll(3, other);
        Assert.Equal(one.States, other.States);
        Assert.Equal(one.Actions, other.Actions);
        Assert.Equal([0, 1], one.Skills.Distinct().Order());
        Assert.Contains(Enumerable.Range(1, one.Rows - 1), row => one.Skills[row] != one.Skills[row - 1] && (one.Flags[row] & TrajectoryRollout.Start) == 0);

        // An untrained expert's clean action is nearly nothing: its target is the reference's, here the same for all joints but those that move.
        int neck = Array.FindIndex([.. TestMotions.Humanoid.Actuators], actuator => TestMotions.Humanoid.Joints[actuator.Joint].Name == "neck");
        Assert.All(Enumerable.Range(0, one.Rows), row => Assert.Equal(0, one.Actions[(row * one.ActionCount) + neck], 0.05f));
    }

    [Fact]
    public void Experts_that_observe_otherwise_are_refused_by_name()
    {
        CharacterClip waving = TestMotions.Waving(), gliding = TestMotions.Gliding();
        Expert odd = Untrained(gliding, new TrackingOptions { TargetSteps = [1, 2] });
        string problem = Assert.Throws<MotionException>(() => new ExpertRollouts([Untrained(waving), odd], [waving, gliding], new RolloutOptions { Worlds = 16 }, 1)).Message;
        Assert.Contains("'waving' and 'gliding' differ", problem, StringComparison.Ordinal);
    }

    private static Expert Untrained(CharacterClip clip, TrackingOptions? tracking = null)
    {
        tracking ??= new TrackingOptions();
        int observations = ObservationLayout.Of(clip.Character, tracking).Count;
        ExpertCard card = new()
        {
            Clip = clip.Name,
            Character = clip.Character.Name,
            CharacterFingerprint = Expert.FingerprintOf(clip.Character),
            Observations = observations,
            Actions = clip.Character.Actuators.Length,
            Tracking = tracking,
            Policy = new NetworkOptions { Layers = [8] },
            Deviation = 0.2f,
        };
        return new Expert(card, new GaussianPolicy(observations, card.Actions, card.Policy, card.Deviation, 1), new ObservationNormaliser(observations));
    }

    private static double Planned(string path)
    {
        using TrajectoryModel model = TrajectoryModel.Load(path, TestMotions.Humanoid);
        using Planner planner = new(model, new PlannerOptions());
        return planner.Plans([new PlanRequest(new float[model.Card.States], default, new BodyObjective(BodyTask.Speed), null, 1)])[0][0].Score;
    }

    private PlannerRecipe Recipe(string name, PlannerTrainingOptions options, bool said) => new()
    {
        Source = () => new ToySource(),
        Sentences = said ? skills => [.. skills.Select((_, index) => (float[])[index, 1 - index, 0])] : null,
        Card = ToySource.CardOf,
        Options = options,
        Folder = _folder.PathOf(name),
    };
}
