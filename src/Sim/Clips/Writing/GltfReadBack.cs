using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace Motion.Sim.Clips.Writing;

/// <summary>
/// Reads the motion back out of a file that <see cref="GltfWriter"/> wrote, to measure what a round trip costs. It knows no other writer's
/// glTF: one skin, rest rotations at identity, one animation with a key for every frame.
/// </summary>
public static class GltfReadBack
{
    /// <summary>Reads a .glb file of our own.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputException">It is none.</exception>
    public static Clip Read(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        try
        {
            return Read(bytes);
        }
        catch (Exception problem) when (problem is not MotionException)
        {
            throw new InputException(path, 0, 0, $"this is no binary glTF as it is written here: {problem.Message}", problem);
        }
    }

    private static Clip Read(ReadOnlySpan<byte> bytes)
    {
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes) != 0x46546C67 || BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]) != bytes.Length)
        {
            throw new InvalidDataException("the header is not that of a whole .glb file");
        }

        int jsonLength = BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]);
        JsonNode file = JsonNode.Parse(bytes.Slice(20, jsonLength))!;
        ReadOnlySpan<byte> binary = bytes[(20 + jsonLength + 8)..];

        JsonArray nodes = file["nodes"]!.AsArray();
        int[] joints = [.. file["skins"]![0]!["joints"]!.AsArray().Select(node => (int)node!)];
        Skeleton skeleton = new([.. joints.Select(node => new SkeletonJoint(
            (string)nodes[node]!["name"]!,
            Array.FindIndex(joints, parent => nodes[parent]!["children"]?.AsArray().Any(child => (int)child! == node) ?? false),
            ExportAxes.MetresYUp.DirectionInside(Vector(nodes[node]!["translation"]!.AsArray()))))]);

        JsonNode animation = file["animations"]![0]!;
        Vector3[] rootPositions = [];
        Quaternion[] rotations = [];
        foreach (JsonNode? channel in animation["channels"]!.AsArray())
        {
            int joint = Array.IndexOf(joints, (int)channel!["target"]!["node"]!);
            int output = (int)animation["samplers"]![(int)channel["sampler"]!]!["output"]!;
            if ((string)channel["target"]!["path"]! == "translation")
            {
                rootPositions = [.. ToArray<Vector3>(file, binary, output).Select(ExportAxes.MetresYUp.DirectionInside)];
                rotations = new Quaternion[rootPositions.Length * joints.Length];
                continue;
            }

            Quaternion[] keys = ToArray<Quaternion>(file, binary, output);
            for (int frame = 0; frame < keys.Length; frame++)
            {
                rotations[(frame * joints.Length) + joint] = ExportAxes.MetresYUp.RotationInside(keys[frame]);
            }
        }

        JsonNode extras = file["asset"]!["extras"]!;
        return new Clip
        {
            Name = (string)extras["clip"]!,
            Skeleton = skeleton,
            FrameRate = (double)extras["frameRate"]!,
            RootPositions = rootPositions,
            Rotations = rotations,
            Licence = (string?)file["asset"]!["copyright"] ?? "",
            Captions = extras["captions"]!.AsArray().Select(caption => (string)caption!).ToImmutableArray(),
        };
    }

    private static Vector3 Vector(JsonArray numbers) => new((float)(double)numbers[0]!, (float)(double)numbers[1]!, (float)(double)numbers[2]!);

    private static T[] ToArray<T>(JsonNode file, ReadOnlySpan<byte> binary, int accessor)
        where T : struct
    {
        JsonNode view = file["bufferViews"]![(int)file["accessors"]![accessor]!["bufferView"]!]!;
        return MemoryMarshal.Cast<byte, T>(binary.Slice((int)view["byteOffset"]!, (int)view["byteLength"]!)).ToArray();
    }
}
