using Motion.Distillation.Runs;
using Motion.Sim.Configuration;
using Motion.Torch.Safetensors;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Motion.Distillation.Planning;

/// <summary>Where a stage stands.</summary>
/// <param name="Steps">Steps done.</param>
/// <param name="Seconds">Seconds on the clock, all sessions together.</param>
/// <param name="Measured">What the last steps measured, smoothed, in the order of the stage's columns.</param>
public sealed record StageProgress(long Steps, double Seconds, IReadOnlyList<double> Measured);

/// <summary>
/// Trains a stage: AdamW (Loshchilov and Hutter, 2019) with a linear warm-up and half a cosine. A run that was stopped goes on from its last checkpoint and
/// comes to the same weights as one that was not.
/// </summary>
internal sealed class StageTrainer(IPlannerStage stage, RunFolder run, PlannerTrainingOptions options, TimeProvider clock)
{
    private const double WarmUpShare = 0.02;
    private const double LastShare = 0.03;
    private const double LongestGradient = 1;
    private const int LoggedEvery = 20;

    private string Checkpoint => run.Inside($"{stage.Name}.safetensors");

    /// <summary>Trains to the end.</summary>
    /// <param name="report">Told after every step where it stands.</param>
    /// <param name="cancellation">Stops after the present step; a checkpoint is left.</param>
    public StageProgress Train(Action<StageProgress> report, CancellationToken cancellation)
    {
        using AdamW optimiser = optim.AdamW(stage.Parameters, options.LearningRate, beta2: 0.95, weight_decay: options.WeightDecay);
        StageProgress progress = Restore(optimiser);
        if (progress.Steps >= stage.Steps)
        {
            return progress;
        }

        string folder = run.Inside(stage.Name);
        Directory.CreateDirectory(folder);
        using MetricsLog metrics = new(folder, [.. stage.Columns, "seconds"], progress.Steps, clock);
        long began = clock.GetTimestamp();
        double before = progress.Seconds;
        while (progress.Steps < stage.Steps)
        {
            progress = Descend(optimiser, progress) with { Seconds = before + clock.GetElapsedTime(began).TotalSeconds };
            bool stops = cancellation.IsCancellationRequested, ends = progress.Steps == stage.Steps;
            if (progress.Steps % LoggedEvery == 0 || ends)
            {
                metrics.Add(progress.Steps, stage.Columns.Zip(progress.Measured).Append(("seconds", progress.Seconds)).ToDictionary(pair => pair.Item1, pair => pair.Item2));
            }

            if (stops || ends || progress.Steps % options.CheckpointSteps == 0)
            {
                Save(optimiser, progress);
            }

            report(progress);
            cancellation.ThrowIfCancellationRequested();
        }

        return progress;
    }

    private StageProgress Descend(AdamW optimiser, StageProgress progress)
    {
        using DisposeScope scope = NewDisposeScope();
        long step = progress.Steps;
        manual_seed((long)options.Seed + step + 1);
        (Tensor loss, double[] measured) = stage.Loss(step);
        if (!double.IsFinite(loss.item<float>()))
        {
            throw new MotionException(ExitCode.NumericFailure, $"the {stage.Name}'s training diverged in step {step}: the loss is not a number; the last checkpoint is {Checkpoint}: lower learning_rate, in another folder");
        }

        double done = (step + 1.0) / stage.Steps;
        double share = done < WarmUpShare ? done / WarmUpShare : LastShare + ((1 - LastShare) * (1 + Math.Cos(Math.PI * (done - WarmUpShare) / (1 - WarmUpShare))) / 2);
        foreach (optim.ILearningRateController group in optimiser.ParamGroups)
        {
            group.LearningRate = options.LearningRate * share;
        }

        optimiser.zero_grad();
        loss.backward();
        nn.utils.clip_grad_norm_(stage.Parameters, LongestGradient);
        optimiser.step();
        double[] smoothed = [.. measured.Select((value, index) => step == 0 ? value : progress.Measured[index] + (0.02 * (value - progress.Measured[index])))];
        return progress with { Steps = step + 1, Measured = smoothed };
    }

    private void Save(AdamW optimiser, StageProgress progress)
    {
        using DisposeScope scope = NewDisposeScope();
        TrainingState state = new() { Progress = ConfigurationText.Write(progress) };
        state.Add("weights", stage.State);
        state.Add("optimiser", OptimiserTensors.Collect(optimiser));
        state.Write(Checkpoint);
    }

    private StageProgress Restore(AdamW optimiser)
    {
        if (!File.Exists(Checkpoint))
        {
            return new StageProgress(0, 0, [.. stage.Columns.Select(_ => 0.0)]);
        }

        using DisposeScope scope = NewDisposeScope();
        using IDisposable unrecorded = no_grad();
        TrainingState state = TrainingState.Read(Checkpoint);
        try
        {
            StageProgress progress = ConfigurationText.Read<StageProgress>(state.Progress, Checkpoint);
            stage.Load(state.Under("weights"));
            OptimiserTensors.Restore(optimiser, state.Under("optimiser"));
            return progress;
        }
        catch (Exception problem) when (problem is ArgumentException or InvalidOperationException or KeyNotFoundException or System.Runtime.InteropServices.ExternalException)
        {
            throw new InputException(Checkpoint, 0, 0, $"does not fit this training: {problem.Message}; delete it to start the {stage.Name} anew, or choose another folder with --out", problem);
        }
    }
}
