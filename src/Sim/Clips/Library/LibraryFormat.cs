using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using Motion.Sim.Clips.Retargeting;

namespace Motion.Sim.Clips.Library;

/// <summary>What a library says of one clip beside its frames.</summary>
/// <param name="Name">Identity of the clip, unique in the library.</param>
/// <param name="FirstFrame">Where its frames start.</param>
/// <param name="FrameCount">How many frames it has.</param>
/// <param name="FrameRate">Frames per second.</param>
/// <param name="IsLoop">Whether it goes on past its end.</param>
/// <param name="Captions">Sentences about it.</param>
/// <param name="Licence">Licence identifier, empty when unknown.</param>
public sealed record LibraryClip(
    string Name, long FirstFrame, int FrameCount, double FrameRate, bool IsLoop, ImmutableArray<string> Captions, string Licence)
{
    /// <summary>Seconds from the first frame to the last.</summary>
    public double Duration => (FrameCount - 1) / FrameRate;
}

/// <summary>
/// The packed file of a library: a header of 256 bytes, then frames (positions, velocities, contacts, each a block of its own so that a sample
/// touches only what it needs), then a table of clips in JSON. Little-endian; every part is under a SHA-256.
/// </summary>
internal sealed record LibraryFormat(int PositionCount, int VelocityCount, long FrameCount)
{
    public const int Version = 1;
    public const int HeaderSize = 256;
    private const ulong Magic = 0x3150_494C_434E_544D; // "MTNCLIP1"

    /// <summary>Floats from one frame's positions to the next: whole cache lines.</summary>
    public int PositionStride => RoundUp(PositionCount, 16);

    /// <summary>Floats from one frame's velocities to the next.</summary>
    public int VelocityStride => RoundUp(VelocityCount, 16);

    public static long PositionsAt => HeaderSize;

    public long VelocitiesAt => PositionsAt + (FrameCount * PositionStride * sizeof(float));

    public long ContactsAt => VelocitiesAt + (FrameCount * VelocityStride * sizeof(float));

    public long TableAt => ContactsAt + ((FrameCount + 63) / 64 * 64);

    public static void WriteHeader(Span<byte> header, LibraryFormat format, ReadOnlySpan<byte> fingerprint, int tableLength, ReadOnlySpan<byte> framesHash, ReadOnlySpan<byte> tableHash)
    {
        header.Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(header, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(header[8..], Version);
        BinaryPrimitives.WriteInt32LittleEndian(header[12..], format.PositionCount);
        BinaryPrimitives.WriteInt32LittleEndian(header[16..], format.VelocityCount);
        BinaryPrimitives.WriteInt32LittleEndian(header[20..], tableLength);
        BinaryPrimitives.WriteInt64LittleEndian(header[24..], format.FrameCount);
        fingerprint.CopyTo(header[32..]);
        framesHash.CopyTo(header[64..]);
        tableHash.CopyTo(header[96..]);
        SHA256.HashData(header[..128]).CopyTo(header[128..]);
    }

    /// <exception cref="InputException">It is not a library, is of another version, or is damaged.</exception>
    public static (LibraryFormat Format, byte[] Fingerprint, int TableLength, byte[] FramesHash, byte[] TableHash) ReadHeader(string path, ReadOnlySpan<byte> header, long fileLength)
    {
        if (header.Length < HeaderSize || BinaryPrimitives.ReadUInt64LittleEndian(header) != Magic)
        {
            throw new InputException(path, 0, 0, "is not a clip library");
        }

        int version = BinaryPrimitives.ReadInt32LittleEndian(header[8..]);
        if (version != Version)
        {
            throw new InputException(path, 0, 0, $"is a clip library of version {version}, this program reads version {Version}: build it again from its clips");
        }

        if (!SHA256.HashData(header[..128]).AsSpan().SequenceEqual(header.Slice(128, 32)))
        {
            throw new InputException(path, 0, 0, "is damaged: its header does not match its checksum; build it again from its clips");
        }

        LibraryFormat format = new(
            BinaryPrimitives.ReadInt32LittleEndian(header[12..]), BinaryPrimitives.ReadInt32LittleEndian(header[16..]), BinaryPrimitives.ReadInt64LittleEndian(header[24..]));
        int tableLength = BinaryPrimitives.ReadInt32LittleEndian(header[20..]);
        return format.TableAt + tableLength == fileLength
            ? (format, header.Slice(32, 32).ToArray(), tableLength, header.Slice(64, 32).ToArray(), header.Slice(96, 32).ToArray())
            : throw new InputException(path, 0, 0, $"is cut short or has something behind it: {fileLength} bytes, wanted {format.TableAt + tableLength}; build it again from its clips");
    }

    public static byte[] WriteTable(string character, IEnumerable<LibraryClip> clips) =>
        JsonSerializer.SerializeToUtf8Bytes(new LibraryTable(character, [.. clips]), LibraryJson.Default.LibraryTable);

    public static LibraryTable ReadTable(ReadOnlySpan<byte> table) => JsonSerializer.Deserialize(table, LibraryJson.Default.LibraryTable)!;

    /// <summary>What a clip becomes in the table.</summary>
    public static LibraryClip Entry(CharacterClip clip, long firstFrame) =>
        new(clip.Name, firstFrame, clip.FrameCount, clip.FrameRate, clip.IsLoop, clip.Captions, clip.Licence);

    private static int RoundUp(int count, int multiple) => (count + multiple - 1) / multiple * multiple;
}

/// <summary>The table behind a library's frames.</summary>
internal sealed record LibraryTable(string Character, ImmutableArray<LibraryClip> Clips);

[System.Text.Json.Serialization.JsonSerializable(typeof(LibraryTable))]
internal sealed partial class LibraryJson : System.Text.Json.Serialization.JsonSerializerContext;
