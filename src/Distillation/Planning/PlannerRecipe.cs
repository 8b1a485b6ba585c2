using System.Text;
using Motion.Distillation.Runs;
using Motion.Policies.Planning;
using Motion.Sim.Configuration;
using TorchSharp;

namespace Motion.Distillation.Planning;

/// <summary>How a training ended.</summary>
/// <param name="Model">The model's file.</param>
/// <param name="Card">Its card.</param>
/// <param name="Transitions">What it learned from.</param>
public sealed record PlannerOutcome(string Model, PlannerCard Card, long Transitions);

/// <summary>Where a training of a planner stands.</summary>
/// <param name="Stage">What is being done: rollouts, autoencoder or prior, after "round N: " where a model is trained that only acts in a round.</param>
/// <param name="Done">How much of it: transitions or steps.</param>
/// <param name="Total">Of how much.</param>
/// <param name="Measured">What was measured, by name.</param>
public sealed record PlannerProgress(string Stage, long Done, long Total, IReadOnlyList<(string Name, double Value)> Measured);

/// <summary>
/// Trains a planner's model in a run's folder: rollouts, autoencoder, prior; and in rounds, where a model acts that has learned from the rollouts before. What
/// is there already is gone on with.
/// </summary>
public sealed record PlannerRecipe
{
    /// <summary>Name of the model's file in folders that it is published to.</summary>
    public const string ModelName = "planner.safetensors";

    /// <summary>Makes who rolls out in a round, of which 0 is the first, where given a model with that as the student; disposed here.</summary>
    public required Func<int, TrajectoryModel?, IRolloutSource> Source { get; init; }

    /// <summary>Latents of skills, by name, each of unit length; null for a model that knows of no sentences.</summary>
    public Func<IReadOnlyList<string>, float[][]>? Sentences { get; init; }

    /// <summary>What the card says about where the model comes from, sizes and figures left out.</summary>
    public required Func<StateLayout, PlannerCard> Card { get; init; }

    /// <summary>How.</summary>
    public required PlannerTrainingOptions Options { get; init; }

    /// <summary>The run's folder.</summary>
    public required string Folder { get; init; }

    /// <summary>The folder of another run whose rollouts are learned from, all rounds of it; null to roll out.</summary>
    public string? Data { get; init; }

    /// <summary>A folder for the model with 16-bit weights and its card, or null.</summary>
    public string? Publish { get; init; }

    /// <summary>Where networks learn.</summary>
    public torch.Device Device { get; init; } = torch.CPU;

    /// <summary>Tells the time.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Trains.</summary>
    /// <param name="report">Told where it stands.</param>
    /// <param name="cancellation">Stops; a checkpoint is left.</param>
    /// <exception cref="MotionException">Settings are out of range or differ from the run's, numbers diverged, or the folder cannot be written.</exception>
    public PlannerOutcome Train(Action<PlannerProgress> report, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(report);
        Options.Validate();
        using RunFolder run = RunFolder.Open(Folder);
        using IRolloutSource source = Source(0, null);
        float[][]? meanings = Sentences?.Invoke(source.Skills);
        PlannerTrainingOptions options = Options with { Shape = Options.Shape with { SentenceLatent = meanings?[0].Length ?? 0 } };
        Settle(run, options);
        using Training training = new(this, options, source, meanings, report, cancellation);
        string[] data = Data is null ? training.RollOut(run) : [.. RolloutShards.Folders(Data)];
        using PlannerLearner learner = training.Learn(run, data, options, "");
        using MappedRollouts held = new(data, source.Layout, options.Shape.Steps, RolloutPart.Held);
        AutoencoderFigures measuring = new(learner.Model, learner.Autoencoder);
        PlannerCard card = learner.Model.Card with
        {
            Training = learner.Model.Card.Training with { Samples = learner.Data.Transitions, Seconds = Math.Round(training.Seconds, 1), Seed = options.Seed },
            Figures = learner.Model.Card.Figures
                .SetItems(measuring.Measure(held, options.Seed))
                .SetItems(source is SkillRollouts replays ? measuring.Replay(replays, cancellation) : new Dictionary<string, double>()),
        };
        TrajectoryModel finished = learner.Model.With(card);
        finished.Save(run.BestCheckpoint);
        if (Publish is not null)
        {
            Directory.CreateDirectory(Publish);
            finished.Save(Path.Combine(Publish, ModelName), half: true);
        }

        return new PlannerOutcome(run.BestCheckpoint, card, learner.Data.Transitions);
    }

    /// <summary>One training: who takes part, and how long networks have learned.</summary>
    private sealed class Training(
        PlannerRecipe recipe, PlannerTrainingOptions options, IRolloutSource first, float[][]? meanings, Action<PlannerProgress> report, CancellationToken cancellation) : IDisposable
    {
        private PlannerLearner? _latest;

        public double Seconds { get; private set; }

        /// <summary>Rolls out all rounds; gives their folders.</summary>
        public string[] RollOut(RunFolder run)
        {
            RolloutOptions rollouts = options.Rollouts with { Transitions = Math.Max(1, options.Rollouts.Transitions / (options.Rollouts.Rounds + 1)) };
            List<string> folders = [];
            for (int round = 0; round <= rollouts.Rounds; round++)
            {
                string folder = RolloutShards.FolderOf(run.Path, round), stage = round == 0 ? "rollouts" : $"rollouts of round {round}";
                void Report(long done) => report(new PlannerProgress(stage, done, rollouts.Transitions, []));
                if (round == 0)
                {
                    RolloutShards.Write(first, rollouts, folder, Report, cancellation);
                }
                else
                {
                    using RunFolder own = RunFolder.Open(run.Inside($"round-{round}"));
                    PlannerTrainingOptions shorter = options with { AutoencoderSteps = Shorter(options.AutoencoderSteps), PriorSteps = Shorter(options.PriorSteps) };
                    PlannerLearner learner = Learn(own, folders, shorter, $"round {round}: ");
                    _latest?.Dispose();
                    _latest = learner;
                    using IRolloutSource source = recipe.Source(round, learner.Model);
                    RolloutShards.Write(source, rollouts, folder, Report, cancellation);
                }

                folders.Add(folder);
            }

            return [.. folders];
        }

        /// <summary>Trains a model on rollouts. The caller disposes it.</summary>
        public PlannerLearner Learn(RunFolder run, IReadOnlyList<string> folders, PlannerTrainingOptions how, string prefix)
        {
            MappedRollouts data = new(folders, first.Layout, how.Shape.Steps, RolloutPart.Learned, how.DataShare);
            if (!data.Skills.SequenceEqual(first.Skills))
            {
                data.Dispose();
                throw new InputException(folders[0], 0, 0, $"holds rollouts of the skills {string.Join(", ", data.Skills)}; wanted {string.Join(", ", first.Skills)}: name the experts that they were rolled out with");
            }

            PlannerLearner learner = PlannerLearner.Begin(recipe.CardOf(first, how), data, how, meanings, recipe.Device, _latest);
            foreach (IPlannerStage stage in learner.Stages())
            {
                Seconds += new StageTrainer(stage, run, how, recipe.Clock)
                    .Train(now => report(new PlannerProgress(prefix + stage.Name, now.Steps, stage.Steps, [.. stage.Columns.Zip(now.Measured)])), cancellation).Seconds;
            }

            return learner;
        }

        public void Dispose() => _latest?.Dispose();

        private int Shorter(int steps) => Math.Max(1, (int)(steps * options.Rollouts.RoundSteps));
    }

    private PlannerCard CardOf(IRolloutSource source, PlannerTrainingOptions options)
    {
        bool scalar = options.Quantiser == QuantiserKind.FiniteScalar;
        return Card(source.Layout) with
        {
            Codes = scalar ? (int)FiniteScalarQuantiser.CodesOf(options.Shape.Levels) : options.Shape.CodebookRows,
            CodeWidth = scalar ? options.Shape.Levels.Length : options.Shape.CodebookWidth,
            Shape = options.Shape,
            Skills = [.. source.Skills],
        };
    }

    private static void Settle(RunFolder run, PlannerTrainingOptions options)
    {
        string wanted = ConfigurationText.Write(options);
        bool begun = File.Exists(run.Inside("autoencoder.safetensors")) || Directory.Exists(run.Inside("round-1"));
        if (File.Exists(run.Configuration) && begun && File.ReadAllText(run.Configuration) != wanted)
        {
            throw new MotionException(ExitCode.BadConfiguration, $"{run.Path}: was begun with other settings (see {run.Configuration}): choose another folder with --out, or delete it");
        }

        AtomicFile.Write(run.Configuration, stream => stream.Write(Encoding.UTF8.GetBytes(wanted)));
    }
}
