namespace Motion.Torch.Tests.Autograd;

/// <summary>Compares gradients with central differences, in double precision.</summary>
internal static class FiniteDifferences
{
    private const double Step = 1e-6;

    /// <summary>The largest difference between autograd's and the measured gradient of a weighted sum of the outputs.</summary>
    internal static double LargestError(Func<Tensor[], Tensor> function, params Tensor[] inputs)
    {
        using var scope = NewDisposeScope();
        Tensor[] leaves = [.. inputs.Select(input => input.detach().clone().requires_grad_())];
        var output = function(leaves);
        // Weights differ, so that a gradient that lands on the wrong element shows.
        var weights = arange(1, output.numel() + 1, dtype: ScalarType.Float64).mul(0.37).sin().add(1.5).view(output.shape);
        var gradients = autograd.grad([output.mul(weights).sum()], leaves);

        var largest = 0.0;
        using var unrecorded = no_grad();
        foreach (var (leaf, gradient) in leaves.Zip(gradients))
        {
            var found = gradient.reshape(-1).data<double>().ToArray();
            for (var element = 0; element < found.Length; element++)
            {
                var measured = (Shifted(leaf, element, Step) - Shifted(leaf, element, -Step)) / (2 * Step);
                largest = Math.Max(largest, Math.Abs(found[element] - measured) / Math.Max(1, Math.Abs(measured)));
            }
        }

        return largest;

        double Shifted(Tensor leaf, int element, double by)
        {
            using var inner = NewDisposeScope();
            var flat = leaf.view(-1);
            var before = flat[element].ToDouble();
            flat[element] = tensor(before + by);
            var value = function(leaves).mul(weights).sum().ToDouble();
            flat[element] = tensor(before);
            return value;
        }
    }
}
