using System.Numerics;
using Motion.Cli.Motions;
using Motion.Cli.Planning;
using Motion.Policies.Planning;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Importing;

namespace Motion.Cli.Tests;

public class GaitTests
{
    private static readonly ClipImport Import = new(CharacterLibrary.Humanoid());

    [Theory]
    [InlineData("sneak", 0.3, 0.7)]
    [InlineData("walk_forward", 1, 1.6)]
    [InlineData("run_forward", 3, 4)]
    [InlineData("stand_idle", 0, 0.1)]
    public void A_clip_s_pace_is_its_mean_speed_over_the_ground(string clip, double least, double most) =>
        Assert.InRange(Gait.PaceOf(Import.Import(MotionFolder.Inputs([clip], null)[0]).Retargeted.Motion), least, most);

    [Fact]
    public void A_task_is_done_at_the_pace_that_is_meant()
    {
        // Standing 4 m from its point and facing it: what facing earns, less a quarter of the distance and half of the 0.5 m/s that are missing.
        GoToPoint point = new(new Vector2(4, 0));
        RootState stands = new([0.9f, 1, 0, 0, 0, 0, 1, .. new float[StateLayout.RootCount - 7]], default);
        Assert.Equal(0.5 - 1 - 0.25, new Gait([], 0.5f).Of(point).Reward(stands), 1e-6);
        Assert.Equal(0.5 - 1, Gait.None.Of(point).Reward(stands), 1e-6);
        Assert.Same(point, Gait.None.Of(point));

        // All that the sentence means.
        Assert.Equal(0.5, new Gait([0, 1], null).Of(point).RewardOfMeaning([0, 2]), 1e-6);
    }
}
