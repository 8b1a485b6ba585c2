using System.Numerics;
using System.Text.Json;
using Xunit;

namespace Motion.Testing;

/// <summary>A motion file for Blender to import.</summary>
/// <param name="Path">The .bvh or .glb file.</param>
/// <param name="FrameRate">Its frames per second, a whole number.</param>
/// <param name="Unit">Metres of one file unit; glTF is always in metres.</param>
/// <param name="Frames">The frames to look at.</param>
public sealed record BlenderJob(string Path, int FrameRate, double Unit, IReadOnlyList<int> Frames);

/// <summary>What Blender made of a motion file: metres, in Blender's world, where a figure that faces +Z of a Y-up file faces −Y.</summary>
/// <param name="Path">The file.</param>
/// <param name="Bones">How many bones the armature has.</param>
/// <param name="Positions">Where each bone's head is: by frame, then by bone.</param>
/// <param name="Vertices">Lowest and highest corner of the deformed mesh at the last frame.</param>
public sealed record BlenderImport(string Path, int Bones, Dictionary<int, Dictionary<string, float[]>> Positions, float[][] Vertices)
{
    /// <summary>Where a bone's head is, in the program's axes: Z up, facing +X, left along +Y.</summary>
    public Vector3 Head(int frame, string bone) => Inside(Positions[frame][bone]);

    /// <summary>A point of Blender's world, in the program's axes.</summary>
    public static Vector3 Inside(float[] point) => new(-point[1], point[0], point[2]);
}

/// <summary>Blender without a window.</summary>
public static class Blender
{
    private static readonly JsonSerializerOptions Names = new(JsonSerializerDefaults.Web);

    /// <summary>Imports files, all in one start of Blender.</summary>
    public static async Task<IReadOnlyList<BlenderImport>> Import(params IReadOnlyCollection<BlenderJob> jobs)
    {
        using TempFolder folder = new();
        string jobFile = folder.Write("jobs.json", JsonSerializer.Serialize(jobs, Names));
        ProgramResult result = await ExternalProgram.Run(
            "blender", ["--background", "--factory-startup", "--python-exit-code", "1", "--python", Repository.PathOf("tests", "Tools", "import_in_blender.py"), "--", jobFile]);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        BlenderImport[] imports = [.. result.Output.Split('\n').Where(line => line.StartsWith("RESULT ", StringComparison.Ordinal))
            .Select(line => JsonSerializer.Deserialize<BlenderImport>(line[7..], Names)!)];
        Assert.Equal(jobs.Count, imports.Length);
        return imports;
    }
}
