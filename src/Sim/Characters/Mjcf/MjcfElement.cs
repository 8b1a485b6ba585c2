using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace Motion.Sim.Characters.Mjcf;

/// <summary>
/// One element of an MJCF file together with the defaults it inherits. Its attributes are checked against
/// <see cref="MjcfVocabulary"/> when it is opened, so a reader asks only for what it knows to be there.
/// </summary>
internal sealed class MjcfElement
{
    /// <summary>Largest magnitude of a number, MuJoCo's own bound (mjMAXVAL): products of a few still fit.</summary>
    public const float Largest = 1e10f;

    private static readonly char[] Blanks = [' ', '\t', '\r', '\n'];
    private readonly XElement xml;
    private readonly IReadOnlyDictionary<string, string> inherited;

    public MjcfElement(XElement xml, IReadOnlyDictionary<string, string>? inherited = null)
    {
        this.xml = xml;
        this.inherited = inherited ?? new Dictionary<string, string>();
        MjcfVocabulary.Check(this);
    }

    /// <summary>Tag.</summary>
    public string Tag => xml.Name.LocalName;

    public string ParentTag => xml.Parent?.Name.LocalName ?? "";

    /// <summary>The <c>name</c> attribute, or nothing.</summary>
    public string Name => (string?)xml.Attribute("name") ?? "";

    public IEnumerable<XElement> Children => xml.Elements();

    public IEnumerable<XAttribute> OwnAttributes => xml.Attributes();

    public bool Has(string attribute) => Text(attribute) is not null;

    /// <summary>Value of an attribute, its own or inherited; null when neither is there.</summary>
    public string? Text(string attribute) =>
        (string?)xml.Attribute(attribute) ?? (inherited.TryGetValue(attribute, out string? value) ? value : null);

    public string RequiredText(string attribute) =>
        Text(attribute) ?? throw Error($"attribute '{attribute}' is missing");

    public float Number(string attribute, float fallback) => Numbers(attribute, 1, 1) is { } numbers ? numbers[0] : fallback;

    public int Integer(string attribute, int fallback)
    {
        if (Text(attribute) is not { } text)
        {
            return fallback;
        }

        return int.TryParse(text.Trim(Blanks), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
            ? value
            : throw Error($"attribute '{attribute}' wants a whole number, found '{Shorten(text)}'", attribute);
    }

    /// <summary>A list of finite numbers; null when the attribute is absent.</summary>
    public float[]? Numbers(string attribute, int least, int most)
    {
        if (Text(attribute) is not { } text)
        {
            return null;
        }

        string[] tokens = text.Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
        if (tokens.Length < least || tokens.Length > most)
        {
            string wanted = least == most ? $"{least}" : $"{least} to {most}";
            throw Error($"attribute '{attribute}' wants {wanted} number{(most == 1 ? "" : "s")}, found {tokens.Length}: '{Shorten(text)}'", attribute);
        }

        float[] numbers = new float[tokens.Length];
        for (int i = 0; i < tokens.Length; i++)
        {
            if (!float.TryParse(tokens[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]) || !(MathF.Abs(numbers[i]) <= Largest))
            {
                throw Error($"attribute '{attribute}' wants numbers up to {Largest:g}, found '{Shorten(tokens[i])}'", attribute);
            }
        }

        return numbers;
    }

    /// <summary>One of a few words.</summary>
    public string Choice(string attribute, string fallback, params ReadOnlySpan<string> choices)
    {
        string? text = Text(attribute);
        if (text is null)
        {
            return fallback;
        }

        foreach (string choice in choices)
        {
            if (text == choice)
            {
                return choice;
            }
        }

        throw Error($"{attribute} '{Shorten(text)}' is not supported; wanted {string.Join(" or ", choices.ToArray())}", attribute);
    }

    /// <summary>An error that names this element and its line, or the line of one of its attributes.</summary>
    public InputException Error(string problem, string? attribute = null) =>
        Error(xml, (attribute is null ? null : xml.Attribute(attribute)) ?? (IXmlLineInfo)xml, problem);

    /// <summary>An error that names an element and its line.</summary>
    public static InputException Error(XElement xml, string problem) => Error(xml, xml, problem);

    private static InputException Error(XElement xml, IXmlLineInfo place, string problem)
    {
        string name = (string?)xml.Attribute("name") is { } text ? $" name=\"{Shorten(text)}\"" : "";
        return new InputException(MjcfDocument.FileOf(xml), place.LineNumber, place.LinePosition, $"<{Shorten(xml.Name.LocalName)}{name}>: {problem}");
    }

    private static string Shorten(string text) => text.Length <= 60 ? text : text[..57] + "…";
}
