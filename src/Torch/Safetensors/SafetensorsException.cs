namespace Motion.Torch.Safetensors;

/// <summary>A safetensors file, or what should become one, is not what it should be: says the file, the key, and what was found.</summary>
public sealed class SafetensorsException : IOException
{
    /// <summary>A problem of a file, and of one of its keys if it is one key's.</summary>
    public SafetensorsException(string file, string? key, string problem, Exception? inner = null)
        : base(key is null ? $"{file}: {problem}" : $"{file}: tensor '{key}': {problem}", inner)
    {
        File = file;
        Key = key;
    }

    /// <summary>The file.</summary>
    public string File { get; }

    /// <summary>The key, if the problem is one key's.</summary>
    public string? Key { get; }
}
