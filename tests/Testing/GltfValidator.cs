using System.Text.Json;
using System.Text.Json.Nodes;

namespace Motion.Testing;

/// <summary>The Khronos glTF validator.</summary>
public static class GltfValidator
{
    /// <summary>What the validator has to say of files, one line for each thing, hints included; nothing for files without fault.</summary>
    /// <param name="paths">The .glb files.</param>
    public static IReadOnlyList<string> Complaints(params IReadOnlyCollection<string> paths)
    {
        JsonNode[] reports = [.. ExternalProgram.Run("node", 120, [Repository.PathOf("tests", "Tools", "validate_gltf.js"), .. paths])
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
        Assert.Equal(paths.Count, reports.Length);
        return [.. reports.SelectMany(report => report["messages"]!.AsArray().Select(message => $"{Path.GetFileName((string)report["path"]!)}: {message!.ToJsonString()}"))];
    }
}
