using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Motion.Sim.Clips.Npz;

namespace Motion.Sim.Clips.Writing;

/// <summary>How a motion is taken out.</summary>
public sealed record ExportOptions
{
    /// <summary>Frames per second of the files; the motion's own when null.</summary>
    public double? FrameRate { get; init; }

    /// <summary>Whether the figure travels. Without it the root stays over the origin, while it still rises, sinks and turns.</summary>
    public bool RootMotion { get; init; } = true;

    /// <summary>Unit and axes of BVH files, but for a rig's own.</summary>
    public ExportAxes BvhAxes { get; init; } = ExportAxes.CentimetresYUp;
}

/// <summary>Writes a motion to files, the format told by each name.</summary>
public static class MotionExport
{
    /// <summary>The endings that are known.</summary>
    public static IReadOnlyList<string> Endings { get; } = [".bvh", ".glb", ".npz", ".csv"];

    /// <summary>Writes a motion to every one of the files; none is begun before all names and the motion are found good.</summary>
    /// <param name="paths">Where to; endings of <see cref="Endings"/>.</param>
    /// <param name="motion">The motion.</param>
    /// <param name="options">How; as it is when null.</param>
    /// <returns>The files that were written: those asked for, and beside a .bvh one that tells licence and captions, since BVH cannot.</returns>
    /// <exception cref="MotionException">An ending is not known, the clip is not whole, or a place cannot be written.</exception>
    public static IReadOnlyList<string> Write(IReadOnlyList<string> paths, ExportMotion motion, ExportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(motion);
        options ??= new ExportOptions();
        DemandNames(paths);
        ExportCheck.Demand(motion.Clip);
        Clip shaped = Shaped(motion.Clip, options);
        List<string> written = [];
        foreach (string path in paths)
        {
            written.Add(path);
            switch (Path.GetExtension(path).ToLowerInvariant())
            {
                case ".bvh":
                    BvhWriter.Write(path, motion.Rig?.InFileCoordinates(shaped) ?? shaped, motion.Rig is null ? options.BvhAxes : ExportAxes.AsIs);
                    if (shaped.Licence.Length > 0 || shaped.Captions.Length > 0)
                    {
                        written.Add(WriteCredits(path, shaped));
                    }

                    break;
                case ".glb":
                    GltfWriter.Write(path, shaped, motion.Mesh);
                    break;
                case ".npz":
                    ClipNpz.Write(path, shaped);
                    break;
                default:
                    CsvJointsWriter.Write(path, shaped);
                    break;
            }
        }

        return written;
    }

    /// <summary>The clip at the rate and with the root motion that were asked for.</summary>
    /// <param name="clip">The clip.</param>
    /// <param name="options">What was asked for.</param>
    /// <exception cref="MotionException">The rate is out of range.</exception>
    public static Clip Shaped(Clip clip, ExportOptions options)
    {
        Clip shaped = clip.Resample(options.FrameRate ?? clip.FrameRate);
        return options.RootMotion ? shaped : shaped with { RootPositions = [.. shaped.RootPositions.Select(position => new Vector3(0, 0, position.Z))] };
    }

    /// <summary>Checks that there are files to write and that every ending is known.</summary>
    /// <param name="paths">Where to.</param>
    /// <exception cref="MotionException">There are none, or an ending is not known.</exception>
    public static void DemandNames(IReadOnlyList<string> paths)
    {
        if (paths.Count == 0)
        {
            throw new MotionException(ExitCode.BadConfiguration, $"nothing was written: no file was named; name one or more ending in {string.Join(", ", Endings)}");
        }

        foreach (string path in paths)
        {
            string ending = Path.GetExtension(path).ToLowerInvariant();
            if (!Endings.Contains(ending))
            {
                string advice = ending is ".fbx" or ".gltf" or ".usd" or ".usda" or ".blend" ? "; a .glb opens in Blender, which saves the others" : "";
                throw new MotionException(ExitCode.BadConfiguration, $"nothing was written: '{path}' ends in none of {string.Join(", ", Endings)}{advice}");
            }
        }
    }

    private static string WriteCredits(string path, Clip clip)
    {
        JsonObject credits = new()
        {
            ["file"] = Path.GetFileName(path),
            ["licence"] = clip.Licence.Length > 0 ? clip.Licence : "unknown",
            ["captions"] = new JsonArray([.. clip.Captions.Select(caption => (JsonNode)caption)]),
        };
        string creditsPath = path + ".json";
        AtomicFile.Write(creditsPath, stream =>
        {
            using Utf8JsonWriter writer = new(stream, new JsonWriterOptions { Indented = true });
            credits.WriteTo(writer);
        });
        return creditsPath;
    }
}
