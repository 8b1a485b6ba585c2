using System.Buffers;
using System.Text.Json;

namespace Motion.Torch.Safetensors;

/// <summary>What a file says about its tensors, ahead of their bytes.</summary>
/// <param name="Entries">The tensors, in the order of their bytes.</param>
/// <param name="Metadata">Free text by key.</param>
public sealed record SafetensorsHeader(IReadOnlyList<SafetensorsEntry> Entries, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>The largest header that is read, in bytes; the published reader has the same limit.</summary>
    public const long LargestSize = 100_000_000;

    internal const string MetadataKey = "__metadata__";

    /// <summary>
    /// Reads a header strictly: known fields only, no key twice, sizes that are shape × type, bytes that follow one another from the first
    /// to the last without gap or overlap.
    /// </summary>
    internal static SafetensorsHeader Parse(string file, ReadOnlySpan<byte> json, long dataLength)
    {
        if (json.IsEmpty || json[0] != (byte)'{')
        {
            throw new SafetensorsException(file, null, "the header does not begin with '{'");
        }

        try
        {
            Utf8JsonReader reader = new(json, new JsonReaderOptions { MaxDepth = 4 });
            var (entries, metadata) = ReadAll(file, ref reader);
            while (reader.Read())
            {
            }

            entries.Sort((left, right) => (left.Begin, left.End).CompareTo((right.Begin, right.End)));
            CheckOffsets(file, entries, dataLength);
            return new(entries, metadata);
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            throw new SafetensorsException(file, null, $"the header is no JSON of the expected form: {problem.Message}", problem);
        }
    }

    /// <summary>The header as bytes, filled with spaces so that the tensors begin at a multiple of 8.</summary>
    internal byte[] Render()
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer))
        {
            writer.WriteStartObject();
            if (Metadata.Count > 0)
            {
                writer.WriteStartObject(MetadataKey);
                foreach (var (key, value) in Metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                {
                    writer.WriteString(key, value);
                }

                writer.WriteEndObject();
            }

            foreach (var entry in Entries)
            {
                Write(writer, entry);
            }

            writer.WriteEndObject();
        }

        var padded = new byte[(buffer.WrittenCount + 7) / 8 * 8];
        padded.AsSpan().Fill((byte)' ');
        buffer.WrittenSpan.CopyTo(padded);
        return padded;
    }

    private static void Write(Utf8JsonWriter writer, SafetensorsEntry entry)
    {
        writer.WriteStartObject(entry.Name);
        writer.WriteString("dtype", SafetensorsEntry.WordOf(entry.Type));
        writer.WriteStartArray("shape");
        foreach (var size in entry.Shape)
        {
            writer.WriteNumberValue(size);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("data_offsets");
        writer.WriteNumberValue(entry.Begin);
        writer.WriteNumberValue(entry.End);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static (List<SafetensorsEntry> Entries, Dictionary<string, string> Metadata) ReadAll(string file, ref Utf8JsonReader reader)
    {
        List<SafetensorsEntry> entries = [];
        Dictionary<string, string>? metadata = null;
        HashSet<string> seen = [];
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.GetString()!;
            if (!seen.Add(key))
            {
                throw new SafetensorsException(file, key, "the key is there twice");
            }

            reader.Read();
            if (key == MetadataKey)
            {
                metadata = ReadMetadata(file, ref reader);
            }
            else
            {
                entries.Add(ReadEntry(file, key, ref reader));
            }
        }

        return (entries, metadata ?? []);
    }

    private static Dictionary<string, string> ReadMetadata(string file, ref Utf8JsonReader reader)
    {
        Dictionary<string, string> metadata = [];
        Expect(file, MetadataKey, ref reader, JsonTokenType.StartObject, "an object of strings");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.GetString()!;
            reader.Read();
            Expect(file, MetadataKey, ref reader, JsonTokenType.String, $"a string under '{key}'");
            if (!metadata.TryAdd(key, reader.GetString()!))
            {
                throw new SafetensorsException(file, MetadataKey, $"the key '{key}' is there twice");
            }
        }

        return metadata;
    }

    private static SafetensorsEntry ReadEntry(string file, string name, ref Utf8JsonReader reader)
    {
        string? word = null;
        long[]? shape = null, offsets = null;
        Expect(file, name, ref reader, JsonTokenType.StartObject, "an object");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = reader.GetString();
            reader.Read();
            switch (field)
            {
                case "dtype" when word is null:
                    Expect(file, name, ref reader, JsonTokenType.String, "a string as dtype");
                    word = reader.GetString();
                    break;
                case "shape" when shape is null:
                    shape = ReadNumbers(file, name, "shape", ref reader);
                    break;
                case "data_offsets" when offsets is null:
                    offsets = ReadNumbers(file, name, "data_offsets", ref reader);
                    break;
                default:
                    throw new SafetensorsException(file, name, $"the field '{field}' is there twice or not known; dtype, shape and data_offsets are");
            }
        }

        if (word is null || shape is null || offsets is null)
        {
            throw new SafetensorsException(file, name, "dtype, shape and data_offsets are needed, not all are there");
        }

        var type = SafetensorsEntry.TypeOf(word) ?? throw new SafetensorsException(file, name, $"elements of type {word} have no tensor");
        return Checked(file, name, type, shape, offsets);
    }

    private static SafetensorsEntry Checked(string file, string name, TorchSharp.torch.ScalarType type, long[] shape, long[] offsets)
    {
        if (offsets.Length != 2 || offsets[0] > offsets[1])
        {
            throw new SafetensorsException(file, name, $"data_offsets [{string.Join(", ", offsets)}] are no [begin, end]");
        }

        try
        {
            var bytes = shape.Aggregate((long)SafetensorsEntry.BytesOf(type), (product, size) => checked(product * size));
            if (bytes != offsets[1] - offsets[0])
            {
                throw new SafetensorsException(
                    file, name, $"{type}[{string.Join(", ", shape)}] takes {bytes} bytes, data_offsets span {offsets[1] - offsets[0]}");
            }
        }
        catch (OverflowException problem)
        {
            throw new SafetensorsException(file, name, $"the shape [{string.Join(", ", shape)}] is larger than any memory", problem);
        }

        return new(name, type, shape, offsets[0], offsets[1]);
    }

    private static long[] ReadNumbers(string file, string name, string field, ref Utf8JsonReader reader)
    {
        List<long> numbers = [];
        Expect(file, name, ref reader, JsonTokenType.StartArray, $"a list as {field}");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out var number) || number < 0)
            {
                throw new SafetensorsException(file, name, $"{field} holds something other than whole numbers from 0 to 2^63 - 1");
            }

            numbers.Add(number);
        }

        return [.. numbers];
    }

    private static void Expect(string file, string name, ref Utf8JsonReader reader, JsonTokenType wanted, string words)
    {
        if (reader.TokenType != wanted)
        {
            throw new SafetensorsException(file, name, $"{words} was expected, {reader.TokenType} was found");
        }
    }

    private static void CheckOffsets(string file, List<SafetensorsEntry> entries, long dataLength)
    {
        var next = 0L;
        foreach (var entry in entries)
        {
            if (entry.End > dataLength)
            {
                throw new SafetensorsException(
                    file, entry.Name, $"it ends at byte {entry.End}, the file has {dataLength} bytes of tensors: is it truncated?");
            }

            if (entry.Begin != next)
            {
                throw new SafetensorsException(
                    file, entry.Name, $"it begins at byte {entry.Begin}, the tensor before it ends at {next}: there is {(entry.Begin < next ? "an overlap" : "a gap")}");
            }

            next = entry.End;
        }

        if (next != dataLength)
        {
            throw new SafetensorsException(file, null, $"{dataLength - next} bytes follow the last tensor");
        }
    }
}
