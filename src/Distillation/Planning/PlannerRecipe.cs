using System.Text;
using Motion.Distillation.Runs;
using Motion.Policies.Planning;
using Motion.Sim;
using Motion.Sim.Configuration;
using TorchSharp;

namespace Motion.Distillation.Planning;

/// <summary>How a training ended.</summary>
/// <param name="Model">The model's file.</param>
/// <param name="Card">Its card.</param>
/// <param name="Transitions">What it learned from.</param>
public sealed record PlannerOutcome(string Model, PlannerCard Card, long Transitions);

/// <summary>Where a training of a planner stands.</summary>
/// <param name="Stage">What is being done: rollouts, autoencoder or prior.</param>
/// <param name="Done">How much of it: transitions or steps.</param>
/// <param name="Total">Of how much.</param>
/// <param name="Measured">What was measured, by name.</param>
public sealed record PlannerProgress(string Stage, long Done, long Total, IReadOnlyList<(string Name, double Value)> Measured);

/// <summary>Trains a planner's model in a run's folder: rollouts, autoencoder, prior. What is there already is gone on with.</summary>
public sealed record PlannerRecipe
{
    /// <summary>Name of the model's file in folders that it is published to.</summary>
    public const string ModelName = "planner.safetensors";

    private const int StandardBatches = 40;
    private const float SmallestDeviation = 0.02f;

    /// <summary>Makes whoever acts; disposed here.</summary>
    public required Func<IRolloutSource> Source { get; init; }

    /// <summary>Latents of skills, by name, each of unit length; null for a model that knows of no sentences.</summary>
    public Func<IReadOnlyList<string>, float[][]>? Sentences { get; init; }

    /// <summary>What the card says about where the model comes from, sizes and figures left out.</summary>
    public required Func<StateLayout, PlannerCard> Card { get; init; }

    /// <summary>How.</summary>
    public required PlannerTrainingOptions Options { get; init; }

    /// <summary>The run's folder.</summary>
    public required string Folder { get; init; }

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
        string rollouts = run.Inside("rollouts");
        long began = Clock.GetTimestamp();
        (StateLayout layout, IReadOnlyList<string> skills) = RollOut(rollouts, report, cancellation);
        float[][]? meanings = Sentences?.Invoke(skills);
        PlannerTrainingOptions options = Options with { Shape = Options.Shape with { SentenceLatent = meanings?[0].Length ?? 0 } };
        Settle(run, options);
        using MappedRollouts data = new(rollouts, layout, options.Shape.Steps, RolloutPart.Learned, options.DataShare);
        (Standard states, Standard actions) = Standards(data, options);
        using TrajectoryModel model = TrajectoryModel.Create(CardOf(layout, skills, options), states, actions, options.Seed);
        model.On(Device);
        using AutoencoderStage autoencoder = new(model, data, options, meanings);
        double seconds = Train(autoencoder, run, options, report, cancellation);
        autoencoder.PublishCodebook();
        using PriorStage prior = new(model, autoencoder, data, options, meanings);
        seconds += Train(prior, run, options, report, cancellation);
        using MappedRollouts held = new(rollouts, layout, options.Shape.Steps, RolloutPart.Held);
        IReadOnlyDictionary<string, double> figures = new AutoencoderFigures(model, autoencoder, held).Measure(options.Seed);
        PlannerCard card = model.Card with
        {
            Training = model.Card.Training with { Samples = data.Transitions, Seconds = Math.Round(seconds, 1), Seed = options.Seed },
            Figures = model.Card.Figures.SetItems(figures),
        };
        new TrajectoryModel(card, model.Decoder, model.Prior, model.States, model.Actions).Save(run.BestCheckpoint);
        if (Publish is not null)
        {
            Directory.CreateDirectory(Publish);
            new TrajectoryModel(card, model.Decoder, model.Prior, model.States, model.Actions).Save(Path.Combine(Publish, ModelName), half: true);
        }

        return new PlannerOutcome(run.BestCheckpoint, card, data.Transitions);
    }

    private (StateLayout Layout, IReadOnlyList<string> Skills) RollOut(string folder, Action<PlannerProgress> report, CancellationToken cancellation)
    {
        using IRolloutSource source = Source();
        RolloutShards.Write(source, Options.Rollouts, folder, done => report(new PlannerProgress("rollouts", done, Options.Rollouts.Transitions, [])), cancellation);
        return (source.Layout, source.Skills);
    }

    private double Train(IPlannerStage stage, RunFolder run, PlannerTrainingOptions options, Action<PlannerProgress> report, CancellationToken cancellation) =>
        new StageTrainer(stage, run, options, Clock)
            .Train(now => report(new PlannerProgress(stage.Name, now.Steps, stage.Steps, [.. stage.Columns.Zip(now.Measured)])), cancellation).Seconds;

    private PlannerCard CardOf(StateLayout layout, IReadOnlyList<string> skills, PlannerTrainingOptions options)
    {
        bool scalar = options.Quantiser == QuantiserKind.FiniteScalar;
        return Card(layout) with
        {
            Codes = scalar ? (int)FiniteScalarQuantiser.CodesOf(options.Shape.Levels) : options.Shape.CodebookRows,
            CodeWidth = scalar ? options.Shape.Levels.Length : options.Shape.CodebookWidth,
            Shape = options.Shape,
            Skills = [.. skills],
        };
    }

    private static void Settle(RunFolder run, PlannerTrainingOptions options)
    {
        string wanted = ConfigurationText.Write(options);
        if (File.Exists(run.Configuration) && File.Exists(run.Inside("autoencoder.safetensors")) && File.ReadAllText(run.Configuration) != wanted)
        {
            throw new MotionException(ExitCode.BadConfiguration, $"{run.Path}: was begun with other settings (see {run.Configuration}): choose another folder with --out, or delete it");
        }

        AtomicFile.Write(run.Configuration, stream => stream.Write(Encoding.UTF8.GetBytes(wanted)));
    }

    /// <summary>Mean and deviation of states and actions, over windows drawn at random.</summary>
    private static (Standard States, Standard Actions) Standards(MappedRollouts data, PlannerTrainingOptions options)
    {
        WindowBatch batch = new(options.Batch, options.Shape.Steps, data.Layout.Count, data.Layout.Actions);
        RunningMoments states = new(data.Layout.Count), actions = new(data.Layout.Actions);
        for (int number = 0; number < StandardBatches; number++)
        {
            data.Draw(CounterRandom.For(options.Seed, 0xD0_0000_0000 + (ulong)number), batch);
            states.Add(batch.States);
            actions.Add(batch.Actions);
        }

        return (states.Standard(SmallestDeviation), actions.Standard(SmallestDeviation));
    }

    private sealed class RunningMoments(int count)
    {
        private readonly double[] _sums = new double[count];
        private readonly double[] _squares = new double[count];
        private long _rows;

        public void Add(ReadOnlySpan<float> rows)
        {
            for (int index = 0; index < rows.Length; index++)
            {
                _sums[index % count] += rows[index];
                _squares[index % count] += rows[index] * (double)rows[index];
            }

            _rows += rows.Length / count;
        }

        public Standard Standard(float smallest)
        {
            float[] mean = [.. _sums.Select(sum => (float)(sum / _rows))];
            return new Standard(mean, [.. _squares.Select((square, index) => MathF.Max(smallest, MathF.Sqrt((float)Math.Max(0, (square / _rows) - (mean[index] * (double)mean[index])))))]);
        }
    }
}
