using System.Runtime.Intrinsics.X86;
using System.Text.Json.Nodes;
using TorchSharp;

namespace Motion.Cli.Doctor;

/// <summary>Looks at what computes tensors: libtorch, CUDA devices, BLAS.</summary>
internal static class Numerics
{
    /// <summary>The first that is loaded decides: libblas is a name that Debian points at the one chosen.</summary>
    private static readonly string[] LibrariesThatMayBeBlas = ["libblas.so", "libmkl_rt.so", "libopenblas"];

    private const string Core = "OPENBLAS_CORETYPE";
    private static readonly string[] CoresWithoutAvx512 = ["Prescott", "Nehalem", "Sandybridge", "Haswell", "Zen"];

    /// <summary>libtorch, CUDA and BLAS; the last two as libtorch sees them, where it can be loaded.</summary>
    public static async Task<Component[]> Look(CancellationToken cancellation)
    {
        Task<string?> driver = ToolVersion.Output(
            "nvidia-smi", ["--query-gpu=name,memory.total,driver_version", "--format=csv,noheader"], cancellation);
        Component libtorch = await Task.Run(Libtorch, cancellation);
        return [libtorch, Cuda(await driver, libtorch.Present ? torch.cuda.device_count() : 0), libtorch.Present ? BlasOfLibtorch() : BlasOfSystem()];
    }

    private static Component Libtorch()
    {
        Component libtorch = new() { Key = "libtorch", Name = "libtorch", Required = true, WithoutIt = "no training, no policies: nothing that needs a network" };
        try
        {
            string version = torch.__version__;
            int threads = torch.get_num_threads();
            return libtorch with
            {
                Present = true,
                Version = version,
                Path = SharedLibrary.LoadedPath("libtorch_cpu.so"),
                Remark = $"threads: {threads}",
                Details = Threads(threads),
            };
        }
        catch (Exception problem) // of whatever kind: not being loadable is what the doctor is there to say
        {
            return libtorch with { Remark = $"{LibtorchFiles.Describe()}; {(problem.InnerException ?? problem).Message}", Details = Threads(0) };
        }
    }

    private static Component Cuda(string? driver, int usableDevices)
    {
        string[] devices = driver?.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        string listed = string.Join("; ", devices);
        return new()
        {
            Key = "cuda",
            Name = "CUDA",
            WithoutIt = "networks run on the processor only: --device cuda is refused",
            Present = usableDevices > 0,
            Version = devices.Length > 0 ? $"driver {devices[0].Split(',')[^1].Trim()}" : "",
            Remark = (devices.Length, usableDevices) switch
            {
                (0, 0) => "no NVIDIA driver found",
                (_, 0) => $"{listed}: this libtorch is built without CUDA; TORCH_DIR chooses another",
                _ => listed,
            },
            Details = new Dictionary<string, JsonNode?>
            {
                ["devices"] = new JsonArray([.. devices.Select(device => JsonValue.Create(device))]),
                ["usable_devices"] = usableDevices,
            },
        };
    }

    /// <summary>The BLAS that libtorch brought into this process.</summary>
    private static Component BlasOfLibtorch()
    {
        string path = LibrariesThatMayBeBlas.Select(SharedLibrary.LoadedPath).FirstOrDefault(found => found.Length > 0, "");
        return SharedLibrary.Open(path) is { } library
            ? Blas(library)
            : EmptyBlas() with { Present = true, Version = "inside libtorch", Path = SharedLibrary.LoadedPath("libtorch_cpu.so"), Details = Threads(torch.get_num_threads()) };
    }

    private static Component BlasOfSystem() => SharedLibrary.Open("libblas.so.3") is { } library ? Blas(library) : EmptyBlas();

    private static Component Blas(SharedLibrary library)
    {
        string openBlas = library.Text("openblas_get_config");
        int threads = library.Number("openblas_get_num_threads") ?? 1;
        bool isReference = openBlas.Length == 0 && !library.Path.Contains("mkl", StringComparison.Ordinal);
        return EmptyBlas() with
        {
            Present = true,
            Version = openBlas.Length > 0 ? $"OpenBLAS {ToolVersion.FirstVersion(openBlas)}" : Path.GetFileName(library.Path),
            Path = library.Path,
            Remark = isReference ? "slow, one thread: install libopenblas0-pthread" : $"threads: {threads}; {openBlas}{HeldBack()}",
            Details = Threads(threads),
        };
    }

    // Containers set it now and then, to be on the safe side.
    private static string HeldBack() => Avx512BW.IsSupported && Environment.GetEnvironmentVariable(Core) is { Length: > 0 } core && CoresWithoutAvx512.Contains(core, StringComparer.OrdinalIgnoreCase)
        ? $"; {Core}={core} keeps it from this processor's AVX-512: unset it, and matrices are multiplied up to twice as fast"
        : "";

    private static Component EmptyBlas() => new()
    {
        Key = "blas",
        Name = "BLAS",
        WithoutIt = "a libtorch that brings no BLAS of its own multiplies no matrices",
        Details = Threads(0),
    };

    private static Dictionary<string, JsonNode?> Threads(int threads) => new() { ["threads"] = threads };
}
