using System.Runtime.InteropServices;
using Motion.Torch.Native;

namespace Motion.Torch.Tests.Native;

public sealed class ErrorTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void Wrong_shapes_are_told_with_the_operator_and_both_shapes()
    {
        var problem = Assert.Throws<TorchException>(() => ones(2, 3).matmul(ones([4, 5], ScalarType.Float64)));
        Assert.StartsWith("aten::matmul(Float[2, 3], Double[4, 5]): ", problem.Message, StringComparison.Ordinal);
        Assert.Contains("mat1 and mat2 shapes cannot be multiplied (2x3 and 4x5)", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception raised from", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_types_are_told_with_the_operator_and_both_types()
    {
        var problem = Assert.Throws<TorchException>(() => ones(2, 2).mm(ones([2, 2], ScalarType.Float64)));
        Assert.StartsWith("aten::mm(Float[2, 2], Double[2, 2]): ", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lists_and_numbers_are_told_too()
    {
        var problem = Assert.Throws<TorchException>(() => cat([ones(1, 2), ones(1, 3)], 0));
        Assert.StartsWith("aten::cat([Float[1, 2], Float[1, 3]], 0): ", problem.Message, StringComparison.Ordinal);
        problem = Assert.Throws<TorchException>(() => ones(6).view(4, -1));
        Assert.StartsWith("aten::view(Float[6], [4, -1]): ", problem.Message, StringComparison.Ordinal);
        problem = Assert.Throws<TorchException>(() => einsum("ij,jk", ones(2, 2)));
        Assert.StartsWith("aten::einsum(\"ij,jk\", [Float[2, 2]]): ", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gradient_that_is_not_there_is_told_with_what_was_asked_for()
    {
        var (x, unused) = (tensor(1.0, requires_grad: true), tensor(1.0, requires_grad: true));
        var problem = Assert.Throws<TorchException>(() => autograd.grad([x * 2], [x, unused]));
        Assert.Contains("grad(Double[])", problem.Message, StringComparison.Ordinal);
    }

    [CudaFact]
    public void Tensors_of_two_devices_are_told()
    {
        var problem = Assert.Throws<TorchException>(() => ones(2, 2).mm(ones(2, 2).cuda()));
        Assert.Contains("Float[2, 2], Float[2, 2]@cuda:0", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_is_what_the_package_throws_too() => Assert.ThrowsAny<ExternalException>(() => ones(2) + ones(3));

    [Fact]
    public void An_error_leaves_the_library_usable()
    {
        for (var i = 0; i < 100; i++)
        {
            Assert.Throws<TorchException>(() => ones(2) + ones(3));
        }

        Expect.Elements([2, 2], ones(2) + ones(2));
    }

    [Fact]
    public void Errors_of_two_threads_do_not_mix()
    {
        Parallel.For(0, 64, i =>
        {
            using var own = NewDisposeScope();
            var size = i + 2;
            var problem = Assert.Throws<TorchException>(() => ones(size).view(1, 1));
            Assert.StartsWith($"aten::view(Float[{size}], [1, 1])", problem.Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Backward_says_what_it_was_about()
    {
        var problem = Assert.Throws<TorchException>(() => ones(2).backward());
        Assert.StartsWith("backward(Float[2]): ", problem.Message, StringComparison.Ordinal);
        problem = Assert.Throws<TorchException>(() => ones(2, requires_grad: true).backward());
        Assert.Contains("scalar outputs", problem.Message, StringComparison.Ordinal);
        problem = Assert.Throws<TorchException>(() => arange(3).requires_grad_());
        Assert.StartsWith("requires_grad =(Long[3]): ", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gradient_of_another_shape_is_refused()
    {
        var x = ones(2, requires_grad: true);
        Assert.Throws<TorchException>(() => (x * 2).backward([ones(3)]));
    }

    [Fact]
    public void An_operator_that_libtorch_does_not_have_is_named()
    {
        var problem = Assert.Throws<TorchException>(() => new Operator("no_such_thing").Call(ones(1)));
        Assert.StartsWith("aten::no_such_thing: libtorch ", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_many_and_too_few_arguments_are_told()
    {
        var operation = new Operator("neg");
        Assert.Contains("1 arguments at most, 2 were given", Assert.Throws<TorchException>(() => operation.Call(ones(1), ones(1))).Message, StringComparison.Ordinal);
        Assert.Contains("argument self is missing", Assert.Throws<TorchException>(() => operation.Call()).Message, StringComparison.Ordinal);
    }

    [WithoutCudaFact]
    public void An_absent_graphics_card_asked_for_is_an_error_that_says_what_is_there()
    {
        foreach (var ask in new Action[] { () => ones([1], device: "cuda"), () => ones(1).cuda(), () => _ = CUDA, () => nn.Linear(1, 1).cuda(), () => _ = new Generator(1, "cuda:1") })
        {
            var problem = Assert.Throws<TorchException>(ask);
            Assert.Contains("was asked for, but libtorch", problem.Message, StringComparison.Ordinal);
            Assert.Contains("sees 0 CUDA devices", problem.Message, StringComparison.Ordinal);
        }

        Assert.False(cuda.is_available());
        Assert.Equal(0, cuda.device_count());
    }

    [Theory]
    [InlineData("gpu")]
    [InlineData("")]
    [InlineData("cpu:0:0")]
    [InlineData("cuda:x")]
    [InlineData("1")]
    public void A_device_that_is_none_is_refused(string name) =>
        Assert.Contains($"'{name}'", Assert.Throws<ArgumentException>(() => new Device(name)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_device_is_read_and_written_alike()
    {
        Assert.Equal(["cpu", "cuda", "cuda:3"], new[] { "cpu", "CUDA", "cuda:3" }.Select(name => new Device(name).ToString()));
        Assert.Equal(3, new Device("cuda:3").index);
    }

    [Fact]
    public void A_library_that_is_named_but_missing_is_an_error_that_names_it()
    {
        var problem = Assert.Throws<DllNotFoundException>(() => NativeLibraryFinder.Find("/nowhere/libmotion_native.so", AppContext.BaseDirectory));
        Assert.Contains("Looked at: /nowhere/libmotion_native.so. Build it with native/build.sh, or name it in MOTION_NATIVE.", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_library_is_looked_for_beside_the_program_and_in_the_artifacts_above_it()
    {
        var root = Directory.CreateTempSubdirectory("native-").FullName;
        try
        {
            var program = Directory.CreateDirectory(Path.Combine(root, "artifacts", "bin", "motion")).FullName;
            var problem = Assert.Throws<DllNotFoundException>(() => NativeLibraryFinder.Find(null, program));
            Assert.Contains($"{program}/libmotion_native.so, {root}/artifacts/native/libmotion_native.so", problem.Message, StringComparison.Ordinal);
            var built = Path.Combine(Directory.CreateDirectory(Path.Combine(root, "artifacts", "native")).FullName, "libmotion_native.so");
            File.WriteAllText(built, "");
            Assert.Equal(built, NativeLibraryFinder.Find("", program));
            var beside = Path.Combine(program, "libmotion_native.so");
            File.WriteAllText(beside, "");
            Assert.Equal(beside, NativeLibraryFinder.Find(null, program));
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    [Fact]
    public void A_library_that_does_not_load_is_an_error_that_says_why()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "no library");
            var problem = Assert.Throws<DllNotFoundException>(() => NativeLibraryFinder.Load(file));
            Assert.Contains($"{file} does not load", problem.Message, StringComparison.Ordinal);
            Assert.Contains("TORCH_DIR", problem.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void The_library_says_what_it_is()
    {
        var library = TorchLibrary.Describe();
        Assert.Matches(@"^\d+\.\d+", library.Version);
        Assert.Equal(library.Version, __version__);
        Assert.True(File.Exists(library.Path), library.Path);
        Assert.NotEmpty(library.CpuCapability);
    }

    [Fact]
    public void Threads_are_limited()
    {
        var before = get_num_threads();
        try
        {
            set_num_threads(1);
            Assert.Equal(1, get_num_threads());
            Assert.Throws<TorchException>(() => set_num_threads(0));
        }
        finally
        {
            set_num_threads(before);
        }
    }
}
