using System.Reflection;
using System.Runtime.InteropServices;

namespace Motion.Viewer.Interface;

/// <summary>Finds libmotion_interface.so, which brings Dear ImGui: beside what MOTION_NATIVE names, beside the program, then in artifacts/native above it.</summary>
internal static class InterfaceLibrary
{
    public const string Name = "motion_interface";
    private const string FileName = "libmotion_interface.so";

    /// <summary>The resolver that the runtime calls once, at the first use of the library.</summary>
    /// <exception cref="MotionException">It is not there, or does not load.</exception>
    public static nint Resolve(string library, Assembly assembly, DllImportSearchPath? search) =>
        library == Name ? Load(Places(Environment.GetEnvironmentVariable("MOTION_NATIVE"), AppContext.BaseDirectory)) : 0;

    /// <summary>Loads the first of these files that is there.</summary>
    /// <exception cref="MotionException">None is, or it does not load.</exception>
    public static nint Load(IEnumerable<string> places)
    {
        string[] looked = [.. places];
        string path = looked.FirstOrDefault(File.Exists) ?? throw new MotionException(
            ExitCode.MissingComponent,
            $"the window's panels need {FileName}, which is built where Debian's libimgui-dev is installed; looked at: {string.Join(", ", looked)}. Install it and run native/build.sh");
        return NativeLibrary.TryLoad(path, out nint handle)
            ? handle
            : throw new MotionException(ExitCode.MissingComponent, $"{path} does not load: build it anew with native/build.sh");
    }

    /// <summary>Where it may be.</summary>
    /// <param name="native">The other native library, when it is named.</param>
    /// <param name="folder">Where the program is.</param>
    public static IEnumerable<string> Places(string? native, string folder)
    {
        if (!string.IsNullOrEmpty(native))
        {
            yield return Path.Combine(Path.GetDirectoryName(Path.GetFullPath(native))!, FileName);
        }

        yield return Path.Combine(folder, FileName);
        for (DirectoryInfo? above = new(folder); above is not null; above = above.Parent)
        {
            yield return Path.Combine(above.FullName, "artifacts", "native", FileName);
        }
    }
}
