using System.Collections.Immutable;
using System.Numerics;

namespace Motion.Sim.Clips.Readers;

/// <summary>An Acclaim skeleton file (.asf): bones that start where their parents end, and a root.</summary>
internal sealed class AcclaimSkeleton
{
    private const double RadiansPerDegree = Math.PI / 180;

    // A length unit of 0.45 means that one unit is 1/0.45 inches; files that say 1 mean anything.
    private const double AcclaimLength = 0.45;
    private const double MetresPerInch = 0.0254;
    private readonly TextTokens tokens;
    private readonly Dictionary<string, AcclaimBone> bones = new(StringComparer.Ordinal);
    private readonly AcclaimHierarchy hierarchy;
    private AcclaimBone root = new(AcclaimHierarchy.RootName, 0, Vector3.Zero, Quaternion.Identity, []);
    private double length = 1;

    private AcclaimSkeleton(TextTokens tokens)
    {
        this.tokens = tokens;
        hierarchy = new AcclaimHierarchy(tokens, bones);
    }

    /// <summary>The bones, the root first and parents before children.</summary>
    public ImmutableArray<AcclaimBone> Bones { get; private set; }

    /// <summary>The skeleton: joint i is where bone i starts; end sites close the last bones.</summary>
    public Skeleton Skeleton { get; private set; } = new([]);

    /// <summary>Radians in the skeleton file's unit of angle.</summary>
    public double RadiansPerUnit { get; private set; } = RadiansPerDegree;

    /// <summary>Where the root rests, file units.</summary>
    public Vector3 RootPosition { get; private set; }

    /// <summary>Metres in a unit of length when the file tells, otherwise null.</summary>
    public double? MetresPerUnit => length == AcclaimLength ? MetresPerInch / AcclaimLength : null;

    /// <summary>Reads a skeleton.</summary>
    /// <exception cref="InputException">It is no good skeleton.</exception>
    public static AcclaimSkeleton Read(Stream stream, string file, ReaderLimits limits)
    {
        AcclaimSkeleton skeleton = new(new TextTokens(new TextLines(stream, file, limits)));
        skeleton.ReadSections(limits);
        (skeleton.Bones, skeleton.Skeleton) = skeleton.hierarchy.Connect(skeleton.root, skeleton.RootPosition, limits);
        return skeleton;
    }

    private void ReadSections(ReaderLimits limits)
    {
        bool more = NextLine();
        while (more)
        {
            if (tokens.Is(":units"u8))
            {
                more = ReadSection(ReadUnit);
            }
            else if (tokens.Is(":root"u8))
            {
                more = ReadRoot();
            }
            else if (tokens.Is(":bonedata"u8))
            {
                more = ReadBones(limits);
            }
            else if (tokens.Is(":hierarchy"u8))
            {
                more = ReadSection(hierarchy.ReadLine);
            }
            else if (tokens.Token[0] == ':')
            {
                more = ReadSection(static () => { });
            }
            else
            {
                throw tokens.Wrong($"wanted a section such as :bonedata, found {tokens.Quoted()}");
            }
        }
    }

    /// <summary>Goes to the first word of the next line that is neither blank nor a comment.</summary>
    private bool NextLine()
    {
        while (tokens.MoveNextLine())
        {
            if (tokens.MoveNextInLine() && tokens.Token[0] != '#')
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Gives the lines of a section to an action, up to the next section; false at the end of the file.</summary>
    private bool ReadSection(Action readLine)
    {
        while (NextLine())
        {
            if (tokens.Token[0] == ':')
            {
                return true;
            }

            readLine();
        }

        return false;
    }

    private void ReadUnit()
    {
        if (tokens.Is("length"u8))
        {
            length = tokens.Number("the unit of length");
        }
        else if (tokens.Is("angle"u8))
        {
            tokens.Require("deg or rad");
            RadiansPerUnit = tokens.Is("deg"u8) ? RadiansPerDegree
                : tokens.Is("rad"u8) ? 1
                : throw tokens.Wrong($"wanted deg or rad, found {tokens.Quoted()}");
        }
    }

    private bool ReadRoot()
    {
        int line = tokens.Lines.Number;
        ImmutableArray<AcclaimFreedom> freedoms = [];
        string order = "XYZ";
        Vector3 angles = default;
        bool more = ReadSection(() =>
        {
            if (tokens.Is("order"u8))
            {
                freedoms = ReadFreedoms();
            }
            else if (tokens.Is("axis"u8))
            {
                order = ReadOrder();
            }
            else if (tokens.Is("position"u8))
            {
                RootPosition = ReadVector("the root's position");
            }
            else if (tokens.Is("orientation"u8))
            {
                angles = ReadVector("the root's orientation");
            }
            else
            {
                throw tokens.Wrong($"wanted order, axis, position or orientation in :root, found {tokens.Quoted()}");
            }
        });
        root = new AcclaimBone(AcclaimHierarchy.RootName, line, Vector3.Zero, AxisRotation(angles, order), freedoms);
        return more;
    }

    private bool ReadBones(ReaderLimits limits) => ReadSection(() =>
    {
        if (!tokens.Is("begin"u8))
        {
            throw tokens.Wrong($"wanted begin, found {tokens.Quoted()}");
        }

        if (bones.Count + 1 >= limits.Joints)
        {
            throw tokens.Wrong($"more than {limits.Joints} joints");
        }

        AcclaimBone bone = ReadBone();
        if (bone.Name == AcclaimHierarchy.RootName || !bones.TryAdd(bone.Name, bone))
        {
            throw tokens.Wrong($"bone '{bone.Name}' is there already; names must be unique");
        }
    });

    private AcclaimBone ReadBone()
    {
        int line = tokens.Lines.Number;
        string? name = null;
        Vector3? direction = null;
        double? size = null;
        Quaternion axis = Quaternion.Identity;
        ImmutableArray<AcclaimFreedom> freedoms = [];
        while (NextLine() ? !tokens.Is("end"u8) : throw tokens.Lines.Ended("the end of a bone"))
        {
            if (tokens.Is("name"u8))
            {
                name = tokens.Name("the name of a bone");
            }
            else if (tokens.Is("direction"u8))
            {
                direction = ReadVector("the bone's direction");
            }
            else if (tokens.Is("length"u8))
            {
                size = tokens.Number("the bone's length");
            }
            else if (tokens.Is("axis"u8))
            {
                axis = AxisRotation(ReadVector("the bone's axis"), ReadOrder());
            }
            else if (tokens.Is("dof"u8))
            {
                freedoms = ReadFreedoms();
            }
            else if (!IsPassedOver())
            {
                throw tokens.Wrong($"wanted id, name, direction, length, axis, dof, limits or end, found {tokens.Quoted()}");
            }
        }

        return name is null || direction is null || size is null
            ? throw tokens.Wrong($"the bone that begins on line {line} lacks its name, direction or length")
            : new AcclaimBone(name, line, direction.Value * (float)size, axis, freedoms);
    }

    /// <summary>Joint limits (which go on over several lines), masses and numbers are nothing to a recording.</summary>
    private bool IsPassedOver() =>
        tokens.Token[0] == '(' || tokens.Is("id"u8) || tokens.Is("limits"u8) || tokens.Is("bodymass"u8) || tokens.Is("cofmass"u8);

    private ImmutableArray<AcclaimFreedom> ReadFreedoms()
    {
        List<AcclaimFreedom> freedoms = [];
        while (tokens.MoveNextInLine())
        {
            AcclaimFreedom freedom = AcclaimFreedom.Of(tokens.TokenText("a degree of freedom"))
                ?? throw tokens.Wrong($"wanted rx, ry, rz, tx, ty, tz or l, found {tokens.Quoted()}");
            if (freedoms.Contains(freedom))
            {
                throw tokens.Wrong($"the degree of freedom {tokens.Quoted()} is there twice");
            }

            freedoms.Add(freedom);
        }

        return [.. freedoms];
    }

    private string ReadOrder()
    {
        tokens.Require("an order such as XYZ");
        string order = tokens.TokenText("an order of axes").ToUpperInvariant();
        return order.Length == 3 && order.All("XYZ".Contains) ? order
            : throw tokens.Wrong($"wanted an order such as XYZ, found {tokens.Quoted()}");
    }

    private Vector3 ReadVector(string wanted)
    {
        float x = (float)tokens.Number(wanted);
        float y = (float)tokens.Number(wanted);
        float z = (float)tokens.Number(wanted);
        return new Vector3(x, y, z);
    }

    /// <summary>XYZ: first about X, then Y, then Z, all fixed: Rz Ry Rx.</summary>
    private Quaternion AxisRotation(Vector3 angles, string order)
    {
        EulerRotation rotation = new();
        for (int i = 2; i >= 0; i--)
        {
            rotation.Turn(order[i] - 'X', angles[i] * RadiansPerUnit);
        }

        return rotation.Value;
    }
}
