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
        // Standing 4 m from its point and facing it: what facing earns, less a quarter of the distance. Who is slower than meant loses no more than that.
        GoToPoint point = new(new Vector2(4, 0));
        RootState stands = new([0.9f, 1, 0, 0, 0, 0, 1, .. new float[StateLayout.RootCount - 7]], default);
        Assert.Equal(2 - 1, new Gait([], 0.5f).Of(point).Reward(stands), 1e-6);
        Assert.Equal(1 - 1, Gait.None.Of(point).Reward(stands), 1e-6);
        Assert.Same(point, Gait.None.Of(point));

        // Toward it at 2 m/s, of which half a metre counts and the rest is too much.
        RootState runs = new([0.9f, 1, 0, 0, 0, 0, 1, 2, .. new float[StateLayout.RootCount - 8]], default);
        Assert.Equal(2 - 1 + 0.5 - (2 * 1.5), new Gait([], 0.5f).Of(point).Reward(runs), 1e-5);

        // Where there is nowhere to go, what is missing counts too.
        Assert.Equal(-0.25, new Gait([], 0.5f).Of(new WeightedObjective([])).Reward(stands), 1e-6);

        // All that the sentence means.
        Assert.Equal(1, new Gait([0, 1], null).Of(point).RewardOfMeaning([0, 2]), 1e-6);
    }
}
