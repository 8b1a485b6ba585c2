using TorchSharp.Modules;

namespace Motion.Torch.Tests.Optimisers;

public sealed class ClippingTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void Gradients_are_scaled_together_to_the_largest_norm()
    {
        Parameter[] parameters = [With(3, 0), With(0, -4), nn.Parameter(zeros(2))];
        // The norm of (3, 0, 0, -4) is 5; of its absolute values 7 or 4.
        Assert.Equal(5, nn.utils.clip_grad_norm_(parameters, 10), 6);
        Expect.Elements([3, 0], parameters[0].grad!);
        Assert.Equal(7, nn.utils.clip_grad_norm_(parameters, 10, 1), 6);
        Assert.Equal(4, nn.utils.clip_grad_norm_(parameters, 10, double.PositiveInfinity), 6);
        Assert.Equal(5, nn.utils.clip_grad_norm_(parameters, 1), 6);
        Expect.Elements([0.6, 0], parameters[0].grad!);
        Expect.Elements([0, -0.8], parameters[1].grad!);
        Assert.Null(parameters[2].grad);
        Assert.Equal(0, nn.utils.clip_grad_norm_([], 1));
    }

    [Fact]
    public void Gradients_are_cut_element_by_element()
    {
        var parameter = With(3, -0.5f);
        nn.utils.clip_grad_value_([parameter], 1);
        Expect.Elements([1, -0.5], parameter.grad!);
    }

    [Fact]
    public void Parameters_become_one_vector_and_back()
    {
        using var layer = nn.Linear(2, 1);
        var vector = nn.utils.parameters_to_vector(layer.parameters());
        Assert.Equal([3], vector.shape);
        nn.utils.vector_to_parameters(tensor(new[] { 1f, 2f, 3f }), layer.parameters());
        Expect.Elements([1, 2], layer.weight);
        Expect.Elements([3], layer.bias!);
    }

    private static Parameter With(params float[] gradient)
    {
        var parameter = nn.Parameter(zeros(gradient.Length));
        parameter.grad = tensor(gradient);
        return parameter;
    }
}
