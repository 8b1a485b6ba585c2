using System.Collections.Immutable;
using System.Text.Json;

namespace Motion.Sim.Clips.Analysis;

/// <summary>
/// What a person knows better than the analysis: a small JSON file whose keys are all optional:
/// <c>{ "joints": { "left_thigh": "LeftUpLeg" }, "unit_m": 0.01, "up": "y", "forward": "z", "floor": 0, "rest_frame": 0, "skip_frames": 1 }</c>.
/// </summary>
public sealed record SkeletonMap
{
    /// <summary>Joint names of roles; a role mapped to an empty name has no joint.</summary>
    public ImmutableDictionary<JointRole, string> Joints { get; init; } = ImmutableDictionary<JointRole, string>.Empty;

    /// <summary>Metres in one unit of the file.</summary>
    public double? MetresPerUnit { get; init; }

    /// <summary>Axis of the file that points up: <c>x y z -x -y -z</c>.</summary>
    public string? Up { get; init; }

    /// <summary>Axis of the file along which the rest pose faces.</summary>
    public string? Forward { get; init; }

    /// <summary>Height of the floor along the up axis, file units.</summary>
    public double? Floor { get; init; }

    /// <summary>Frame whose pose is to be taken as the rest pose, in place of the file's own.</summary>
    public int? RestFrame { get; init; }

    /// <summary>Frames to leave out at the start.</summary>
    public int? SkipFrames { get; init; }

    /// <summary>Reads a map.</summary>
    /// <param name="path">A JSON file.</param>
    /// <exception cref="InputException">It is not JSON, or a key or value is not one of those above.</exception>
    public static SkeletonMap Read(string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
            return Parse(path, document.RootElement);
        }
        catch (JsonException problem)
        {
            throw new InputException(path, (int)(problem.LineNumber ?? 0) + 1, (int)(problem.BytePositionInLine ?? 0) + 1, "is not JSON: " + problem.Message, problem);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new InputException(path, 0, 0, "cannot be read: " + problem.Message, problem);
        }
    }

    private static SkeletonMap Parse(string path, JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new InputException(path, 0, 0, "must hold one JSON object");
        }

        SkeletonMap map = new();
        foreach (JsonProperty property in root.EnumerateObject())
        {
            map = property.Name switch
            {
                "joints" => map with { Joints = Roles(path, property.Value) },
                "unit_m" => map with { MetresPerUnit = Number(path, property, 1e-6, 1e3) },
                "up" => map with { Up = AxisName(path, property) },
                "forward" => map with { Forward = AxisName(path, property) },
                "floor" => map with { Floor = Number(path, property, -1e6, 1e6) },
                "rest_frame" => map with { RestFrame = (int)Number(path, property, 0, 1e7) },
                "skip_frames" => map with { SkipFrames = (int)Number(path, property, 0, 1e7) },
                _ => throw new InputException(path, 0, 0, $"key '{property.Name}' is unknown; known are joints, unit_m, up, forward, floor, rest_frame, skip_frames"),
            };
        }

        return map;
    }

    private static ImmutableDictionary<JointRole, string> Roles(string path, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            throw new InputException(path, 0, 0, "'joints' must be an object of role: joint name");
        }

        ImmutableDictionary<JointRole, string>.Builder roles = ImmutableDictionary.CreateBuilder<JointRole, string>();
        foreach (JsonProperty entry in value.EnumerateObject())
        {
            JointRole role = JointRoleExtensions.FromSpelling(entry.Name) ?? throw new InputException(
                path, 0, 0, $"role '{entry.Name}' is unknown; known are {string.Join(", ", Enum.GetValues<JointRole>().Select(known => known.Spelling()))}");
            if (entry.Value.ValueKind != JsonValueKind.String)
            {
                throw new InputException(path, 0, 0, $"the joint of role '{entry.Name}' must be a name in quotes");
            }

            roles[role] = entry.Value.GetString()!;
        }

        return roles.ToImmutable();
    }

    private static double Number(string path, JsonProperty property, double least, double most)
    {
        if (property.Value.ValueKind == JsonValueKind.Number && property.Value.TryGetDouble(out double number) && number >= least && number <= most)
        {
            return number;
        }

        throw new InputException(path, 0, 0, $"'{property.Name}' must be a number from {least} to {most}, found {property.Value}");
    }

    private static string AxisName(string path, JsonProperty property)
    {
        if (property.Value.ValueKind == JsonValueKind.String && property.Value.GetString() is "x" or "y" or "z" or "-x" or "-y" or "-z")
        {
            return property.Value.GetString()!;
        }

        throw new InputException(path, 0, 0, $"'{property.Name}' must be one of x, y, z, -x, -y, -z, found {property.Value}");
    }
}
