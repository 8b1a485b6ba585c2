using System.Reflection;
using Motion.Torch.Native;
using Motion.Torch.Tests.Autograd;

namespace Motion.Torch.Tests.Native;

/// <summary>The operators of libtorch that the binding calls.</summary>
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
    public void Every_operator_in_use_has_its_gradient_checked_or_has_none_for_a_named_reason()
    {
        var used = typeof(Aten).GetFields(BindingFlags.Static | BindingFlags.NonPublic).Select(field => field.Name);
        var known = GradientCases.All.Keys.Concat(WithoutGradient.Operators.Keys).Append(nameof(Aten.Embedding));
        Assert.Empty(used.Except(known));
        Assert.Empty(known.Except(used));
    }

    [Fact]
    public void The_gradient_of_an_embedding_is_what_finite_differences_measure()
    {
        using var scope = NewDisposeScope();
        var places = tensor(new[] { 3L, 1, 3 });
        var weights = (arange(12).to(ScalarType.Float64) * 0.17 - 0.9).reshape(4, 3);
        Assert.InRange(FiniteDifferences.LargestError(x => Aten.Embedding.Call(x[0], places).square(), weights), 0, 2e-7);
    }
}
