using System.Numerics;
using System.Xml.Linq;

namespace Motion.Sim.Characters.Mjcf;

/// <summary>When a body's mass comes from its geoms.</summary>
internal enum InertiaSource
{
    /// <summary>When it has no <c>inertial</c> element.</summary>
    Auto,

    /// <summary>Always.</summary>
    Geoms,

    /// <summary>Never.</summary>
    Inertial,
}

/// <summary>What the <c>compiler</c> and <c>option</c> elements say.</summary>
internal sealed record MjcfSettings
{
    /// <summary>Radians per unit of angle in the file: MuJoCo's default unit is the degree.</summary>
    public float AngleUnit { get; private init; } = MathF.PI / 180;

    /// <summary>Whether positions and orientations are given in the world rather than in the parent.</summary>
    public bool GlobalCoordinates { get; private init; }

    public InertiaSource InertiaSource { get; private init; }

    /// <summary>Whether a range alone makes a limit, as in current MuJoCo; older versions wanted <c>limited</c> as well.</summary>
    public bool AutoLimits { get; private init; } = true;

    /// <summary>Mass to scale the character to, kg; 0 leaves it.</summary>
    public float TotalMass { get; private init; }

    /// <summary>Axes of Euler angles in their order; lower case turns with the body, upper case stays with the parent.</summary>
    public string EulerSequence { get; private init; } = "xyz";

    public Vector3 Gravity { get; private init; } = new(0, 0, -9.81f);

    public static MjcfSettings Read(XElement root)
    {
        MjcfSettings settings = new();
        foreach (XElement xml in root.Elements("compiler"))
        {
            settings = settings.WithCompiler(new MjcfElement(xml));
        }

        foreach (XElement xml in root.Elements("option"))
        {
            settings = settings.WithOption(new MjcfElement(xml));
        }

        return settings;
    }

    /// <summary>
    /// Whether a pair of <c>limited</c>-like and <c>range</c>-like attributes makes a limit; when it does, the range has two
    /// numbers in rising order.
    /// </summary>
    public bool IsLimited(MjcfElement element, string limited, string range, float[]? bounds)
    {
        string choice = element.Choice(limited, "auto", "auto", "true", "false");
        bool given = bounds is not null && bounds[0] < bounds[1];
        if (choice == "true" && !given)
        {
            throw element.Error($"{limited} wants a {range} whose first number is the smaller", range);
        }

        if (choice == "auto" && given && !AutoLimits)
        {
            throw element.Error($"{range} is given without {limited}, and the compiler's autolimits is false", range);
        }

        return choice == "true" || (choice == "auto" && given);
    }

    private MjcfSettings WithCompiler(MjcfElement compiler)
    {
        string sequence = compiler.Text("eulerseq") ?? EulerSequence;
        if (sequence.Length != 3 || !sequence.All("xyzXYZ".Contains))
        {
            throw compiler.Error("eulerseq wants three letters of xyz or XYZ", "eulerseq");
        }

        return this with
        {
            AngleUnit = compiler.Choice("angle", AngleUnit == 1 ? "radian" : "degree", "radian", "degree") == "radian" ? 1 : MathF.PI / 180,
            GlobalCoordinates = compiler.Choice("coordinate", GlobalCoordinates ? "global" : "local", "local", "global") == "global",
            InertiaSource = compiler.Choice("inertiafromgeom", "unset", "auto", "true", "false") switch
            {
                "auto" => InertiaSource.Auto,
                "true" => InertiaSource.Geoms,
                "false" => InertiaSource.Inertial,
                _ => InertiaSource,
            },
            AutoLimits = compiler.Choice("autolimits", AutoLimits ? "true" : "false", "true", "false") == "true",
            TotalMass = MathF.Max(0, compiler.Number("settotalmass", TotalMass)),
            EulerSequence = sequence,
        };
    }

    private MjcfSettings WithOption(MjcfElement option)
    {
        option.Choice("collision", "all", "all");
        foreach (XElement child in option.Children)
        {
            if (child.Name.LocalName != "flag")
            {
                throw MjcfVocabulary.Unsupported(child, "option");
            }

            CheckFlags(new MjcfElement(child));
        }

        return this with { Gravity = option.Numbers("gravity", 3, 3) is { } g ? new Vector3(g[0], g[1], g[2]) : Gravity };
    }

    private static void CheckFlags(MjcfElement flags)
    {
        foreach (string name in (string[])["constraint", "equality", "frictionloss", "limit", "contact", "passive", "gravity", "clampctrl", "filterparent", "actuation"])
        {
            flags.Choice(name, "enable", "enable");
        }

        flags.Choice("override", "disable", "disable");
    }
}
