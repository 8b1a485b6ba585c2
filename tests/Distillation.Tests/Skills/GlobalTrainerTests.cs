using Motion.Distillation.Experts;
using Motion.Distillation.Runs;
using Motion.Distillation.Skills;
using Motion.Policies;
using Motion.Policies.Skills;
using Motion.Sim.Clips.Retargeting;
using Motion.Sim.Skills;
using Motion.Sim.Tests.Tracking;
using Motion.Testing;

namespace Motion.Distillation.Tests.Skills;

public class GlobalTrainerTests
{
    private static readonly GlobalOptions Tiny = new()
    {
        Worlds = 32,
        Policy = new() { Layers = [32], Activation = Activation.ELU, LayerNorm = true },
        WarmUpSamples = 1000,
        Horizon = 4,
        MemorySamples = 4096,
        MinibatchSize = 128,
        Reuse = 4,
        NormaliserSamples = 1000,
        Rate = 3e-3,
        Budget = new() { Samples = 6000 },
        CheckpointSeconds = 0,
    };

    [Fact]
    public void A_student_learns_what_its_teacher_does_for_each_skill()
    {
        using TempFolder folder = new();
        List<double> losses = [];
        Train(folder.Root, Tiny, progress => losses.Add(progress.Loss));

        // The teacher's actions are ±0.5: knowing nothing costs 0.25.
        Assert.InRange(losses[0], 0.1, 1);
        Assert.True(losses[^1] < 0.02, $"the error was {losses[0]:0.000} at first and is {losses[^1]:0.000}");
        using SkillPolicy policy = SkillPolicy.Load(Path.Combine(folder.Root, "best.safetensors"), TestMotions.Humanoid);
        Assert.Equal(["waving", "gliding"], policy.Card.Skills.Select(skill => skill.Clip));
        Assert.Equal("fixed", policy.Card.Method);
        Assert.True(policy.Card.Training.Samples >= 6000);
    }

    [Fact]
    public void A_training_that_was_stopped_goes_on()
    {
        using TempFolder folder = new();
        using CancellationTokenSource stop = new();
        long stopped = 0;
        Assert.Throws<OperationCanceledException>(() => Train(folder.Root, Tiny, progress =>
        {
            stopped = progress.Samples;
            if (stopped >= 2000)
            {
                stop.Cancel();
            }
        }, cancellation: stop.Token));
        List<GlobalProgress> after = [];
        Train(folder.Root, Tiny, after.Add);
        Assert.Equal(stopped + (32 * 4), after[0].Samples);
        Assert.True(after[^1].Loss < 0.05);
    }

    [Fact]
    public void A_training_begins_with_what_another_has_learned()
    {
        using TempFolder folder = new(), second = new(), third = new();
        Train(folder.Root, Tiny, _ => { });
        string learned = Path.Combine(folder.Root, "best.safetensors");
        List<double> losses = [];
        Train(second.Root, Tiny with { Budget = new() { Samples = 512 } }, progress => losses.Add(progress.Loss), from: learned);
        Assert.InRange(losses[0], 0, 0.05);
        GlobalOptions wider = Tiny with { Policy = Tiny.Policy with { Layers = [64] } };
        InputException problem = Assert.Throws<InputException>(() => Train(third.Root, wider, _ => { }, from: learned));
        Assert.Contains("cannot be begun with", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_of_other_settings_is_refused_by_name()
    {
        using TempFolder folder = new();
        Train(folder.Root, Tiny with { Budget = new() { Samples = 128 } }, _ => { });
        MotionException problem = Assert.Throws<MotionException>(() => Train(folder.Root, Tiny with { Noise = 0.7f }, _ => { }));
        Assert.Contains("noise", problem.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCode.BadConfiguration, problem.ExitCode);
    }

    [Fact]
    public void How_an_expert_comes_into_its_clip_is_the_same_figure_every_time()
    {
        CharacterClip waving = TestMotions.Waving(isLoop: true);
        using TempFolder folder = new();
        ExpertOptions options = ExpertOptions.Profile("smoke") with { Budget = new() { Samples = 1024 } };
        using RunFolder run = RunFolder.Open(folder.Root);
        using ExpertTrainer trainer = new(new ExpertTraining([waving], options, 1, "") { Others = [TestMotions.Gliding()] }, run, TimeProvider.System);
        TrainingResult result = trainer.Train(_ => { }, default);
        Assert.InRange(result.Score.Entered, 0, 1);
        using Expert expert = Expert.Load(run.BestCheckpoint, TestMotions.Humanoid);
        using EntryEvaluation entry = new(waving, [TestMotions.Gliding()], expert.Card, 32, 1);
        Assert.Equal(entry.Measure(expert), entry.Measure(expert));
    }

    private static void Train(string folder, GlobalOptions options, Action<GlobalProgress> report, string? from = null, CancellationToken cancellation = default)
    {
        using FixedTeacher teacher = new();
        GlobalTraining training = new()
        {
            Clips = [TestMotions.Waving(isLoop: true), TestMotions.Gliding()],
            Skills = [new Skill("waving", ["a person waves"]), new Skill("gliding", ["a person glides"])],
            Conditions = SkillConditions.Indices(2),
            Kind = SkillConditionKind.Index,
            Teacher = teacher,
            From = from,
            Options = options,
        };
        using RunFolder run = RunFolder.Open(folder);
        using GlobalTrainer trainer = new(training, run, TimeProvider.System);
        trainer.Train(report, cancellation);
    }

    /// <summary>Does one thing for the first skill, and its opposite for the second.</summary>
    private sealed class FixedTeacher : ITeacher
    {
        public string Name => "fixed";

        public void Label(SkillTask task, Span<float> actions)
        {
            for (int index = 0; index < actions.Length; index++)
            {
                actions[index] = task.SkillOf(index / task.ActionCount) == 0 ? 0.5f : -0.5f;
            }
        }

        public void Dispose()
        {
        }
    }
}
