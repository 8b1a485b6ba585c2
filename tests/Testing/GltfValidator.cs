using System.Text.Json.Nodes;
using Xunit;

namespace Motion.Testing;

/// <summary>The Khronos glTF validator.</summary>
public static class GltfValidator
{
    /// <summary>What the validator has to say of files, one line for each thing, hints included; nothing for files without fault.</summary>
    /// <param name="paths">The .glb files.</param>
    public static async Task<IReadOnlyList<string>> Complaints(params IReadOnlyCollection<string> paths)
    {
        ProgramResult result = await ExternalProgram.Run(
            "node", [Repository.PathOf("tests", "Tools", "validate_gltf.js"), .. paths], environment: new Dictionary<string, string?> { ["NODE_PATH"] = Requirement.NodeModules });
        Assert.True(result.ExitCode == 0, result.Error);
        JsonNode[] reports = [.. result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
        Assert.Equal(paths.Count, reports.Length);
        return [.. reports.SelectMany(report => report["messages"]!.AsArray().Select(message => $"{Path.GetFileName((string)report["path"]!)}: {message!.ToJsonString()}"))];
    }
}
