using Motion.Distillation.Planning;
using Motion.Policies;
using Motion.Policies.Planning;
using Motion.Sim;
using Motion.Sim.Tests.Tracking;

namespace Motion.Distillation.Tests.Planning;

/// <summary>Trajectories that cost nothing: waves whose actions say what the state does next, of two skills. Every third world falls in step 20.</summary>
internal sealed class ToySource : IRolloutSource
{
    public const int FallStep = 20;

    public static RolloutOptions Options { get; } = new() { Transitions = 3 * 6 * 48, Rounds = 0, Worlds = 6, ShardSteps = 48 };

    public static PlannerTrainingOptions Training { get; } = PlannerTrainingOptions.Profile("smoke") with
    {
        Rollouts = Options,
        Batch = 8,
        AutoencoderSteps = 6,
        PriorSteps = 6,
        CheckpointSteps = 2,
    };

    public StateLayout Layout { get; } = new(TestMotions.Humanoid);

    public IReadOnlyList<string> Skills => ["slow", "fast"];

    public string Description { get; init; } = "toys";

    public int Rolled { get; private set; }

    public static PlannerCard CardOf(StateLayout layout) => new()
    {
        Character = layout.Character.Name,
        CharacterFingerprint = Expert.FingerprintOf(layout.Character),
        States = layout.Count,
        Actions = layout.Actions,
        Codes = 0,
        CodeWidth = 0,
        Shape = new TrajectoryShape(),
    };

    public void Roll(int number, TrajectoryRollout rollout)
    {
        Rolled++;
        for (int world = 0; world < rollout.Worlds; world++)
        {
            int skill = world % 2;
            float phase = CounterRandom.For((ulong)number, (ulong)world).Uniform(0);
            for (int step = 0; step < rollout.Steps; step++)
            {
                int row = rollout.RowOf(world, step);
                bool falls = world % 3 == 0 && step == FallStep;
                float time = phase + (step * 0.05f * (1 + skill));
                for (int index = 0; index < rollout.StateCount; index++)
                {
                    rollout.States[(row * rollout.StateCount) + index] = MathF.Sin(time + index);
                }

                for (int index = 0; index < rollout.ActionCount; index++)
                {
                    rollout.Actions[(row * rollout.ActionCount) + index] = MathF.Cos(time + index);
                }

                rollout.Flags[row] = (byte)((step == 0 || (world % 3 == 0 && step == FallStep + 1) ? TrajectoryRollout.Start : 0) | (falls ? TrajectoryRollout.Fall : 0));
                rollout.Skills[row] = skill;
            }
        }
    }

    public void Dispose()
    {
    }
}
