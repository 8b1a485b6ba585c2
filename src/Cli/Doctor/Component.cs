using System.Text.Json.Nodes;

namespace Motion.Cli.Doctor;

/// <summary>One thing the program uses, as found on this machine.</summary>
internal sealed record Component
{
    /// <summary>Key in the JSON object.</summary>
    public required string Key { get; init; }

    /// <summary>Name for people.</summary>
    public required string Name { get; init; }

    /// <summary>What cannot be done when it is missing.</summary>
    public required string WithoutIt { get; init; }

    /// <summary>Whether nothing can be trained or played without it.</summary>
    public bool Required { get; init; }

    /// <summary>Whether it is here and works.</summary>
    public bool Present { get; init; }

    /// <summary>Version as it tells it itself; empty when missing.</summary>
    public string Version { get; init; } = "";

    /// <summary>The file or folder it is in; empty when missing or when it has none.</summary>
    public string Path { get; init; } = "";

    /// <summary>Further figures, by key.</summary>
    public IReadOnlyDictionary<string, JsonNode?> Details { get; init; } = new Dictionary<string, JsonNode?>();

    /// <summary>Why it is missing, or a remark about it; empty when there is nothing to say.</summary>
    public string Remark { get; init; } = "";

    /// <summary>The component as JSON.</summary>
    public JsonObject ToJson()
    {
        JsonObject json = new()
        {
            ["present"] = Present,
            ["required"] = Required,
            ["version"] = Version,
            ["path"] = Path,
            ["without_it"] = WithoutIt,
            ["remark"] = Remark,
        };
        foreach ((string key, JsonNode? value) in Details)
        {
            json[key] = value;
        }

        return json;
    }
}
