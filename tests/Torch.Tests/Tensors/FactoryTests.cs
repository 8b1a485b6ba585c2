using System.Runtime.InteropServices;

namespace Motion.Torch.Tests.Tensors;

public sealed class FactoryTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void Filled_tensors()
    {
        Expect.Exactly(tensor(new[,] { { 0f, 0f, 0f }, { 0f, 0f, 0f } }), zeros(2, 3));
        Expect.Elements([1, 1], ones(2));
        Expect.Elements([7, 7], full(2, 7.0));
        Assert.Equal([1, 2, 3, 4], empty(1, 2, 3, 4).shape);
        Assert.Equal(ScalarType.Int64, zeros([2], ScalarType.Int64).dtype);
        Expect.Elements([1, 0, 0, 0, 1, 0], eye(2, 3));
        Expect.Elements([1, 0, 0, 1], eye(2));
        Expect.Elements([0, 0], zeros_like(ones(2)));
        Expect.Elements([3, 3], full_like(ones(2), 3));
        Assert.Equal(ScalarType.Float64, ones_like(zeros(1), ScalarType.Float64).dtype);
        Assert.True(zeros(1, requires_grad: true).requires_grad);
    }

    [Fact]
    public void Sequences_are_whole_unless_a_number_is_not()
    {
        Expect.Exactly(tensor(new[] { 0L, 1, 2 }), arange(3));
        Expect.Exactly(tensor(new[] { 1L, 3 }), arange(1, 5, 2));
        Expect.Exactly(tensor(new[] { 0f, 0.5f, 1f }), arange(0, 1.5, 0.5));
        Expect.Elements([-1, 0, 1], linspace(-1, 1, 3));
    }

    [Fact]
    public void Tensors_from_numbers_are_copies()
    {
        var numbers = new[] { 1f, 2f, 3f, 4f };
        var copy = tensor(numbers, 2, 2);
        numbers[0] = 9;
        Expect.Elements([1, 2, 3, 4], copy);
        Assert.Equal([2, 2], tensor(numbers, [2L, 2L]).shape);
        Assert.Equal([2, 2], tensor(numbers.AsMemory(), [2L, 2L]).shape);
        Assert.Equal([2, 2], tensor(new[,] { { 1.0, 2.0 }, { 3.0, 4.0 } }).shape);
        Assert.Empty(tensor(5).shape);
        Assert.Equal([0], tensor(Array.Empty<float>()).shape);
        Assert.Equal(ScalarType.Int32, tensor(5).dtype);
        Assert.Equal(ScalarType.Float64, tensor(5.0).dtype);
        Assert.Equal(ScalarType.Float32, tensor(new[] { 5.0 }, ScalarType.Float32).dtype);
        Assert.Throws<ArgumentException>(() => tensor(numbers, 3, 2));
    }

    [Fact]
    public void A_tensor_over_an_array_shares_its_memory_and_holds_it()
    {
        var numbers = new[] { 1f, 2f, 3f };
        var whole = from_array(numbers);
        var part = frombuffer(numbers, ScalarType.Float32, count: 2, offset: 1);
        whole.add_(10);
        numbers[2] = 5;
        Expect.Elements([11, 12, 5], whole);
        Expect.Elements([12, 5], part);
        Assert.Throws<ArgumentException>(() => frombuffer(numbers, ScalarType.Float32, count: 3, offset: 1));

        WeakReference held = Unheld(out var over);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.True(held.IsAlive);
        Expect.Elements([4, 4], over);
        over.Dispose();
        GC.Collect();
        Assert.False(held.IsAlive);
    }

    [Fact]
    public void Elements_come_back_to_the_host()
    {
        var x = tensor(new[,] { { 1f, 2f }, { 3f, 4f } });
        Assert.Equal([1f, 2f, 3f, 4f], x.data<float>().ToArray());
        Assert.Equal([1f, 3f, 2f, 4f], x.t().data<float>().ToArray());
        Assert.Equal(3f, x.data<float>()[1, 0]);
        Assert.Equal(3f, x.t().data<float>()[0, 1]);
        Assert.Equal(2f, x.t().data<float>()[2]);
        var buffer = new float[3];
        x.data<float>().CopyTo(buffer, 1, 2);
        Assert.Equal([0f, 3f, 4f], buffer);
        x.data<float>().CopyFrom([9f, 8f], tensorIndex: 2);
        Expect.Elements([1, 2, 9, 8], x);
        x.data<float>()[0, 0] = 7;
        Assert.Equal(7f, x[0, 0].item<float>());
        Assert.Equal(16, x.bytes.Length);
        x.bytes = new byte[16];
        Expect.Elements([0, 0, 0, 0], x);
        Assert.Equal([0f, 0f, 0f, 0f], [.. x.data<float>()]);
        Assert.Throws<ArgumentException>(() => x.data<double>());
        Assert.Throws<ArgumentException>(() => x.item<float>());
        Assert.Throws<InvalidOperationException>(() => x.t().bytes.Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => x.data<float>()[2, 0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => x.data<float>()[4]);
    }

    [Fact]
    public void One_element_is_a_number_of_any_type()
    {
        Assert.Equal(2.5, tensor(2.5f).ToDouble());
        Assert.Equal(2, (int)tensor(2.5));
        Assert.Equal(3L, tensor((byte)3).ToInt64());
        Assert.True((bool)tensor(1L));
        Assert.Equal(1.5f, tensor(1.5f).to(ScalarType.BFloat16).ToSingle());
        Assert.Equal(1.5f, tensor(1.5f).to(ScalarType.Float16).ToSingle());
        Assert.Equal(-7, tensor(-7).to(ScalarType.Int16).ToInt32());
        Assert.Equal(-7, tensor(-7).to(ScalarType.Int8).ToInt32());
        Tensor implicitly = 4.5;
        Assert.Equal(4.5f, (float)implicitly);
    }

    [Fact]
    public void Properties_say_what_a_tensor_is()
    {
        var x = zeros(2, 3, 4);
        Assert.Equal((3L, 24L, 4L), (x.dim(), x.numel(), x.element_size()));
        Assert.Equal((2L, 4L), (x.size(0), x.size(-1)));
        Assert.Equal("[2x3x4], type = Float32, device = cpu", x.ToString());
        Assert.Equal(DeviceType.CPU, x.device.type);
        Assert.True(x.is_leaf && x.is_floating_point() && !x.is_integral() && !x.is_cuda);
        Assert.Equal(4, x.view(-1).narrow(0, 4, 2).storage_offset());
        Assert.ThrowsAny<ExternalException>(() => x.size(3));
    }

    [Fact]
    public void Types_convert()
    {
        var x = tensor(new[] { 1.7, -1.7, 0.0 });
        Expect.Exactly(tensor(new[] { 1L, -1, 0 }), x.@long());
        Expect.Exactly(tensor(new[] { 1, -1, 0 }), x.@int());
        Expect.Exactly(tensor(new[] { true, true, false }), x.@bool());
        Expect.Exactly(tensor(new[] { 1.7f, -1.7f, 0f }), x.@float());
        Assert.Equal(ScalarType.Float64, x.@float().@double().dtype);
        Assert.Equal(ScalarType.Float32, x.type_as(zeros(1)).dtype);
        Assert.Equal(ScalarType.Float32, x.to(zeros(1)).dtype);
        var copied = x.to(ScalarType.Float64, copy: true);
        copied.zero_();
        Assert.NotEqual(0, x[0].ToDouble());
        var gone = tensor(1.0);
        gone.to(ScalarType.Float32, disposeAfter: true);
        Assert.True(gone.IsInvalid);
    }

    private static WeakReference Unheld(out Tensor over)
    {
        var numbers = new[] { 4f, 4f };
        over = from_array(numbers);
        return new(numbers);
    }
}
