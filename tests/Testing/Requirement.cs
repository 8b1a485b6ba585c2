using System.Runtime.InteropServices;
using Xunit;

namespace Motion.Testing;

/// <summary>What some tests need besides the program itself. Each is looked for in one way, here.</summary>
public static class Requirement
{
    /// <summary>Environment variable with the folder of motion clips outside the repository.</summary>
    public const string CorpusVariable = "MOTION_CORPUS";

    /// <summary>The reason why a test that needs these things is skipped, or null when all of them are here.</summary>
    /// <param name="names"><c>mujoco</c>, <c>cuda</c>, <c>corpus</c>, <c>egl</c>, <c>osmesa</c>, <c>glfw</c>, <c>imgui</c>, <c>gltf-validator</c>, <c>esbuild</c>, <c>three</c>, <c>numpy</c>, a package of the other stack (<c>TorchSharp</c> …), or the name of a program: <c>ffmpeg</c>, <c>blender</c> …</param>
    public static string? Missing(params IEnumerable<string> names)
    {
        string[] reasons = [.. names.Select(Reason).OfType<string>()];
        return reasons.Length == 0 ? null : string.Join("; ", reasons);
    }

    /// <summary>The folder of motion clips outside the repository.</summary>
    /// <exception cref="InvalidOperationException">The variable is not set: the test should have been skipped.</exception>
    public static string Corpus =>
        Environment.GetEnvironmentVariable(CorpusVariable) ?? throw new InvalidOperationException($"{CorpusVariable} is not set");

    /// <summary>The folder that ./test puts npm packages in.</summary>
    public static string NodeModules { get; } = Repository.PathOf("artifacts", "node", "node_modules");

    private static string? Reason(string name) => name switch
    {
        "mujoco" => !CanLoad("libmujoco.so") ? "MuJoCo is not installed (libmujoco-dev)"
            : File.Exists(MuJoCoPeer.Program) ? null : "mujoco_peer is not built (native/bench/mujoco/build.sh)",
        "cuda" => File.Exists("/dev/nvidiactl") ? null : "no CUDA device",
        "corpus" => Directory.Exists(Environment.GetEnvironmentVariable(CorpusVariable)) ? null : $"{CorpusVariable} names no folder of motion clips",
        "egl" => CanLoad("libEGL.so.1") ? null : "EGL is not installed (libegl1)",
        "osmesa" => CanLoad("libOSMesa.so.8") ? null : "OSMesa is not installed (libosmesa6)",
        "glfw" => CanLoad("libglfw.so.3") ? null : "GLFW is not installed (libglfw3)",
        "imgui" => File.Exists(Repository.PathOf("artifacts", "native", "libmotion_interface.so")) || Named("libmotion_interface.so")
            ? null : "Dear ImGui is not installed (libimgui-dev), or native/build.sh has not run since",
        "gltf-validator" or "esbuild" or "three" => Directory.Exists(Path.Combine(NodeModules, name))
            ? Reason("node")
            : $"the npm package {name} is not installed (./test fetches it)",
        "numpy" => Directory.Exists("/usr/lib/python3/dist-packages/numpy") ? null : "Blender's glTF importer needs numpy (python3-numpy)",
        "BepuPhysics" => IsBuiltOn(name) ? null : "BepuPhysics is not in this build: no engine stands on it so far",
        "TorchSharp" => IsBuiltOn(name) ? null : NotThePackage(name, "src/Torch"),
        "Microsoft.ML.Tokenizers" => IsBuiltOn(name) ? null : NotThePackage(name, "src/Language/Tokens/Package"),
        _ when name.StartsWith("Silk.NET.", StringComparison.Ordinal) => IsBuiltOn(name) ? null : NotThePackage(name, "src/Viewer/Platform/Package"),
        _ => OnPath(name) ? null : $"the program {name} is not installed",
    };

    private static bool IsBuiltOn(string package) => File.Exists(Path.Combine(AppContext.BaseDirectory, $"{package}.dll"));

    private static string NotThePackage(string package, string standIn) => $"this build has {standIn} in place of {package} (./test --stack nuget takes the package)";

    // Beside the native library that the variable names.
    private static bool Named(string file) =>
        Path.GetDirectoryName(Environment.GetEnvironmentVariable("MOTION_NATIVE")) is { Length: > 0 } folder && File.Exists(Path.Combine(folder, file));

    private static bool CanLoad(string library) => NativeLibrary.TryLoad(library, out _);

    private static bool OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}

/// <summary>A fact that is skipped, with the reason, where something it needs is missing: see <see cref="Requirement.Missing"/>.</summary>
public sealed class RequiresFactAttribute : FactAttribute
{
    /// <summary>Creates the attribute.</summary>
    /// <param name="names">What it needs.</param>
    public RequiresFactAttribute(params string[] names) => Skip = Requirement.Missing(names);
}

/// <summary>A theory that is skipped, with the reason, where something it needs is missing: see <see cref="Requirement.Missing"/>.</summary>
public sealed class RequiresTheoryAttribute : TheoryAttribute
{
    /// <summary>Creates the attribute.</summary>
    /// <param name="names">What it needs.</param>
    public RequiresTheoryAttribute(params string[] names) => Skip = Requirement.Missing(names);
}
