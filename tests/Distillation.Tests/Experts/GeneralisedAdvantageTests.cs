using Motion.Distillation.Experts;

namespace Motion.Distillation.Tests.Experts;

public class GeneralisedAdvantageTests
{
    private static readonly bool[] Never = [false, false, false];

    [Fact]
    public void Advantages_sum_later_errors_discounted_by_both_factors() =>

        // γ = 0.5, λ = 0.5, rewards 1 2 3, values 4 6 8 2:
        // δ2 = 3 + 0.5·2 − 8 = −4;  δ1 = 2 + 0.5·8 − 6 = 0;  δ0 = 1 + 0.5·6 − 4 = 0
        // A2 = −4;  A1 = 0 + 0.25·(−4) = −1;  A0 = 0 + 0.25·(−1) = −0.25
        Assert.Equal([-0.25f, -1, -4], Advantages([1, 2, 3], [4, 6, 8, 2], Never, Never, []));

    [Fact]
    public void A_failure_cuts_the_bootstrap() =>

        // The second step fails: δ1 = 2 − 6 = −4, A1 = −4;  A0 = 0 + 0.25·(−4) = −1;  A2 = −4 as before.
        Assert.Equal([-1f, -4, -4], Advantages([1, 2, 3], [4, 6, 8, 2], [false, true, false], Never, []));

    [Fact]
    public void An_episode_cut_short_goes_on_from_the_value_of_its_last_state() =>

        // The second step is cut short in a state worth 10: δ1 = 2 + 0.5·10 − 6 = 1, A1 = 1;  A0 = 0 + 0.25·1 = 0.25;  A2 = −4.
        Assert.Equal([0.25f, 1, -4], Advantages([1, 2, 3], [4, 6, 8, 2], Never, [false, true, false], [10]));

    [Fact]
    public void Values_of_last_states_go_to_their_worlds_in_order_of_steps()
    {
        // Two worlds, two steps, γ = 0.5, λ = 0.5, all values 0 and all rewards 0 but for what last states are worth: world 1 is cut short in step 0 (worth 2)
        // and world 0 in step 1 (worth 4): A[0, 1] = 1, A[1, 0] = 2, and world 0 before it has 0.25·2.
        float[] advantages = new float[4];
        GeneralisedAdvantage.Compute(new float[4], new float[6], new bool[4], [false, true, true, false], [2, 4], (0.5f, 0.5f), advantages);
        Assert.Equal([0.5f, 1, 2, 0], advantages);
    }

    private static float[] Advantages(float[] rewards, float[] values, bool[] terminated, bool[] truncated, float[] final)
    {
        float[] advantages = new float[rewards.Length];
        GeneralisedAdvantage.Compute(rewards, values, terminated, truncated, final, (0.5f, 0.5f), advantages);
        return advantages;
    }
}
