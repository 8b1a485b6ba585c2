using System.Xml;
using System.Xml.Linq;

namespace Motion.Sim.Characters.Mjcf;

/// <summary>
/// Loads an MJCF file as XML: bounded in size and depth, without document types or external entities, with
/// <c>include</c> elements replaced by the children of the files they name.
/// </summary>
internal static class MjcfDocument
{
    /// <summary>Largest file, in bytes; characters are some tens of kilobytes.</summary>
    private const int LargestFile = 8 << 20;

    /// <summary>Deepest nesting of elements.</summary>
    private const int Deepest = 200;

    private const int MostIncludes = 32;

    /// <summary>Loads a file and what it includes.</summary>
    /// <exception cref="InputException">It is missing, unreadable, too large or too deep, or is not XML.</exception>
    public static XElement Load(string path)
    {
        XElement root = Parse(ReadText(path, place: null), path);
        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? ".";
        ExpandIncludes(root, folder, [Path.GetFullPath(path)]);
        return root;
    }

    /// <summary>Reads XML text; <paramref name="file"/> is the name that errors give.</summary>
    /// <exception cref="InputException">It is too large or too deep, or is not XML, or it includes other files.</exception>
    public static XElement Parse(string text, string file)
    {
        if (text.Length > LargestFile)
        {
            throw new InputException(file, 0, 0, $"is larger than {LargestFile >> 20} MiB, which no character needs");
        }

        try
        {
            CheckDepth(text, file);
            using XmlReader reader = Open(text);
            XElement root = XDocument.Load(reader, LoadOptions.SetLineInfo).Root!;
            root.AddAnnotation(new SourceFile(file));
            if (root.Name.NamespaceName.Length > 0 || root.Name.LocalName is not ("mujoco" or "mujocoinclude"))
            {
                throw MjcfElement.Error(root, "the root of an MJCF file is <mujoco>");
            }

            return root;
        }
        catch (XmlException error)
        {
            throw new InputException(file, error.LineNumber, error.LinePosition, $"is not well-formed XML: {error.Message}", error);
        }
    }

    /// <summary>The file that an element came from.</summary>
    public static string FileOf(XElement xml) =>
        xml.AncestorsAndSelf().Select(element => element.Annotation<SourceFile>()).First(source => source is not null)!.Path;

    private static void ExpandIncludes(XElement root, string folder, HashSet<string> seen)
    {
        while (root.Descendants("include").FirstOrDefault() is { } include)
        {
            string name = (string?)include.Attribute("file") ?? throw MjcfElement.Error(include, "attribute 'file' is missing");
            string path = Path.GetFullPath(Path.Combine(folder, name));
            if (Path.IsPathRooted(name) || !path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            {
                throw MjcfElement.Error(include, $"file '{name}' lies outside the folder of the character");
            }

            if (!seen.Add(path))
            {
                throw MjcfElement.Error(include, $"file '{name}' is included twice");
            }

            if (seen.Count > MostIncludes)
            {
                throw MjcfElement.Error(include, $"more than {MostIncludes} files are included");
            }

            XElement included = Parse(ReadText(path, include), path);
            foreach (XElement child in included.Elements())
            {
                child.AddAnnotation(new SourceFile(path));
            }

            List<XElement> children = [.. included.Elements()];
            included.RemoveNodes();
            include.ReplaceWith(children);
        }
    }

    private static string ReadText(string path, XElement? place)
    {
        try
        {
            return new FileInfo(path).Length > LargestFile
                ? throw new InputException(path, 0, 0, $"is larger than {LargestFile >> 20} MiB, which no character needs")
                : File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            string problem = $"cannot be read: {error.Message}";
            throw place is null ? new InputException(path, 0, 0, problem, error) : MjcfElement.Error(place, $"'{path}' {problem}");
        }
    }

    private static void CheckDepth(string text, string file)
    {
        using XmlReader reader = Open(text);
        while (reader.Read())
        {
            if (reader.Depth > Deepest)
            {
                IXmlLineInfo place = (IXmlLineInfo)reader;
                throw new InputException(file, place.LineNumber, place.LinePosition, $"elements nest deeper than {Deepest}");
            }
        }
    }

    private static XmlReader Open(string text) => XmlReader.Create(
        new StringReader(text),
        new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true });

    private sealed record SourceFile(string Path);
}
