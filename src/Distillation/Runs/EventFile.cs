using System.Buffers.Binary;
using System.Numerics;
using Google.Protobuf;

namespace Motion.Distillation.Runs;

/// <summary>
/// A file of events as TensorBoard reads it: records of TensorFlow's format, each an Event message with its length and two masked checksums. The
/// first says that steps past the one it starts from are void.
/// </summary>
internal sealed class EventFile : IDisposable
{
    // Fields of tensorflow.Event, Summary, Summary.Value and SessionLog.
    private const int WallTime = 1, Step = 2, FileVersion = 3, SummaryField = 5, SessionLog = 7;
    private const int Value = 1, Tag = 1, SimpleValue = 2, Status = 1, StatusStart = 1;

    private readonly FileStream _file;
    private readonly TimeProvider _clock;

    public EventFile(string folder, long from, TimeProvider clock)
    {
        _clock = clock;
        string name = $"events.out.tfevents.{clock.GetUtcNow().ToUnixTimeMilliseconds():D13}.motion";
        _file = new FileStream(Path.Combine(folder, name), FileMode.Create, FileAccess.Write, FileShare.Read);
        Write(0, output =>
        {
            output.WriteTag(FileVersion, WireFormat.WireType.LengthDelimited);
            output.WriteString("brain.Event:2");
        });
        Write(from + 1, output => WriteMessage(output, SessionLog, log =>
        {
            log.WriteTag(Status, WireFormat.WireType.Varint);
            log.WriteEnum(StatusStart);
        }));
    }

    /// <summary>Adds numbers of a step.</summary>
    public void Add(long step, IEnumerable<(string Tag, double Value)> values) => Write(step, output => WriteMessage(output, SummaryField, summary =>
    {
        foreach ((string tag, double value) in values)
        {
            WriteMessage(summary, Value, entry =>
            {
                entry.WriteTag(Tag, WireFormat.WireType.LengthDelimited);
                entry.WriteString(tag);
                entry.WriteTag(SimpleValue, WireFormat.WireType.Fixed32);
                entry.WriteFloat((float)value);
            });
        }
    }));

    public void Dispose() => _file.Dispose();

    /// <summary>TensorFlow's checksum: CRC-32C, rotated and shifted so that checksums of checksums stay apart.</summary>
    internal static uint MaskedChecksum(ReadOnlySpan<byte> bytes)
    {
        uint checksum = uint.MaxValue;
        foreach (byte next in bytes)
        {
            checksum = BitOperations.Crc32C(checksum, next);
        }

        checksum = ~checksum;
        return BitOperations.RotateRight(checksum, 15) + 0xA282EAD8;
    }

    private static void WriteMessage(CodedOutputStream output, int field, Action<CodedOutputStream> content)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(Message(content));
    }

    private static ByteString Message(Action<CodedOutputStream> content)
    {
        using MemoryStream memory = new();
        using (CodedOutputStream inner = new(memory, leaveOpen: true))
        {
            content(inner);
        }

        return ByteString.CopyFrom(memory.ToArray());
    }

    private void Write(long step, Action<CodedOutputStream> content)
    {
        byte[] message = Message(output =>
        {
            output.WriteTag(WallTime, WireFormat.WireType.Fixed64);
            output.WriteDouble(_clock.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0);
            output.WriteTag(Step, WireFormat.WireType.Varint);
            output.WriteInt64(step);
            content(output);
        }).ToByteArray();
        byte[] record = new byte[12 + message.Length + 4];
        BinaryPrimitives.WriteUInt64LittleEndian(record, (ulong)message.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(8), MaskedChecksum(record.AsSpan(0, 8)));
        message.CopyTo(record.AsSpan(12));
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(12 + message.Length), MaskedChecksum(message));
        _file.Write(record);
        _file.Flush();
    }
}
