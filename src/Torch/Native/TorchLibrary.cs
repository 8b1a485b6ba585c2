using Motion.Torch.Native;

namespace Motion.Torch;

/// <summary>The libtorch in use.</summary>
/// <param name="Version">Its version, such as 1.13.0.</param>
/// <param name="Path">Its file.</param>
/// <param name="BlasPath">The file of the library that multiplies matrices; empty when it is inside libtorch.</param>
/// <param name="BlasCore">The processor that OpenBLAS tunes itself for; empty for other libraries.</param>
/// <param name="CpuCapability">The instruction set that libtorch's own loops use: DEFAULT, AVX2, AVX512.</param>
public sealed record TorchLibrary(string Version, string Path, string BlasPath, string BlasCore, string CpuCapability)
{
    /// <summary>Asks the library. A <see cref="DllNotFoundException"/> says where it was looked for.</summary>
    public static TorchLibrary Describe()
    {
        var lines = NativeMethods.Description().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1]);
        return new(Of("version"), Of("library"), Of("blas"), Of("blas_core"), Of("cpu_capability"));

        string Of(string key) => lines.GetValueOrDefault(key, "");
    }
}
