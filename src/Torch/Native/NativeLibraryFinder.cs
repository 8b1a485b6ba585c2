using System.Reflection;
using System.Runtime.InteropServices;

namespace Motion.Torch.Native;

/// <summary>Finds libmotion_native.so: the variable MOTION_NATIVE, then beside the assembly, then artifacts/native above it.</summary>
internal static class NativeLibraryFinder
{
    internal const string Name = "motion_native";
    private const string FileName = "libmotion_native.so";

    /// <summary>The resolver that the runtime calls once, at the first use of the library.</summary>
    internal static nint Resolve(string library, Assembly assembly, DllImportSearchPath? search) =>
        library == Name ? Load(Find(Environment.GetEnvironmentVariable("MOTION_NATIVE"), AppContext.BaseDirectory)) : 0;

    /// <summary>The library's path; a library that is named but absent is an error, not a reason to look elsewhere.</summary>
    internal static string Find(string? named, string folder)
    {
        IReadOnlyList<string> places = string.IsNullOrEmpty(named) ? [.. Places(folder)] : [named];
        return places.FirstOrDefault(File.Exists) ?? throw new DllNotFoundException(
            $"{FileName} is missing. Looked at: {string.Join(", ", places)}. Build it with native/build.sh, or name it in MOTION_NATIVE.");
    }

    internal static nint Load(string path)
    {
        try
        {
            return NativeLibrary.Load(path);
        }
        catch (DllNotFoundException problem)
        {
            throw new DllNotFoundException(
                $"{path} does not load: {problem.Message} Is the libtorch it was built against (TORCH_DIR, or the package libtorch-dev) still there?",
                problem);
        }
    }

    private static IEnumerable<string> Places(string folder)
    {
        yield return Path.Combine(folder, FileName);
        for (DirectoryInfo? above = new(folder); above is not null; above = above.Parent)
        {
            if (above.Name == "artifacts" || Directory.Exists(Path.Combine(above.FullName, "artifacts")))
            {
                var artifacts = above.Name == "artifacts" ? above.FullName : Path.Combine(above.FullName, "artifacts");
                yield return Path.Combine(artifacts, "native", FileName);
            }
        }
    }
}
