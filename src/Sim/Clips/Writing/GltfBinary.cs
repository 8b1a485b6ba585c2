using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace Motion.Sim.Clips.Writing;

/// <summary>
/// The binary half of a glTF 2.0 file in the making: typed arrays go in, each gets a buffer view and an accessor, its index comes back.
/// </summary>
internal sealed class GltfBinary
{
    private const int UnsignedByte = 5121;
    private const int UnsignedShort = 5123;
    private const int UnsignedInt = 5125;
    private const int Float = 5126;
    private const int VertexTarget = 34962;
    private const int IndexTarget = 34963;

    private readonly ArrayBufferWriter<byte> bytes = new();

    /// <summary>The accessors so far.</summary>
    public JsonArray Accessors { get; } = [];

    /// <summary>The buffer views so far.</summary>
    public JsonArray BufferViews { get; } = [];

    /// <summary>The bytes so far, a multiple of four of them.</summary>
    public ReadOnlySpan<byte> Bytes => bytes.WrittenSpan;

    /// <summary>Adds vertex positions, whose bounds glTF demands.</summary>
    public int AddVertexPositions(ReadOnlySpan<Vector3> positions)
    {
        Vector3 lowest = positions[0], highest = positions[0];
        foreach (Vector3 position in positions)
        {
            lowest = Vector3.Min(lowest, position);
            highest = Vector3.Max(highest, position);
        }

        int index = Add(MemoryMarshal.AsBytes(positions), positions.Length, Float, "VEC3", VertexTarget);
        Accessors[index]!["min"] = Numbers(lowest.X, lowest.Y, lowest.Z);
        Accessors[index]!["max"] = Numbers(highest.X, highest.Y, highest.Z);
        return index;
    }

    /// <summary>Adds vertex directions.</summary>
    public int AddVertexDirections(ReadOnlySpan<Vector3> directions) =>
        Add(MemoryMarshal.AsBytes(directions), directions.Length, Float, "VEC3", VertexTarget);

    /// <summary>Adds vertex weights, four to a vertex.</summary>
    public int AddVertexWeights(ReadOnlySpan<Vector4> weights) => Add(MemoryMarshal.AsBytes(weights), weights.Length, Float, "VEC4", VertexTarget);

    /// <summary>Adds the joint that carries each vertex, filled up to four with joint 0.</summary>
    public int AddVertexJoints(IReadOnlyList<int> joints)
    {
        if (joints.Max() <= byte.MaxValue)
        {
            byte[] small = new byte[4 * joints.Count];
            for (int vertex = 0; vertex < joints.Count; vertex++)
            {
                small[4 * vertex] = (byte)joints[vertex];
            }

            return Add(small, joints.Count, UnsignedByte, "VEC4", VertexTarget);
        }

        ushort[] wide = new ushort[4 * joints.Count];
        for (int vertex = 0; vertex < joints.Count; vertex++)
        {
            wide[4 * vertex] = checked((ushort)joints[vertex]);
        }

        return Add(MemoryMarshal.AsBytes<ushort>(wide), joints.Count, UnsignedShort, "VEC4", VertexTarget);
    }

    /// <summary>Adds triangle corners.</summary>
    public int AddTriangles(ReadOnlySpan<int> corners) => Add(MemoryMarshal.AsBytes(corners), corners.Length, UnsignedInt, "SCALAR", IndexTarget);

    /// <summary>Adds key times in seconds, rising.</summary>
    public int AddTimes(ReadOnlySpan<float> seconds)
    {
        int index = Add(MemoryMarshal.AsBytes(seconds), seconds.Length, Float, "SCALAR", target: null);
        Accessors[index]!["min"] = Numbers(seconds[0]);
        Accessors[index]!["max"] = Numbers(seconds[^1]);
        return index;
    }

    /// <summary>Adds keyed positions.</summary>
    public int AddTranslations(ReadOnlySpan<Vector3> positions) => Add(MemoryMarshal.AsBytes(positions), positions.Length, Float, "VEC3", target: null);

    /// <summary>Adds keyed rotations, x y z w.</summary>
    public int AddRotations(ReadOnlySpan<Quaternion> rotations) => Add(MemoryMarshal.AsBytes(rotations), rotations.Length, Float, "VEC4", target: null);

    /// <summary>Adds column-major matrices. System.Numerics keeps rows of the transposed matrix in memory, which is the same thing.</summary>
    public int AddMatrices(ReadOnlySpan<Matrix4x4> matrices) => Add(MemoryMarshal.AsBytes(matrices), matrices.Length, Float, "MAT4", target: null);

    /// <summary>Numbers as a JSON array, each exactly as the binary half holds it.</summary>
    public static JsonArray Numbers(params ReadOnlySpan<float> values)
    {
        JsonArray array = [];
        foreach (float value in values)
        {
            array.Add((JsonNode)JsonValue.Create((double)value));
        }

        return array;
    }

    /// <summary>Writes the container: a header, the JSON chunk filled up with spaces, the binary chunk; each a multiple of four bytes.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="json">The JSON half.</param>
    public void WriteContainer(Stream stream, ReadOnlySpan<byte> json)
    {
        int jsonLength = (json.Length + 3) / 4 * 4;
        WriteWords(stream, 0x46546C67, 2, (uint)(12 + 8 + jsonLength + 8 + Bytes.Length), (uint)jsonLength, 0x4E4F534A);
        stream.Write(json);
        for (int filler = json.Length; filler < jsonLength; filler++)
        {
            stream.WriteByte((byte)' ');
        }

        WriteWords(stream, (uint)Bytes.Length, 0x004E4942);
        stream.Write(Bytes);
    }

    private static void WriteWords(Stream stream, params ReadOnlySpan<uint> words)
    {
        Span<byte> word = stackalloc byte[4];
        foreach (uint value in words)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(word, value);
            stream.Write(word);
        }
    }

    private int Add(ReadOnlySpan<byte> content, int count, int componentType, string type, int? target)
    {
        JsonObject view = new() { ["buffer"] = 0, ["byteOffset"] = bytes.WrittenCount, ["byteLength"] = content.Length };
        if (target is not null)
        {
            view["target"] = target;
        }

        BufferViews.Add((JsonNode)view);
        bytes.Write(content);
        bytes.Write("\0\0\0"u8[..((4 - (bytes.WrittenCount % 4)) % 4)]);

        Accessors.Add((JsonNode)new JsonObject
        {
            ["bufferView"] = BufferViews.Count - 1,
            ["componentType"] = componentType,
            ["count"] = count,
            ["type"] = type,
        });
        return Accessors.Count - 1;
    }
}
