using System.Text.Json.Nodes;
using Motion.Torch.Safetensors;

namespace Motion.Cli.Inspection;

/// <summary>Prints a safetensors file: its tensors and what is written about them. The tensors themselves are not read.</summary>
internal static class TensorInspection
{
    /// <summary>Prints the header of a file.</summary>
    public static JsonObject Print(string path, Output output)
    {
        SafetensorsHeader header = SafetensorsFile.ReadHeader(path);
        long parameters = header.Entries.Sum(Count);
        output.Line($"{path}: {header.Entries.Count} tensors, {parameters:N0} numbers, {new FileInfo(path).Length:N0} bytes");
        foreach ((string key, string value) in header.Metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            output.Line($"  {key}: {value}");
        }

        TextTable table = new("tensor", "type", "shape", "numbers");
        foreach (SafetensorsEntry entry in header.Entries)
        {
            table.Add(entry.Name, $"{entry.Type}", Shape(entry), $"{Count(entry):N0}");
        }

        output.Table(table);
        return new()
        {
            ["kind"] = "tensors",
            ["numbers"] = parameters,
            ["metadata"] = new JsonObject(header.Metadata.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
            ["tensors"] = new JsonArray([.. header.Entries.Select(entry => new JsonObject
            {
                ["name"] = entry.Name,
                ["type"] = $"{entry.Type}",
                ["shape"] = new JsonArray([.. entry.Shape.Select(size => JsonValue.Create(size))]),
            })]),
        };
    }

    private static long Count(SafetensorsEntry entry) => entry.Shape.Aggregate(1L, (product, size) => product * size);

    private static string Shape(SafetensorsEntry entry) => $"[{string.Join(", ", entry.Shape)}]";
}
