namespace Motion.Sim.Clips.Analysis;

/// <summary>A skeleton seen as a tree of lengths, which no pose changes.</summary>
internal sealed class SkeletonTree
{
    private readonly int[] _parent;
    private readonly float[] _length;
    private readonly List<int>[] _children;
    private readonly float[] _reach;

    /// <param name="skeleton">Joints, parents first.</param>
    public SkeletonTree(Skeleton skeleton)
    {
        int count = skeleton.Joints.Length;
        _parent = new int[count];
        _length = new float[count];
        _reach = new float[count];
        _children = new List<int>[count];
        for (int joint = 0; joint < count; joint++)
        {
            _parent[joint] = skeleton.Joints[joint].Parent;
            _length[joint] = _parent[joint] < 0 ? 0 : skeleton.Joints[joint].Offset.Length();
            _children[joint] = [];
            if (_parent[joint] >= 0)
            {
                _children[_parent[joint]].Add(joint);
            }
        }

        for (int joint = count - 1; joint > 0; joint--)
        {
            int parent = _parent[joint];
            _reach[parent] = Math.Max(_reach[parent], _reach[joint] + _length[joint]);
        }
    }

    public int Count => _parent.Length;

    public int Parent(int joint) => _parent[joint];

    public IReadOnlyList<int> Children(int joint) => _children[joint];

    /// <summary>Distance from the parent.</summary>
    public float Length(int joint) => _length[joint];

    /// <summary>Length of the longest way down from a joint.</summary>
    public float Reach(int joint) => _reach[joint];

    public bool IsAncestor(int ancestor, int joint)
    {
        for (; joint >= 0; joint = _parent[joint])
        {
            if (joint == ancestor)
            {
                return true;
            }
        }

        return false;
    }

    public int CommonAncestor(int first, int second)
    {
        while (first >= 0 && !IsAncestor(first, second))
        {
            first = _parent[first];
        }

        return first;
    }

    /// <summary>Joints from just below <paramref name="ancestor"/> to <paramref name="joint"/>.</summary>
    public List<int> Path(int ancestor, int joint)
    {
        List<int> path = [];
        for (; joint != ancestor && joint >= 0; joint = _parent[joint])
        {
            path.Add(joint);
        }

        path.Reverse();
        return path;
    }

    /// <summary>Sum of lengths along the path; <paramref name="ancestor"/> must be one of <paramref name="joint"/>.</summary>
    public float Distance(int ancestor, int joint) => Path(ancestor, joint).Sum(Length);

    /// <summary>The joints along the longest way down, starting with <paramref name="joint"/> itself.</summary>
    public List<int> LongestWay(int joint)
    {
        List<int> way = [joint];
        while (_children[joint].Count > 0)
        {
            joint = _children[joint].MaxBy(child => _reach[child] + _length[child]);
            way.Add(joint);
        }

        return way;
    }
}
