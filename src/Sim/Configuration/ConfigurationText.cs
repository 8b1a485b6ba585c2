using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Motion.Sim.Configuration;

/// <summary>
/// Configuration records as text: JSON with keys in snake_case. Files and settings hold only what differs from the defaults; a key that does not
/// exist is an error that names the nearest one.
/// </summary>
public static class ConfigurationText
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    /// <summary>The whole configuration as JSON.</summary>
    public static string Write<T>(T configuration) => JsonSerializer.Serialize(configuration, Options) + "\n";

    /// <summary>The whole configuration as a JSON tree.</summary>
    public static JsonObject ToNode<T>(T configuration) => JsonSerializer.SerializeToNode(configuration, Options)!.AsObject();

    /// <summary>Applies settings of the form <c>a.b=c</c>, in their order.</summary>
    /// <param name="configuration">What to start from.</param>
    /// <param name="settings">The settings.</param>
    /// <exception cref="MotionException">A key does not exist, or a value does not fit it.</exception>
    public static T With<T>(T configuration, IEnumerable<string> settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        foreach (string setting in settings)
        {
            int split = setting.IndexOf('=', StringComparison.Ordinal);
            if (split < 1)
            {
                throw Wrong($"--set {setting}: wanted a.b=c");
            }

            JsonNode tree = ToNode(configuration);
            string[] path = setting[..split].Split('.');
            (JsonObject owner, string key) = Find(tree.AsObject(), path, $"--set {setting}");
            owner[key] = Parse(setting[(split + 1)..], owner[key]);
            configuration = Read<T>(tree, $"--set {setting}");
        }

        return configuration;
    }

    /// <summary>Applies a JSON file that holds only differences.</summary>
    /// <param name="configuration">What to start from.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="MotionException">It cannot be read, a key does not exist, or a value does not fit its key.</exception>
    public static T WithFile<T>(T configuration, string path)
    {
        string text = File.Exists(path) ? File.ReadAllText(path) : throw new InputException(path, 0, 0, "there is no such file");
        JsonNode? differences;
        try
        {
            differences = JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        }
        catch (JsonException problem)
        {
            throw new InputException(path, (int)(problem.LineNumber ?? 0) + 1, (int)(problem.BytePositionInLine ?? 0) + 1, "is not JSON", problem);
        }

        JsonObject tree = ToNode(configuration);
        Merge(tree, differences as JsonObject ?? throw new InputException(path, 1, 1, "wanted a JSON object of settings"), path, []);
        return Read<T>(tree, path);
    }

    /// <summary>Reads what <see cref="Write"/> wrote, whole.</summary>
    /// <exception cref="MotionException">It is not such text.</exception>
    public static T Read<T>(string text, string source)
    {
        try
        {
            return Read<T>(JsonNode.Parse(text) ?? throw Wrong($"{source}: is empty"), source);
        }
        catch (JsonException problem)
        {
            throw new InputException(source, (int)(problem.LineNumber ?? 0) + 1, (int)(problem.BytePositionInLine ?? 0) + 1, "is not JSON", problem);
        }
    }

    private static T Read<T>(JsonNode tree, string source)
    {
        try
        {
            return tree.Deserialize<T>(Options)!;
        }
        catch (JsonException problem)
        {
            throw Wrong($"{source}: {problem.Path?.TrimStart('$', '.')} does not take that value ({problem.Message.Split(". Path")[0]})");
        }
    }

    private static void Merge(JsonObject tree, JsonObject differences, string source, string[] above)
    {
        foreach ((string key, JsonNode? value) in differences)
        {
            string[] path = [.. above, key];
            (_, string known) = Find(tree, [key], $"{source}: {string.Join('.', path)}");
            if (tree[known] is JsonObject inner && value is JsonObject changes)
            {
                Merge(inner, changes, source, path);
            }
            else
            {
                tree[known] = value?.DeepClone();
            }
        }
    }

    private static (JsonObject Owner, string Key) Find(JsonObject tree, ReadOnlySpan<string> path, string source)
    {
        JsonObject owner = tree;
        for (int depth = 0; ; depth++)
        {
            string typed = path[depth];
            string? key = owner.Select(pair => pair.Key).FirstOrDefault(known => Plain(known) == Plain(typed));
            if (key is null)
            {
                string? nearest = NearestName.Find(typed, owner.Select(pair => pair.Key));
                throw Wrong($"{source}: there is no setting '{typed}'{(nearest is null ? $"; there are {string.Join(", ", owner.Select(pair => pair.Key))}" : $"; did you mean '{nearest}'?")}");
            }

            if (depth == path.Length - 1)
            {
                return (owner, key);
            }

            owner = owner[key] as JsonObject ?? throw Wrong($"{source}: '{typed}' holds no settings of its own");
        }
    }

    private static string Plain(string key) => key.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();

    // A value that is not JSON by itself is text, as enumerations are.
    private static JsonNode? Parse(string text, JsonNode? before)
    {
        if (before is JsonArray && !text.StartsWith('['))
        {
            text = $"[{text}]";
        }

        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return JsonValue.Create(text);
        }
    }

    private static MotionException Wrong(string message) => new(ExitCode.BadConfiguration, message);
}
