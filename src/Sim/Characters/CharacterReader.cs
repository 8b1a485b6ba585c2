using System.Collections.Immutable;
using System.Numerics;
using System.Xml.Linq;
using Motion.Sim.Characters.Mjcf;

namespace Motion.Sim.Characters;

/// <summary>
/// Reads characters from MJCF, MuJoCo's XML format: the part of it that humanoids use. What is read, what is passed over
/// and why is listed in <see cref="MjcfVocabulary"/>; anything else is an error that names element and line.
/// </summary>
/// <remarks>
/// Reference: MuJoCo documentation, "XML Reference". Angles are degrees unless the compiler says otherwise. A range makes a
/// limit even without <c>limited</c>, as in current MuJoCo. A body of the world that has no joint anywhere in it, besides
/// a character that has, becomes part of the world.
/// </remarks>
public static class CharacterReader
{
    /// <summary>Reads a file, with the files it includes from its own folder.</summary>
    /// <exception cref="InputException">It cannot be read, or it says something that is wrong or not supported.</exception>
    public static Character Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Read(MjcfDocument.Load(path), Path.GetFileNameWithoutExtension(path));
    }

    /// <summary>Reads MJCF text that includes no files.</summary>
    /// <param name="text">The XML.</param>
    /// <param name="name">Name of the character where the text gives none, and of the file in errors.</param>
    /// <exception cref="InputException">It says something that is wrong or not supported.</exception>
    public static Character Parse(string text, string name)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Read(MjcfDocument.Parse(text, name), name);
    }

    private static Character Read(XElement root, string name)
    {
        CheckSections(root);
        MjcfElement mujoco = new(root);
        MjcfSettings settings = MjcfSettings.Read(root);
        MjcfDefaults defaults = new(root);
        MjcfBodyReader reader = new(settings, defaults);
        XElement world = root.Element("worldbody") ?? throw mujoco.Error("there is no <worldbody>");
        reader.ReadWorld(world);
        CheckNames(world, "body", reader.Bodies.Select(body => body.Name));
        CheckNames(world, "joint", reader.Joints.Select(joint => joint.Joint.Name));
        Character character = new()
        {
            Name = mujoco.Text("model") ?? name,
            Bodies = [.. reader.Bodies],
            Joints = [.. reader.Joints.Select(joint => joint.Joint)],
            Shapes = [.. reader.Shapes],
            WorldShapes = [.. reader.WorldShapes],
            Actuators = new MjcfActuatorReader(settings, defaults, reader.Joints).Read(root),
            ExcludedPairs = ReadExcludes(root, reader.Bodies),
            TendonLimits = new MjcfTendonReader(settings, reader.Joints).Read(root),
            Approximations = [.. reader.Approximations],
            Gravity = settings.Gravity,
        };
        character = character with { Stand = ReadStand(root, character) };
        return settings.TotalMass > 0 ? ScaleMass(character, settings.TotalMass, world) : character;
    }

    private static void CheckSections(XElement root)
    {
        foreach (XElement section in root.Elements())
        {
            switch (section.Name.LocalName)
            {
                case "compiler" or "option" or "default" or "contact" or "tendon" or "actuator" or "keyframe":
                    break;
                case "worldbody" when section.ElementsBeforeSelf("worldbody").Any():
                    throw MjcfElement.Error(section, "there is a second <worldbody>");
                case "worldbody":
                    break;
                case "asset":
                    CheckAssets(section);
                    break;
                default:
                    if (!MjcfVocabulary.IsIgnored(section))
                    {
                        throw MjcfVocabulary.Unsupported(section, "mujoco");
                    }

                    break;
            }
        }
    }

    private static void CheckAssets(XElement section)
    {
        foreach (XElement asset in section.Elements())
        {
            if (!MjcfVocabulary.IsIgnored(asset))
            {
                throw MjcfVocabulary.Unsupported(asset, "asset");
            }
        }
    }

    private static void CheckNames(XElement world, string tag, IEnumerable<string> names)
    {
        HashSet<string> seen = [];
        foreach (string name in names)
        {
            if (!seen.Add(name))
            {
                XElement? second = world.Descendants(tag).LastOrDefault(xml => (string?)xml.Attribute("name") == name);
                throw MjcfElement.Error(second ?? world, $"the name '{name}' is taken by another {tag}");
            }
        }
    }

    private static ImmutableArray<(int First, int Second)> ReadExcludes(XElement root, List<Body> bodies)
    {
        ImmutableArray<(int, int)>.Builder pairs = ImmutableArray.CreateBuilder<(int, int)>();
        foreach (XElement section in root.Elements("contact"))
        {
            _ = new MjcfElement(section);
            foreach (XElement xml in section.Elements())
            {
                if (xml.Name.LocalName != "exclude")
                {
                    throw MjcfVocabulary.Unsupported(xml, "contact");
                }

                MjcfElement exclude = new(xml);
                pairs.Add((Find(exclude, "body1"), Find(exclude, "body2")));
            }
        }

        return pairs.ToImmutable();

        int Find(MjcfElement exclude, string attribute)
        {
            string name = exclude.RequiredText(attribute);
            int index = bodies.FindIndex(body => body.Name == name);
            return index >= 0 || name == "world" ? index : throw exclude.Error($"there is no body '{name}'", attribute);
        }
    }

    /// <summary>The pose of the key named stand, the first if there are several; empty when there is none.</summary>
    private static ImmutableArray<float> ReadStand(XElement root, Character character)
    {
        foreach (XElement xml in root.Elements("keyframe").Elements())
        {
            if (xml.Name.LocalName != "key")
            {
                throw MjcfVocabulary.Unsupported(xml, "keyframe");
            }

            MjcfElement key = new(xml);
            if (key.Text("name") == "stand" && key.Numbers("qpos", character.PositionCount, character.PositionCount) is { } positions)
            {
                foreach (Joint joint in character.Joints.Where(joint => joint.Kind != JointKind.Hinge))
                {
                    Quaternion rotation = PositionVector.Rotation(joint, positions);
                    PositionVector.SetRotation(joint, positions, rotation.Length() > 0.1f ? Quaternion.Normalize(rotation) : throw key.Error($"joint '{joint.Name}' has no rotation: its quaternion is {rotation.W} {rotation.X} {rotation.Y} {rotation.Z}", "qpos"));
                }

                return [.. positions];
            }
        }

        return [];
    }

    private static Character ScaleMass(Character character, float totalMass, XElement world)
    {
        float scale = totalMass / character.TotalMass;
        if (!(scale <= MjcfElement.Largest))
        {
            throw MjcfElement.Error(world, $"settotalmass wants a mass to scale; the bodies weigh {character.TotalMass:g3} kg");
        }

        return character with
        {
            Bodies = [.. character.Bodies.Select(body => body with { Mass = scale * body.Mass, Inertia = scale * body.Inertia })],
        };
    }
}
