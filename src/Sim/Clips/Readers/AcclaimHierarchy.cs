using System.Collections.Immutable;
using System.Numerics;

namespace Motion.Sim.Clips.Readers;

/// <summary>Which bone of an Acclaim skeleton hangs on which.</summary>
/// <param name="tokens">The skeleton file.</param>
/// <param name="bones">The bones it has defined, by name.</param>
internal sealed class AcclaimHierarchy(TextTokens tokens, IReadOnlyDictionary<string, AcclaimBone> bones)
{
    /// <summary>What the root is called.</summary>
    public const string RootName = "root";

    private readonly Dictionary<string, List<string>> children = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> lineOfChild = new(StringComparer.Ordinal);
    private readonly List<AcclaimBone> ordered = [];
    private readonly List<SkeletonJoint> joints = [];
    private readonly List<SkeletonJoint> ends = [];

    /// <summary>Reads a line: a bone and those that hang on it, or one of the words begin and end.</summary>
    /// <exception cref="InputException">A bone is not known, or has a parent already.</exception>
    public void ReadLine()
    {
        if (tokens.Is("begin"u8) || tokens.Is("end"u8))
        {
            return;
        }

        string parent = KnownBone();
        if (!children.TryGetValue(parent, out List<string>? list))
        {
            children.Add(parent, list = []);
        }

        while (tokens.MoveNextInLine())
        {
            string child = KnownBone();
            if (child == RootName || !lineOfChild.TryAdd(child, tokens.Lines.Number))
            {
                throw tokens.Wrong($"bone '{child}' has a second parent: bones would run in a ring or meet");
            }

            list.Add(child);
        }
    }

    /// <summary>Makes the skeleton, once all lines were read: joint i is where bone i starts, end sites follow.</summary>
    /// <param name="root">The root.</param>
    /// <param name="position">Where it rests, file units.</param>
    /// <param name="limits">How large it may be.</param>
    /// <exception cref="InputException">A bone does not hang on the root, or there are too many.</exception>
    public (ImmutableArray<AcclaimBone> Bones, Skeleton Skeleton) Connect(AcclaimBone root, Vector3 position, ReaderLimits limits)
    {
        HashSet<string> names = [RootName, .. bones.Keys];
        Add(root, -1, position, limits.Depth, names);
        if (ordered.Count <= bones.Count)
        {
            AcclaimBone lost = bones.Values.First(bone => !ordered.Contains(bone));
            throw Wrong(
                lineOfChild.GetValueOrDefault(lost.Name, lost.Line),
                $"bone '{lost.Name}' hangs on nothing that leads to the root: a line of :hierarchy is missing or bones run in a ring");
        }

        return joints.Count + ends.Count > limits.Joints
            ? throw Wrong(root.Line, $"more than {limits.Joints} joints")
            : ([.. ordered], new Skeleton([.. joints, .. ends]));
    }

    private void Add(AcclaimBone bone, int parent, Vector3 offset, int depthLeft, HashSet<string> names)
    {
        if (depthLeft == 0)
        {
            throw Wrong(bone.Line, "joints are nested too deep");
        }

        int joint = joints.Count;
        ordered.Add(bone);
        joints.Add(new SkeletonJoint(bone.Name, parent, offset));
        List<string> below = children.GetValueOrDefault(bone.Name) ?? [];
        if (below.Count == 0 && bone.End != Vector3.Zero)
        {
            ends.Add(new SkeletonJoint(EndSites.Name(bone.Name, names), joint, bone.End, IsEnd: true));
        }

        foreach (string child in below)
        {
            Add(bones[child], joint, bone.End, depthLeft - 1, names);
        }
    }

    private string KnownBone()
    {
        string name = tokens.TokenText("the name of a bone");
        return name == RootName || bones.ContainsKey(name) ? name
            : throw tokens.Wrong($"wanted a bone of :bonedata, found {tokens.Quoted()}");
    }

    private InputException Wrong(int line, string problem) => new(tokens.Lines.File, Math.Max(line, 1), 1, problem);
}
