using System.Xml.Linq;

namespace Motion.Sim.Characters.Mjcf;

/// <summary>
/// The tree of default classes. A class starts as a copy of the one around it; an element takes the attributes of the class it
/// names, else of the nearest body's <c>childclass</c>, else of the outermost class.
/// </summary>
internal sealed class MjcfDefaults
{
    /// <summary>Attributes that hold several numbers of which an element may give only the first few.</summary>
    private static readonly HashSet<string> Partial = ["size", "friction"];

    private readonly Dictionary<string, MjcfDefaultClass> classes = [];
    private readonly MjcfDefaultClass main = new();

    public MjcfDefaults(XElement root)
    {
        foreach (XElement xml in root.Elements("default"))
        {
            MjcfElement element = new(xml);
            string name = element.Text("class") ?? "main";
            classes[name] = main;
            Fill(main, element);
        }
    }

    /// <summary>Opens an element with the defaults that apply to it.</summary>
    public MjcfElement Open(XElement xml, string? childClass)
    {
        MjcfDefaultClass applying = Find(xml, childClass);
        string tag = xml.Name.LocalName;
        Dictionary<string, string> inherited = applying.Attributes.GetValueOrDefault(tag) ?? [];
        foreach (string attribute in Partial)
        {
            if ((string?)xml.Attribute(attribute) is { } own && inherited.TryGetValue(attribute, out string? whole))
            {
                xml.SetAttributeValue(attribute, Overlay(whole, own));
            }
        }

        return new MjcfElement(xml, inherited);
    }

    /// <summary>The class that applies to an element.</summary>
    /// <exception cref="InputException">The element names a class that no <c>default</c> element makes.</exception>
    public MjcfDefaultClass Find(XElement xml, string? childClass) => Named(xml, (string?)xml.Attribute("class") ?? childClass);

    /// <summary>Makes sure that a body's <c>childclass</c> is there.</summary>
    public void CheckChildClass(XElement body) => Named(body, (string?)body.Attribute("childclass"));

    private MjcfDefaultClass Named(XElement xml, string? name)
    {
        if (name is null || classes.Count == 0 && name == "main")
        {
            return main;
        }

        return classes.TryGetValue(name, out MjcfDefaultClass? found)
            ? found
            : throw MjcfElement.Error(xml, $"there is no default class '{name}'");
    }

    private void Fill(MjcfDefaultClass target, MjcfElement element)
    {
        List<XElement> nested = [];
        foreach (XElement child in element.Children)
        {
            switch (child.Name.LocalName)
            {
                case "default":
                    nested.Add(child);
                    break;
                case "joint" or "geom":
                    target.Merge(child, Partial);
                    break;
                case "motor" or "position" or "general":
                    target.Actuator = target.Actuator.With(new MjcfElement(child));
                    break;
                case "tendon":
                    _ = new MjcfElement(child);
                    break;
                default:
                    if (!MjcfVocabulary.IsIgnored(child))
                    {
                        throw MjcfVocabulary.Unsupported(child, "default");
                    }

                    break;
            }
        }

        // A nested class copies everything that the one around it says, even what stands after it in the file.
        foreach (XElement child in nested)
        {
            MjcfElement inner = new(child);
            MjcfDefaultClass copy = target.Copy();
            if (!classes.TryAdd(inner.RequiredText("class"), copy))
            {
                throw inner.Error($"default class '{inner.Text("class")}' is there already", "class");
            }

            Fill(copy, inner);
        }
    }

    internal static string Overlay(string whole, string own)
    {
        string[] first = own.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        string[] rest = whole.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return string.Join(' ', first.Concat(rest.Skip(first.Length)));
    }
}

/// <summary>What one default class says.</summary>
internal sealed class MjcfDefaultClass
{
    /// <summary>Attribute values by tag (joint, geom) and attribute.</summary>
    public Dictionary<string, Dictionary<string, string>> Attributes { get; private init; } = [];

    public MjcfActuatorSettings Actuator { get; set; } = new();

    public MjcfDefaultClass Copy() => new()
    {
        Attributes = Attributes.ToDictionary(pair => pair.Key, pair => new Dictionary<string, string>(pair.Value)),
        Actuator = Actuator,
    };

    public void Merge(XElement xml, HashSet<string> partial)
    {
        MjcfElement element = new(xml);
        if (!Attributes.TryGetValue(element.Tag, out Dictionary<string, string>? known))
        {
            Attributes[element.Tag] = known = [];
        }

        foreach (XAttribute attribute in element.OwnAttributes)
        {
            string name = attribute.Name.LocalName;
            known[name] = partial.Contains(name) && known.TryGetValue(name, out string? whole)
                ? MjcfDefaults.Overlay(whole, attribute.Value)
                : attribute.Value;
        }
    }
}
