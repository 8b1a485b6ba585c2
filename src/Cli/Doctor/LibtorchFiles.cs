using System.Text.RegularExpressions;

namespace Motion.Cli.Doctor;

/// <summary>Finds which libtorch is installed when it cannot be loaded.</summary>
internal static partial class LibtorchFiles
{
    private const string Library = "libtorch_cpu.so";
    private const string Header = "include/torch/csrc/api/include/torch/version.h";

    /// <summary>What is there, in words.</summary>
    public static string Describe()
    {
        string? folder = Environment.GetEnvironmentVariable("TORCH_DIR");
        string? file = Candidates(folder).FirstOrDefault(File.Exists);
        return (file, folder) switch
        {
            (null, null) => "libtorch-dev is not installed, and TORCH_DIR names no other libtorch",
            (null, _) => $"TORCH_DIR={folder} holds no lib/{Library}",
            _ => $"{file} is version {Version(file)}",
        };
    }

    private static IEnumerable<string> Candidates(string? folder) => folder is null
        ? Directory.EnumerateDirectories("/usr/lib", "*-linux-gnu").Select(place => Path.Combine(place, Library))
        : [Path.Combine(folder, "lib", Library)];

    /// <summary>From the header beside the library: Debian keeps headers in /usr/include, others in the same folder.</summary>
    private static string Version(string library)
    {
        string own = Path.Combine(Path.GetDirectoryName(library)!, "..", Header);
        string header = File.Exists(own) ? own : Path.Combine("/usr", Header);
        return File.Exists(header) ? DefinedVersion().Match(File.ReadAllText(header)).Groups[1].Value : "unknown";
    }

    [GeneratedRegex("""#define TORCH_VERSION\s+\\?\s*"([^"]+)""")]
    private static partial Regex DefinedVersion();
}
