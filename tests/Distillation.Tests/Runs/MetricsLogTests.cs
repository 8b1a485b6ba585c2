using System.Buffers.Binary;
using Motion.Distillation.Runs;
using Motion.Testing;

namespace Motion.Distillation.Tests.Runs;

public sealed class MetricsLogTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Rows_are_written_as_csv_and_as_json_lines()
    {
        using (MetricsLog log = Open(0))
        {
            log.Add(1, new Dictionary<string, double> { ["loss"] = 0.5, ["rate"] = 1e-3 });
            log.Add(2, new Dictionary<string, double> { ["loss"] = double.NaN });
        }

        Assert.Equal(["step,loss,rate", "1,0.5,0.001", "2,NaN,"], File.ReadAllLines(_folder.PathOf("metrics.csv")));
        Assert.Equal(["{\"step\":1,\"loss\":0.5,\"rate\":0.001}", "{\"step\":2,\"loss\":null}"], File.ReadAllLines(_folder.PathOf("metrics.jsonl")));
    }

    [Fact]
    public void Rows_past_the_checkpoint_and_half_rows_are_taken_back()
    {
        using (MetricsLog log = Open(0))
        {
            log.Add(1, new Dictionary<string, double> { ["loss"] = 3 });
            log.Add(2, new Dictionary<string, double> { ["loss"] = 2 });
        }

        File.AppendAllText(_folder.PathOf("metrics.csv"), "3,1");
        File.AppendAllText(_folder.PathOf("metrics.jsonl"), "{\"step\":");
        using (MetricsLog log = Open(1))
        {
            log.Add(2, new Dictionary<string, double> { ["loss"] = 7 });
        }

        Assert.Equal(["step,loss,rate", "1,3,", "2,7,"], File.ReadAllLines(_folder.PathOf("metrics.csv")));
        Assert.Equal(["{\"step\":1,\"loss\":3}", "{\"step\":2,\"loss\":7}"], File.ReadAllLines(_folder.PathOf("metrics.jsonl")));
    }

    [Fact]
    public void Checksums_are_those_of_tensorflow()
    {
        // CRC-32C of "123456789" is E3069283 (RFC 3720, appendix B.4 uses the same polynomial); rotated right by 15 and 0xA282EAD8 added:
        // E3069283 >> 15 | E3069283 << 17 = 0001C60D | 25060000 = 2507C60D; 2507C60D + A282EAD8 = C78AB0E5.
        Assert.Equal(0xC78AB0E5, EventFile.MaskedChecksum("123456789"u8));
    }

    [Fact]
    public void Event_files_are_whole_records_with_names_and_numbers()
    {
        using (MetricsLog log = Open(0))
        {
            log.Add(5, new Dictionary<string, double> { ["loss"] = 0.25 });
        }

        byte[] file = File.ReadAllBytes(Directory.EnumerateFiles(_folder.Root, "events.out.tfevents.*").Single());
        List<byte[]> records = [];
        for (int at = 0; at < file.Length;)
        {
            int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(at));
            Assert.Equal(EventFile.MaskedChecksum(file.AsSpan(at, 8)), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 8)));
            Assert.Equal(EventFile.MaskedChecksum(file.AsSpan(at + 12, length)), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 12 + length)));
            records.Add(file[(at + 12)..(at + 12 + length)]);
            at += 16 + length;
        }

        // An Event: 1 wall_time (fixed64), 2 step (varint), 5 summary { 1 value { 1 tag, 2 simple_value (fixed32) } }; 0.25 is 0x3E800000.
        Assert.Equal(3, records.Count);
        Assert.Contains("brain.Event:2", System.Text.Encoding.ASCII.GetString(records[0]), StringComparison.Ordinal);
        byte[] summary = [0x2A, 0x0D, 0x0A, 0x0B, 0x0A, 0x04, .. "loss"u8, 0x15, 0x00, 0x00, 0x80, 0x3E];
        Assert.Equal([0x10, 0x05, .. summary], records[2][9..]);
    }

    private MetricsLog Open(long from) => new(_folder.Root, ["loss", "rate"], from, TimeProvider.System);
}
