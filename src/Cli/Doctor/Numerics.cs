using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Motion.Cli.Doctor;

/// <summary>Looks at what computes tensors: libtorch, CUDA devices, BLAS.</summary>
internal static partial class Numerics
{
    /// <summary>libtorch: where it is and which version.</summary>
    public static Component Libtorch()
    {
        Component libtorch = new() { Key = "libtorch", Name = "libtorch", Required = true, WithoutIt = "no training, no policies: nothing that needs a network" };
        string? folder = Environment.GetEnvironmentVariable("TORCH_DIR");
        string? library = LibtorchFiles(folder).FirstOrDefault(File.Exists);
        if (library is null)
        {
            return libtorch with
            {
                Remark = folder is null
                    ? "install libtorch-dev, or set TORCH_DIR to a libtorch or Python torch folder"
                    : $"TORCH_DIR={folder} holds no lib/libtorch_cpu.so",
            };
        }

        return libtorch with { Present = true, Path = library, Version = HeaderVersion(library) };
    }

    /// <summary>CUDA devices, as the driver lists them.</summary>
    public static async Task<Component> Cuda(CancellationToken cancellation)
    {
        string? output = await ToolVersion.Output("nvidia-smi", ["--query-gpu=name,memory.total,driver_version", "--format=csv,noheader"], cancellation);
        string[] devices = output?.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        return new()
        {
            Key = "cuda",
            Name = "CUDA",
            WithoutIt = "networks run on the processor only: --device cuda is refused",
            Present = devices.Length > 0,
            Version = devices.Length > 0 ? devices[0].Split(',')[^1].Trim() : "",
            Remark = devices.Length > 0 ? string.Join("; ", devices) : "no NVIDIA driver found",
            Details = new Dictionary<string, JsonNode?> { ["devices"] = new JsonArray([.. devices.Select(device => JsonValue.Create(device))]) },
        };
    }

    /// <summary>The BLAS that the system's libraries use, and its threads.</summary>
    public static Component Blas()
    {
        Component blas = new() { Key = "blas", Name = "BLAS", WithoutIt = "matrix products of a libtorch that brings no BLAS of its own fail" };
        SharedLibrary? library = SharedLibrary.Open("libblas.so.3", "libopenblas.so.0");
        if (library is null)
        {
            return blas with { Details = new Dictionary<string, JsonNode?> { ["threads"] = null } };
        }

        string configuration = library.Text("openblas_get_config");
        int? threads = library.Number("openblas_get_num_threads");
        bool isOpenBlas = configuration.Length > 0;
        return blas with
        {
            Present = true,
            Version = isOpenBlas ? $"OpenBLAS {ToolVersion.FirstVersion(configuration)}" : "reference BLAS",
            Path = isOpenBlas ? SharedLibrary.LoadedPath("libopenblas") : library.Path,
            Remark = isOpenBlas ? $"{threads} threads; {configuration}" : "slow, one thread: install libopenblas0-pthread",
            Details = new Dictionary<string, JsonNode?> { ["threads"] = threads ?? 1, ["configuration"] = configuration },
        };
    }

    private static IEnumerable<string> LibtorchFiles(string? folder)
    {
        const string Library = "libtorch_cpu.so";
        return folder is not null
            ? [Path.Combine(folder, "lib", Library), Path.Combine(folder, "torch", "lib", Library)]
            : Directory.Exists("/usr/lib")
                ? Directory.EnumerateDirectories("/usr/lib", "*-linux-gnu").Select(place => Path.Combine(place, Library))
                : [];
    }

    /// <summary>Version from the header beside the library: Debian keeps headers in /usr/include, others in the same folder.</summary>
    private static string HeaderVersion(string library)
    {
        const string Header = "include/torch/csrc/api/include/torch/version.h";
        string own = Path.Combine(Path.GetDirectoryName(library)!, "..", Header);
        string header = File.Exists(own) ? own : Path.Combine("/usr", Header);
        return File.Exists(header) ? DefinedVersion().Match(File.ReadAllText(header)).Groups[1].Value : "";
    }

    [GeneratedRegex("""#define TORCH_VERSION\s+\\?\s*"([^"]+)""")]
    private static partial Regex DefinedVersion();
}
