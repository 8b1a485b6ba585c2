using System.Diagnostics;
using System.Numerics;
using System.Text.Json.Nodes;
using Motion.Sim.Clips;

namespace Motion.Cli.Exporting;

/// <summary>Holds exported files against programs of others, where they are installed.</summary>
internal static class PeerPrograms
{
    /// <summary>What the Khronos validator says of .glb files: errors, warnings, infos and hints together.</summary>
    /// <param name="root">The repository's root, which holds the scripts.</param>
    /// <param name="paths">The files.</param>
    /// <returns>The count, or null where the validator is not installed.</returns>
    public static int? ValidatorComplaints(string root, IReadOnlyList<string> paths)
    {
        string modules = Path.Combine(root, "artifacts", "node", "node_modules");
        if (!Directory.Exists(Path.Combine(modules, "gltf-validator")) || !OnPath("node"))
        {
            return null;
        }

        string output = Run("node", [Path.Combine(root, "tests", "Tools", "validate_gltf.js"), .. paths], ("NODE_PATH", modules));
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Sum(line => JsonNode.Parse(line)!["messages"]!.AsArray().Count);
    }

    /// <summary>Largest distance between a joint's place and that of its bone in Blender, in the first, middle and last frame, m.</summary>
    /// <param name="root">The repository's root, which holds the scripts.</param>
    /// <param name="exports">The clips and the .bvh (centimetres) or .glb files written of them. Blender counts whole frames per second: others are passed over.</param>
    /// <returns>The distance, infinite where the bones are not as many as the joints; null where Blender is not installed or nothing is left.</returns>
    public static double? BlenderDistance(string root, IReadOnlyList<(Clip Clip, string Path)> exports)
    {
        exports = [.. exports.Where(export => double.IsInteger(export.Clip.FrameRate))];
        if (exports.Count == 0 || !OnPath("blender"))
        {
            return null;
        }

        string jobs = Path.Combine(Path.GetDirectoryName(exports[0].Path)!, "jobs.json");
        File.WriteAllText(jobs, new JsonArray([.. exports.Select(export => (JsonNode)new JsonObject
        {
            ["path"] = export.Path,
            ["frameRate"] = (int)export.Clip.FrameRate,
            ["unit"] = 0.01,
            ["frames"] = new JsonArray([.. Frames(export.Clip).Select(frame => (JsonNode)frame)]),
        })]).ToJsonString());
        string output = Run("blender", ["--background", "--factory-startup", "--python-exit-code", "1", "--python", Path.Combine(root, "tests", "Tools", "import_in_blender.py"), "--", jobs]);
        JsonNode[] imports = [.. output.Split('\n').Where(line => line.StartsWith("RESULT ", StringComparison.Ordinal)).Select(line => JsonNode.Parse(line[7..])!)];
        return exports.Zip(imports).Max(pair => Distance(pair.First.Clip, pair.Second));
    }

    private static IEnumerable<int> Frames(Clip clip) => new[] { 0, clip.FrameCount / 2, clip.FrameCount - 1 }.Distinct();

    private static double Distance(Clip clip, JsonNode import)
    {
        int[] joints = [.. Enumerable.Range(0, clip.Skeleton.Joints.Length).Where(joint => !clip.Skeleton.Joints[joint].IsEnd)];
        if ((int)import["bones"]! != joints.Length)
        {
            return double.PositiveInfinity;
        }

        double largest = 0;
        foreach (int frame in Frames(clip))
        {
            Vector3[] places = clip.PositionsWorld(frame);
            JsonNode bones = import["positions"]![$"{frame}"]!;
            foreach (int joint in joints)
            {
                // Blender shows a figure that faces +Z of a Y-up file facing −Y.
                float[] head = [.. bones[clip.Skeleton.Joints[joint].Name]!.AsArray().Select(value => (float)value!)];
                largest = Math.Max(largest, Vector3.Distance(places[joint], new Vector3(-head[1], head[0], head[2])));
            }
        }

        return largest;
    }

    private static bool OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    private static string Run(string program, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new MotionException(ExitCode.MissingComponent, $"{program} ended with {process.ExitCode}: {error.Result}{output}");
    }
}
