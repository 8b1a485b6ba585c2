namespace Motion.Torch.Tests;

/// <summary>Compares tensors with numbers worked out by hand.</summary>
internal static class Expect
{
    /// <summary>The shape, and every element within a tolerance.</summary>
    internal static void Elements(double[] expected, Tensor found, double tolerance = 1e-6)
    {
        using var scope = NewDisposeScope();
        var elements = found.detach().to(ScalarType.Float64).reshape(-1).data<double>().ToArray();
        Assert.Equal(expected.Length, elements.Length);
        for (var i = 0; i < elements.Length; i++)
        {
            Assert.True(
                Math.Abs(expected[i] - elements[i]) <= tolerance || expected[i].Equals(elements[i]),
                $"element {i}: {expected[i]} was expected, [{string.Join(", ", elements)}] was found");
        }
    }

    /// <summary>The shape, and every element exactly.</summary>
    internal static void Exactly(Tensor expected, Tensor found)
    {
        Assert.Equal(expected.shape, found.shape);
        Assert.Equal(expected.dtype, found.dtype);
        if (!expected.Equals(found))
        {
            Assert.Fail($"[{Text(expected)}] was expected, [{Text(found)}] was found");
        }
    }

    private static string Text(Tensor tensor) =>
        string.Join(", ", tensor.detach().to(ScalarType.Float64).reshape(-1).data<double>().ToArray());
}
