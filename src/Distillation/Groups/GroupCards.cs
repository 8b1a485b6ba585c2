using System.Collections.Immutable;
using System.Security.Cryptography;
using Motion.Distillation.Experts;
using Motion.Distillation.Runs;
using Motion.Policies;
using Motion.Policies.Skills;
using Motion.Sim.Skills;

namespace Motion.Distillation.Groups;

/// <summary>What runs and checkpoints of groups say about themselves.</summary>
internal static class GroupCards
{
    private static readonly string[] Always =
    [
        "samples", "seconds", "phase", "reward", "cloning_error", "trusted", "falls", "policy_loss", "value_error", "divergence", "clipped", "gradient_norm", "learning_rate", "epochs",
    ];

    /// <summary>Names of the numbers that a training leaves behind after every update, in the order of columns.</summary>
    public static IReadOnlyList<string> Metrics { get; } = [.. Always, .. new GroupScore().Figures.Select(figure => figure.Key)];

    /// <summary>The row of an update.</summary>
    public static Dictionary<string, double> Row(GroupProgress progress, PolicyUpdate update, float valueError, bool looked)
    {
        double[] values =
        [
            progress.Samples, progress.Seconds, (int)progress.Phase, progress.Reward, progress.CloningError, progress.Trusted, progress.Falls,
            update.PolicyLoss, valueError, update.Divergence, update.Clipped, update.GradientNorm, update.LearningRate, update.Epochs,
        ];
        Dictionary<string, double> row = Always.Zip(values).ToDictionary(pair => pair.First, pair => pair.Second);
        foreach ((string name, double value) in looked ? progress.Latest!.Figures : [])
        {
            row[name] = value;
        }

        return row;
    }

    /// <summary>The card of a training that has not begun.</summary>
    public static SkillCard Of(GroupTraining training, SkillTask task) => new()
    {
        Condition = SkillConditionKind.Index,
        ConditionSize = training.Clips.Count,
        Skills = [.. training.Clips.Select(clip => new Skill(clip.Name, clip.Captions))],
        ClipLicence = string.Join(", ", training.Clips.Select(clip => clip.Licence).Distinct()),
        Character = training.Character.Name,
        CharacterFingerprint = Expert.FingerprintOf(training.Character),
        Observations = task.ObservationCount,
        Actions = task.ActionCount,
        Seen = training.Options.Skills,
        Tracking = training.Tracking,
        PhysicsRate = training.Options.PhysicsRate,
        SolverIterations = training.Options.SolverIterations,
        Policy = training.Options.Policy,
        Deviation = training.Options.Deviation,
        Method = GroupMethods.NameOf(training.Options.Method),
    };

    /// <summary>The card with what training has cost so far, and what was measured.</summary>
    public static SkillCard WithCost(SkillCard card, GroupProgress progress, GroupTraining training, GroupScore score) => card with
    {
        Training = new TrainingCost
        {
            Samples = progress.Samples,
            Seconds = Math.Round(progress.Seconds, 1),
            Cores = training.Threads,
            Seed = training.Options.Seed,
            Command = training.Command,
        },
        Figures = score.Figures.ToImmutableSortedDictionary(figure => figure.Key, figure => Math.Round(figure.Value, 4)),
    };

    /// <summary>Writes the configuration of a new run, or makes sure that one that goes on is asked for the same, by the same experts.</summary>
    /// <exception cref="MotionException">The run was begun with other settings, clips or experts; names the first difference.</exception>
    public static void Settle(RunFolder run, GroupTraining training) => RunConfiguration<GroupSetup>.Settle(run, training.Clips, new GroupSetup(Digest(training), training.Options), setup => setup with
    {
        // Budgets, and how a run is looked at, may change while it goes on.
        Options = setup.Options with { Budget = new(), CheckpointSeconds = 0, Final = new() },
    });

    private static string Digest(GroupTraining training)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (Expert expert in training.Experts)
        {
            foreach ((_, TorchSharp.torch.Tensor weights) in expert.Policy.state_dict())
            {
                using TorchSharp.torch.Tensor there = weights.cpu();
                hash.AppendData(there.bytes);
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }

    /// <summary>What a group's run was begun with.</summary>
    private sealed record GroupSetup(string Experts, GroupOptions Options);
}
