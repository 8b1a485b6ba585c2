using System.Collections.Immutable;
using Motion.Policies;
using Motion.Sim.Tracking;

namespace Motion.Distillation.Experts;

/// <summary>Fills in what checkpoints of experts say about themselves.</summary>
internal static class ExpertCards
{
    /// <summary>The card of a training that has not begun.</summary>
    public static ExpertCard Of(ExpertTraining training, TrackingTask task) => new()
    {
        Clip = training.Name,
        Clips = training.Clips.Count == 1 ? [] : [.. training.Clips.Select(clip => clip.Name)],
        ClipLicence = string.Join(", ", training.Clips.Select(clip => clip.Licence).Distinct()),
        Captions = training.Clips.Count == 1 ? training.Clips[0].Captions : [],
        Character = training.Character.Name,
        CharacterFingerprint = Expert.FingerprintOf(training.Character),
        Observations = task.ObservationCount,
        Actions = task.ActionCount,
        Tracking = training.Options.Tracking,
        PhysicsRate = training.Options.PhysicsRate,
        SolverIterations = training.Options.SolverIterations,
        Policy = training.Options.Policy,
        Deviation = training.Options.Deviation,
    };

    /// <summary>The card with what training has cost so far, and what was measured.</summary>
    public static ExpertCard WithCost(ExpertCard card, ExpertProgress progress, ExpertTraining training, ExpertScore score) => card with
    {
        Training = new TrainingCost
        {
            Samples = progress.Samples,
            Seconds = Math.Round(progress.Seconds, 1),
            Cores = training.Threads,
            Seed = training.Options.Seed,
            Command = training.Command,
        },
        Figures = score.Figures.Where(figure => figure.Value >= 0).ToImmutableSortedDictionary(figure => figure.Key, figure => Math.Round(figure.Value, 4)),
    };
}
