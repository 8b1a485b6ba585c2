using Motion.Policies.Planning;
using Motion.Sim;
using TorchSharp;

namespace Motion.Distillation.Planning;

/// <summary>A model with all that is needed while it learns.</summary>
/// <param name="Model">The model.</param>
/// <param name="Data">What it learns from.</param>
/// <param name="Autoencoder">Its first stage.</param>
/// <param name="Prior">Its second stage.</param>
internal sealed record PlannerLearner(TrajectoryModel Model, MappedRollouts Data, AutoencoderStage Autoencoder, PriorStage Prior) : IDisposable
{
    private const int StandardBatches = 40;
    private const float SmallestDeviation = 0.02f;

    /// <summary>A model with random weights, or those of another. The caller disposes it, and with it the data.</summary>
    public static PlannerLearner Begin(PlannerCard card, MappedRollouts data, PlannerTrainingOptions options, float[][]? meanings, torch.Device device, PlannerLearner? from)
    {
        (Standard states, Standard actions) = from is null
            ? Standards(data, options)
            : (new Standard(from.Model.States.Mean, from.Model.States.Deviation), new Standard(from.Model.Actions.Mean, from.Model.Actions.Deviation));
        TrajectoryModel model = TrajectoryModel.Create(card, states, actions, options.Seed, meanings);
        model.On(device);
        AutoencoderStage autoencoder = new(model, data, options, meanings);
        PlannerLearner learner = new(model, data, autoencoder, new PriorStage(model, autoencoder, data, options, meanings));
        if (from is not null)
        {
            using DisposeScope scope = torch.NewDisposeScope();
            using IDisposable unrecorded = torch.no_grad();
            autoencoder.Load(Copied(from.Autoencoder));
            learner.Prior.Load(Copied(from.Prior));
        }

        return learner;
    }

    /// <summary>The stages, one to be trained after the other.</summary>
    public IEnumerable<IPlannerStage> Stages()
    {
        yield return Autoencoder;
        Autoencoder.PublishCodebook();
        yield return Prior;
    }

    public void Dispose()
    {
        Prior.Dispose();
        Autoencoder.Dispose();
        Data.Dispose();
        Model.Dispose();
    }

    private static Dictionary<string, torch.Tensor> Copied(IPlannerStage stage) => stage.State.ToDictionary(pair => pair.Key, pair => pair.Value.detach().clone());

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
