using System.Reflection;
using Motion.Torch.Native;

namespace Motion.Torch.Tests.Tensors;

public class OperatorTests
{
    [Fact]
    public void Every_operator_in_use_exists_in_this_libtorch()
    {
        var missing = new List<string>();
        foreach (var field in typeof(Aten).GetFields(BindingFlags.Static | BindingFlags.NonPublic))
        {
            try
            {
                ((Operator)field.GetValue(null)!).Resolve();
            }
            catch (TorchException problem)
            {
                missing.Add(problem.Message);
            }
        }

        Assert.Empty(missing);
    }

    [Fact]
    public void A_small_network_learns_a_line()
    {
        manual_seed(1);
        using var scope = NewDisposeScope();
        using var net = nn.Sequential(nn.Linear(1, 8), nn.Tanh(), nn.Linear(8, 1));
        using var optimiser = optim.AdamW(net.parameters(), lr: 0.02);
        var x = linspace(-1, 1, 32).unsqueeze(1);
        var y = x * 0.5 + 0.25;
        var first = 0.0;
        var last = 0.0;
        for (var step = 0; step < 200; step++)
        {
            using var inner = NewDisposeScope();
            var loss = (net.call(x) - y).square().mean();
            optimiser.zero_grad();
            loss.backward();
            optimiser.step();
            last = loss.ToDouble();
            first = step == 0 ? last : first;
        }

        Assert.True(last < first / 100, $"{first} to {last}");
    }
}
