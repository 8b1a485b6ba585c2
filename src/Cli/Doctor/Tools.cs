using System.Runtime.InteropServices;

namespace Motion.Cli.Doctor;

/// <summary>Looks at the programs and peers: the .NET SDK, ffmpeg, MuJoCo, Blender.</summary>
internal static class Tools
{
    /// <summary>The .NET SDK that builds, and the runtime that runs.</summary>
    public static async Task<Component> Sdk(CancellationToken cancellation)
    {
        string? version = await ToolVersion.Output("dotnet", ["--version"], cancellation);
        return new()
        {
            Key = "sdk",
            Name = ".NET SDK",
            Required = true,
            WithoutIt = "nothing can be built",
            Present = version is not null,
            Version = version?.Trim() ?? "",
            Path = version is null ? "" : ToolVersion.Find("dotnet") ?? Environment.ProcessPath ?? "",
            Remark = $"running on {RuntimeInformation.FrameworkDescription}",
            Details = new Dictionary<string, System.Text.Json.Nodes.JsonNode?> { ["runtime"] = Environment.Version.ToString() },
        };
    }

    /// <summary>ffmpeg, which encodes films.</summary>
    public static Task<Component> Ffmpeg(CancellationToken cancellation) => Program(
        new() { Key = "ffmpeg", Name = "ffmpeg", WithoutIt = "no recording: play and view --record" }, ["-version"], cancellation);

    /// <summary>Blender, which tests what is exported.</summary>
    public static Task<Component> Blender(CancellationToken cancellation) => Program(
        new() { Key = "blender", Name = "Blender", WithoutIt = "tests of exported BVH and glTF against Blender are skipped" }, ["--version"], cancellation);

    /// <summary>MuJoCo, which the physics is tested against.</summary>
    public static Component MuJoCo()
    {
        Component mujoco = new() { Key = "mujoco", Name = "MuJoCo", WithoutIt = "tests and benchmarks of the physics against MuJoCo are skipped" };
        SharedLibrary? library = SharedLibrary.Open("libmujoco.so", "libmujoco.so.2.2.2");
        return library is null
            ? mujoco
            : mujoco with { Present = true, Version = library.Text("mj_versionString"), Path = library.Path };
    }

    private static async Task<Component> Program(Component component, string[] arguments, CancellationToken cancellation)
    {
        string? output = await ToolVersion.Output(component.Key, arguments, cancellation);
        return output is null
            ? component
            : component with { Present = true, Version = ToolVersion.FirstVersion(output), Path = ToolVersion.Find(component.Key) ?? "" };
    }
}
