namespace Motion.Torch.Tests.Autograd;

public class GradientTests
{
    public static TheoryData<string> Operators => [.. GradientCases.All.Keys];

    [Theory]
    [MemberData(nameof(Operators))]
    public void The_gradient_is_what_finite_differences_measure(string name)
    {
        using var scope = NewDisposeScope();
        var (function, inputs) = GradientCases.All[name]();
        Assert.InRange(FiniteDifferences.LargestError(function, inputs), 0, 2e-7);
    }

    [Fact]
    public void A_wrong_gradient_would_be_noticed()
    {
        using var scope = NewDisposeScope();
        // The derivative of x² written down as x instead of 2x.
        var error = FiniteDifferences.LargestError(x => x[0] * x[0].detach(), tensor(new[] { 0.5, 2.0 }));
        Assert.True(error > 0.1, $"{error}");
    }
}
