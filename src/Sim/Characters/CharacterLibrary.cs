namespace Motion.Sim.Characters;

/// <summary>The characters that are shipped, by name.</summary>
public static class CharacterLibrary
{
    /// <summary>Names of the shipped characters.</summary>
    public static IReadOnlyList<string> Names { get; } = ["humanoid"];

    /// <summary>The shipped humanoid: 15 bodies, 28 degrees of freedom besides the floating root, 50 kg, 1.63 m. Its file tells the rest.</summary>
    public static Character Humanoid() => Shipped("humanoid");

    /// <summary>The shipped character of that name, or the one in the MJCF file at that path.</summary>
    /// <exception cref="InputException">It is neither, or the file is wrong.</exception>
    public static Character Resolve(string nameOrPath)
    {
        ArgumentException.ThrowIfNullOrEmpty(nameOrPath);
        if (Names.Contains(nameOrPath))
        {
            return Shipped(nameOrPath);
        }

        return File.Exists(nameOrPath)
            ? CharacterReader.Read(nameOrPath)
            : throw new InputException(
                nameOrPath, 0, 0, $"is neither a file nor a shipped character; shipped: {string.Join(", ", Names)}; a character is an MJCF file (.xml)");
    }

    private static Character Shipped(string name)
    {
        string file = $"{name}.xml";
        using Stream stream = typeof(CharacterLibrary).Assembly.GetManifestResourceStream($"Motion.Sim.Characters.{file}")!;
        using StreamReader text = new(stream);
        return CharacterReader.Parse(text.ReadToEnd(), file);
    }
}
