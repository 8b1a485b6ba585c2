using Motion.Distillation.Runs;
using Motion.Policies;
using Motion.Sim.Clips.Retargeting;
using TorchSharp;

namespace Motion.Distillation.Experts;

/// <summary>What became of one clip of a series.</summary>
/// <param name="Clip">Its name.</param>
/// <param name="Result">How its training ended; null when it failed.</param>
/// <param name="Problem">Why it failed; null when it did not.</param>
public sealed record ExpertOutcome(string Clip, TrainingResult? Result, MotionException? Problem)
{
    /// <summary>Whether the clip is tracked: what is not is left out by later stages.</summary>
    public bool IsTracked => Result?.End == TrainingEnd.Tracked;
}

/// <summary>
/// Trains experts of several clips, some of them at a time, each in a folder of its own below one. What is finished is not done again, what was
/// interrupted goes on.
/// </summary>
public sealed record ExpertSeries
{
    /// <summary>The folder that has a run for each clip, by its name.</summary>
    public required string Folder { get; init; }

    /// <summary>How they are trained.</summary>
    public required ExpertOptions Options { get; init; }

    /// <summary>How many clips are trained at a time.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>Threads for each of them.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Where networks are and learn.</summary>
    public torch.Device Device { get; init; } = torch.CPU;

    /// <summary>A folder that the best checkpoints are copied to, with weights of 16 bits, or null.</summary>
    public string? Publish { get; init; }

    /// <summary>Clips whose poses episodes start in too.</summary>
    public IReadOnlyList<CharacterClip> Others { get; init; } = [];

    /// <summary>Folder of runs, by clip, whose networks these begin with, or null.</summary>
    public string? From { get; init; }

    /// <summary>The command that trains a clip again, for its card.</summary>
    public required Func<string, string> Command { get; init; }

    /// <summary>Trains.</summary>
    /// <param name="clips">The clips; names differ.</param>
    /// <param name="began">Told, on any thread, that a clip's training begins and where it stands; gives what is told of it after every update.</param>
    /// <param name="ended">Told, on any thread, what became of a clip.</param>
    /// <param name="cancellation">Stops them; each leaves a checkpoint.</param>
    /// <returns>An outcome for each clip. One that fails does not hold back the others.</returns>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public IReadOnlyList<ExpertOutcome> Train(
        IReadOnlyList<CharacterClip> clips, Func<string, ExpertProgress, Action<ExpertProgress>> began, Action<ExpertOutcome> ended, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(clips);
        ArgumentNullException.ThrowIfNull(began);
        ArgumentNullException.ThrowIfNull(ended);
        Options.Validate();
        ExpertOutcome[] outcomes = new ExpertOutcome[clips.Count];
        using Workers jobs = new(Jobs);
        jobs.Run(clips.Count, index =>
        {
            cancellation.ThrowIfCancellationRequested();
            outcomes[index] = TrainOne(clips[index], began, cancellation);
            ended(outcomes[index]);
        });
        return outcomes;
    }

    private ExpertOutcome TrainOne(CharacterClip clip, Func<string, ExpertProgress, Action<ExpertProgress>> began, CancellationToken cancellation)
    {
        try
        {
            using RunFolder run = RunFolder.Open(Path.Combine(Folder, clip.Name));
            using ExpertTrainer trainer = new(new ExpertTraining([clip], Options, Threads, Command(clip.Name)) { Device = Device, Others = [.. Others.Where(other => other.Name != clip.Name)], From = From is null ? null : Path.Combine(From, clip.Name) }, run, TimeProvider.System);
            TrainingResult result = trainer.Train(began(clip.Name, trainer.Progress), cancellation);
            if (Publish is not null)
            {
                using Expert best = Expert.Load(run.BestCheckpoint, clip.Character);
                Directory.CreateDirectory(Publish);
                best.Save(Path.Combine(Publish, clip.Name + ".safetensors"), half: true);
            }

            return new ExpertOutcome(clip.Name, result, null);
        }
        catch (MotionException problem)
        {
            return new ExpertOutcome(clip.Name, null, problem);
        }
    }
}
