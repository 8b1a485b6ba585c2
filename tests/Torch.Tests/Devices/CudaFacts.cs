namespace Motion.Torch.Tests;

/// <summary>A test that needs a graphics card; skipped, with the reason, where libtorch sees none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class CudaFactAttribute : FactAttribute
{
    public CudaFactAttribute() => Skip = cuda.is_available() ? null : $"libtorch {__version__} sees no CUDA device";
}

/// <summary>A test of what happens without a graphics card; skipped, with the reason, where libtorch sees one.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class WithoutCudaFactAttribute : FactAttribute
{
    public WithoutCudaFactAttribute() => Skip = cuda.is_available() ? "libtorch sees a CUDA device" : null;
}
