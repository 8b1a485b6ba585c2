using Motion.Distillation.Groups;
using Motion.Distillation.Runs;
using Motion.Policies;
using Motion.Policies.Skills;
using Motion.Sim.Tests.Tracking;
using Motion.Testing;
using Motion.Torch.Safetensors;
using static Motion.Distillation.Tests.Groups.ToyGroups;

namespace Motion.Distillation.Tests.Groups;

public sealed class GroupTrainerTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_run_leaves_a_policy_that_says_what_it_is()
    {
        List<GroupPhase> phases = [];
        GroupResult result = Train("run", Tiny, report: progress => phases.Add(progress.Phase));

        // Updates of 256 samples: three of warm-up, two of settling, three more up to the budget.
        Assert.Equal([GroupPhase.WarmUp, GroupPhase.WarmUp, GroupPhase.WarmUp, GroupPhase.Settling, GroupPhase.Settling, GroupPhase.Reinforcement, GroupPhase.Reinforcement, GroupPhase.Reinforcement], phases);
        Assert.Equal(8 * 256, result.Progress.Samples);
        Assert.Equal(["gliding.npz", "waving.npz"], Directory.EnumerateFiles(_folder.PathOf("run", "recordings")).Select(Path.GetFileName).Order());
        Assert.Equal(1 + 8, File.ReadAllLines(_folder.PathOf("run", "metrics.csv")).Length);

        using SkillPolicy policy = SkillPolicy.Load(_folder.PathOf("run", "best.safetensors"), TestMotions.Humanoid);
        Assert.Equal(["waving", "gliding"], policy.Card.Skills.Select(skill => skill.Clip));
        Assert.Equal((SkillConditionKind.Index, 2, "adversarial+cloning", "./motion train group"), (policy.Card.Condition, policy.Card.ConditionSize, policy.Card.Method, policy.Card.Training.Command));
        Assert.Equal(result.Score.PrecisionAuc, policy.Card.Figures["precision_auc"], 1e-4);
    }

    [Fact]
    public void Cloning_comes_near_the_experts()
    {
        List<double> errors = [];
        Train("run", Tiny with { Method = GroupMethod.Cloning, Budget = new() { Samples = 80 * 256 }, LookSamples = 1 << 20 }, report: progress => errors.Add(progress.CloningError));
        Assert.InRange(errors[^1], 0, errors[0] / 4);
    }

    [Theory]
    [InlineData(GroupMethod.AdversarialCloning, 3)]
    [InlineData(GroupMethod.Adversarial, 2)]
    public void A_run_that_was_interrupted_ends_with_the_same_bits(GroupMethod method, int updates)
    {
        GroupOptions options = Tiny with { Method = method };
        Train("whole", options);
        for (int tries = 0; tries < 100 && !File.Exists(_folder.PathOf("broken", "result.json")); tries++)
        {
            using CancellationTokenSource stop = new();
            int left = updates;
            try
            {
                Train("broken", options, report: _ => CancelAfter(ref left, stop), cancellation: stop.Token);
            }
            catch (OperationCanceledException)
            {
                continue;
            }
        }

        Assert.Equal(Bits("whole", "last.safetensors"), Bits("broken", "last.safetensors"));
        Assert.Equal(Bits("whole", "best.safetensors"), Bits("broken", "best.safetensors"));
    }

    [Fact]
    public void The_experts_are_not_changed()
    {
        using Expert waving = ExpertOf("waving"), gliding = ExpertOf("gliding", seed: 1);
        float[] before = Weights(waving);
        using RunFolder run = RunFolder.Open(_folder.PathOf("run"));
        using (GroupTrainer trainer = new(GroupTraining.Of(Clips, [waving, gliding], Tiny), run, TimeProvider.System))
        {
            trainer.Train(_ => { }, CancellationToken.None);
        }

        Assert.Equal(before, Weights(waving));
    }

    [Fact]
    public void A_run_of_other_experts_or_settings_is_refused()
    {
        Train("run", Tiny);
        MotionException settings = Assert.Throws<MotionException>(() => Train("run", Tiny with { CloningWeight = 3 }));
        Assert.Contains("cloning_weight = 0.3, and now 3 is asked for", settings.Message, StringComparison.Ordinal);
        MotionException experts = Assert.Throws<MotionException>(() => Train("run", Tiny, expertSeed: 7));
        Assert.Contains("was begun with options.experts = ", experts.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_group_is_refused()
    {
        using Expert waving = ExpertOf("waving"), gliding = ExpertOf("gliding"), other = ExpertOf("gliding", tracking: new() { TargetSteps = [1, 6] });
        Assert.Equal("a group of one ('waving') is an expert, trained with './motion train expert': name two clips or more", Refusal(() => GroupTraining.Of([Clips[0]], [waving], Tiny)));
        Assert.Equal("clip 'waving' is named twice: a group has every skill once", Refusal(() => GroupTraining.Of([Clips[0], Clips[0]], [waving, waving], Tiny)));
        Assert.Equal("the expert given for clip 'waving' performs 'gliding': rename it, or train one with './motion train expert waving'", Refusal(() => GroupTraining.Of(Clips, [gliding, waving], Tiny)));
        Assert.Contains("the expert of 'gliding' observes or acts otherwise than that of 'waving'", Refusal(() => GroupTraining.Of(Clips, [waving, other], Tiny)), StringComparison.Ordinal);
    }

    private static string Refusal(Func<GroupTraining> attempt) => Assert.Throws<MotionException>(attempt).Message;

    private static float[] Weights(Expert expert) => [.. expert.Policy.parameters().SelectMany(parameter => parameter.data<float>().ToArray())];

    private static void CancelAfter(ref int updates, CancellationTokenSource stop)
    {
        if (--updates == 0)
        {
            stop.Cancel();
        }
    }

    private GroupResult Train(string name, GroupOptions options, Action<GroupProgress>? report = null, ulong expertSeed = 0, CancellationToken cancellation = default)
    {
        using Expert waving = ExpertOf("waving", expertSeed), gliding = ExpertOf("gliding", expertSeed + 1);
        using RunFolder run = RunFolder.Open(_folder.PathOf(name));
        using GroupTrainer trainer = new(GroupTraining.Of(Clips, [waving, gliding], options) with { Command = "./motion train group" }, run, TimeProvider.System);
        return trainer.Train(report ?? (_ => { }), cancellation);
    }

    // All but the times, which differ from run to run.
    private SortedDictionary<string, string> Bits(string run, string file)
    {
        using DisposeScope scope = NewDisposeScope();
        return new(SafetensorsFile.Read(_folder.PathOf(run, file)).Tensors.ToDictionary(pair => pair.Key, pair => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(pair.Value.contiguous().bytes))));
    }
}
