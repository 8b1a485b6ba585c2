namespace Motion.Policies.Tests;

public class GaussianPolicyTests
{
    [Fact]
    public void Log_probabilities_and_divergence_are_those_of_normal_distributions()
    {
        using DisposeScope scope = NewDisposeScope();
        using GaussianPolicy policy = new(3, 2, new NetworkOptions { Layers = [4] }, deviation: 0.5f, seed: 0);
        Tensor means = tensor((float[])[0, 0]).view(1, 2), actions = tensor((float[])[0.5f, -1]).view(1, 2);

        // −(0.25 + 1)/(2·0.25) = −2.5, and the divergence of such means is 2.5.
        Assert.Equal(-2.5f, policy.LogProbability(means, actions).ToSingle(), 1e-5f);
        Assert.Equal(2.5f, policy.Divergence(means, actions).ToSingle(), 1e-5f);
    }

    [Fact]
    public void First_actions_are_nearly_nothing_and_depend_on_the_seed_alone()
    {
        using DisposeScope scope = NewDisposeScope();
        using GaussianPolicy one = new(3, 2, new NetworkOptions { Layers = [64] }, 0.1f, seed: 1), same = new(3, 2, new NetworkOptions { Layers = [64] }, 0.1f, seed: 1), other = new(3, 2, new NetworkOptions { Layers = [64] }, 0.1f, seed: 2);
        float[] Of(GaussianPolicy policy) => policy.call(ones(1, 3)).data<float>().ToArray();
        Assert.All(Of(one), value => Assert.InRange(Math.Abs(value), 1e-9f, 0.02f));
        Assert.Equal(Of(one), Of(same));
        Assert.NotEqual(Of(one), Of(other));
    }

    [Fact]
    public void Sharing_sees_changed_weights_but_keeps_gradients_of_its_own()
    {
        using DisposeScope scope = NewDisposeScope();
        using GaussianPolicy policy = new(3, 2, new NetworkOptions { Layers = [4] }, 0.1f, seed: 1);
        using GaussianPolicy sharing = policy.Sharing();
        sharing.call(ones(1, 3)).sum().backward();
        Assert.All(policy.parameters(), parameter => Assert.Null(parameter.grad));
        using (no_grad())
        {
            foreach (TorchSharp.Modules.Parameter parameter in policy.parameters())
            {
                parameter.add_(1);
            }
        }

        Assert.Equal(policy.call(ones(1, 3)).data<float>().ToArray(), sharing.call(ones(1, 3)).data<float>().ToArray());
    }
}
