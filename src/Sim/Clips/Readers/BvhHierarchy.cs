using System.Collections.Immutable;
using System.Numerics;

namespace Motion.Sim.Clips.Readers;

/// <summary>The upper half of a BVH file: joints and which number of a row drives what.</summary>
internal sealed class BvhHierarchy
{
    private const int MostChannels = 9;
    private readonly TextTokens tokens;
    private readonly ReaderLimits limits;
    private readonly List<OpenJoint> joints = [];
    private readonly Stack<int> open = new();
    private readonly Dictionary<string, int> lineOfName = new(StringComparer.Ordinal);

    private BvhHierarchy(TextTokens tokens, ReaderLimits limits) => (this.tokens, this.limits) = (tokens, limits);

    /// <summary>The joints, parents first, offsets in file units.</summary>
    public required ImmutableArray<SkeletonJoint> Joints { get; init; }

    /// <summary>The channels of the joints that have any.</summary>
    public required ImmutableArray<BvhChannels> Channels { get; init; }

    /// <summary>Numbers in a row.</summary>
    public int RowLength => Channels.Length == 0 ? 0 : Channels[^1].First + Channels[^1].Kinds.Length;

    private sealed class OpenJoint(string name, int parent, bool isEnd)
    {
        public string Name { get; } = name;

        public int Parent { get; } = parent;

        public bool IsEnd { get; } = isEnd;

        public Vector3? Offset { get; set; }

        public ImmutableArray<byte>? Channels { get; set; }
    }

    /// <summary>Reads up to and including the word MOTION.</summary>
    public static BvhHierarchy Read(TextTokens tokens, ReaderLimits limits)
    {
        BvhHierarchy reading = new(tokens, limits) { Joints = [], Channels = [] };
        reading.ReadJoints();
        return reading.Finish();
    }

    private void ReadJoints()
    {
        tokens.Expect("hierarchy"u8);
        tokens.Expect("root"u8);
        Open(tokens.Name("the name of the root joint"), -1, isEnd: false);
        while (open.Count > 0)
        {
            tokens.Require("OFFSET, CHANNELS, JOINT, End Site or '}'");
            OpenJoint joint = joints[open.Peek()];
            if (tokens.Is("offset"u8) && joint.Offset is null)
            {
                joint.Offset = Offset();
            }
            else if (tokens.Is("channels"u8) && joint.Channels is null && !joint.IsEnd)
            {
                joint.Channels = ReadChannels();
            }
            else if (tokens.Is("joint"u8) && !joint.IsEnd)
            {
                Open(tokens.Name("the name of a joint"), open.Peek(), isEnd: false);
            }
            else if (tokens.Is("end"u8) && !joint.IsEnd)
            {
                // What follows ("Site", a name, nothing) tells nothing; the parent's name is clearer.
                while (tokens.MoveNextInLine() && !tokens.Is("{"u8))
                {
                }

                Open("", open.Peek(), isEnd: true);
            }
            else if (tokens.Is("}"u8))
            {
                Close(joint);
            }
            else
            {
                throw Unexpected(joint);
            }
        }
    }

    private InputException Unexpected(OpenJoint joint)
    {
        string found = tokens.Quoted();
        string holder = joint.IsEnd ? "an end site" : $"joint '{joint.Name}'";
        return tokens.Wrong(
            tokens.Is("root"u8) ? $"a ROOT inside {holder}: a closing brace is missing above"
            : tokens.Is("motion"u8) ? $"MOTION inside {holder}: {open.Count} closing braces are missing above"
            : tokens.Is("offset"u8) || tokens.Is("channels"u8) ? $"a second or misplaced {found} in {holder}"
            : joint.IsEnd ? $"wanted OFFSET or '}}' in an end site, found {found}"
            : $"wanted OFFSET, CHANNELS, JOINT, End Site or '}}' in {holder}, found {found}");
    }

    private void Open(string name, int parent, bool isEnd)
    {
        if (joints.Count == limits.Joints)
        {
            throw tokens.Wrong($"more than {limits.Joints} joints");
        }

        if (open.Count == limits.Depth)
        {
            throw tokens.Wrong($"joints are nested deeper than {limits.Depth}");
        }

        if (!isEnd && !lineOfName.TryAdd(name, tokens.Lines.Number))
        {
            throw tokens.Wrong($"joint '{name}' is there already, on line {lineOfName[name]}; names must be unique");
        }

        joints.Add(new OpenJoint(name, parent, isEnd));
        open.Push(joints.Count - 1);
        if (!(isEnd && tokens.Is("{"u8)))
        {
            tokens.Expect("{"u8);
        }
    }

    private void Close(OpenJoint joint)
    {
        if (joint.Offset is null)
        {
            string holder = joint.IsEnd ? "an end site" : $"joint '{joint.Name}'";
            throw tokens.Wrong($"{holder} closes without an OFFSET");
        }

        open.Pop();
    }

    private Vector3 Offset()
    {
        float x = (float)tokens.Number("the x of an offset");
        float y = (float)tokens.Number("the y of an offset");
        float z = (float)tokens.Number("the z of an offset");
        return new Vector3(x, y, z);
    }

    private ImmutableArray<byte> ReadChannels()
    {
        long count = tokens.Whole("how many channels there are");
        if (count is < 0 or > MostChannels)
        {
            throw tokens.Wrong($"wanted 0 to {MostChannels} channels, found {count}");
        }

        byte[] kinds = new byte[count];
        for (int i = 0; i < kinds.Length; i++)
        {
            string wanted = $"{count} channels of Xposition, Yposition, Zposition, Xrotation, Yrotation, Zrotation";
            tokens.Require(wanted);
            kinds[i] = Kind(wanted);
            if (kinds[i] < 3 && kinds.AsSpan(0, i).Contains(kinds[i]))
            {
                throw tokens.Wrong($"channel {tokens.Quoted()} is there twice");
            }
        }

        return [.. kinds];
    }

    private byte Kind(string wanted) =>
        tokens.Is("xposition"u8) ? (byte)0
        : tokens.Is("yposition"u8) ? (byte)1
        : tokens.Is("zposition"u8) ? (byte)2
        : tokens.Is("xrotation"u8) ? (byte)3
        : tokens.Is("yrotation"u8) ? (byte)4
        : tokens.Is("zrotation"u8) ? (byte)5
        : throw tokens.Wrong($"wanted {wanted}, found {tokens.Quoted()}");

    private BvhHierarchy Finish()
    {
        tokens.Require("MOTION");
        if (tokens.Is("root"u8))
        {
            throw tokens.Wrong("a second ROOT: one skeleton to a file; split the file");
        }

        if (!tokens.Is("motion"u8))
        {
            throw tokens.Wrong($"wanted MOTION after the root joint's closing brace, found {tokens.Quoted()}");
        }

        List<BvhChannels> channels = [];
        int first = 0;
        for (int i = 0; i < joints.Count; i++)
        {
            if (joints[i].Channels is { Length: > 0 } kinds)
            {
                channels.Add(new BvhChannels(i, first, kinds));
                first += kinds.Length;
            }
        }

        if (channels.Count == 0)
        {
            throw tokens.Wrong("no joint has channels: nothing moves");
        }

        return new BvhHierarchy(tokens, limits) { Joints = Named(), Channels = [.. channels] };
    }

    private ImmutableArray<SkeletonJoint> Named()
    {
        HashSet<string> taken = [.. lineOfName.Keys];
        return [.. joints.Select(joint => new SkeletonJoint(
            joint.IsEnd ? EndSites.Name(joints[joint.Parent].Name, taken) : joint.Name, joint.Parent, joint.Offset!.Value, joint.IsEnd))];
    }
}
