using System.Numerics;

namespace Motion.Sim.Clips.Analysis;

/// <summary>
/// Roles told by shape alone: two pairs of equally long limbs leave the trunk, the pair that shares its branch with a short single
/// chain (neck and head) is the arms; knees and elbows halve their limbs.
/// </summary>
internal static class GeometricRoles
{
    // Left and right bones of one person differ by a few per cent, markers and fits by a few more.
    private const float LengthTolerance = 0.15f;

    private sealed record LimbPair(int Branch, int First, int Second, float Reach);

    /// <summary>The joint of each role, or −1: [role]; all −1 when no two pairs of limbs are found.</summary>
    public static int[] Find(Skeleton skeleton)
    {
        SkeletonTree tree = new(skeleton);
        int[] roles = new int[JointRoleExtensions.Count];
        Array.Fill(roles, -1);
        if (FindLimbs(tree) is not var (legs, arms))
        {
            return roles;
        }

        Vector3[] rest = skeleton.RestPositions();
        roles[(int)JointRole.Pelvis] = legs.Branch;
        roles[(int)JointRole.Chest] = arms.Branch;
        List<int> back = tree.IsAncestor(legs.Branch, arms.Branch) ? tree.Path(legs.Branch, arms.Branch) : [];
        roles[(int)JointRole.Spine] = back.Count > 1 ? back[0] : -1;
        SetHead(tree, arms, roles);
        SetLimbs(tree, rest, legs, arms, roles);
        return roles;
    }

    private static (LimbPair Legs, LimbPair Arms)? FindLimbs(SkeletonTree tree)
    {
        float size = Enumerable.Range(0, tree.Count).Max(joint => tree.Reach(joint));
        List<LimbPair> pairs = [];
        for (int branch = 0; branch < tree.Count; branch++)
        {
            // Only the longest pair of a branch can be limbs; fingers and eyes are shorter than a quarter of the figure.
            LimbPair? longest = Pairs(tree, branch).Where(pair => pair.Reach > 0.25f * size).MaxBy(pair => pair.Reach);
            if (longest is not null)
            {
                pairs.Add(longest);
            }
        }

        LimbPair? arms = pairs.Where(pair => HasHead(tree, pair, size)).MaxBy(pair => pair.Reach) ?? pairs.LastOrDefault();
        LimbPair? legs = pairs.Where(pair => arms is not null && pair.Branch != arms.Branch).MaxBy(pair => pair.Reach);
        return legs is null || arms is null ? null : (legs, arms);
    }

    private static IEnumerable<LimbPair> Pairs(SkeletonTree tree, int branch)
    {
        IReadOnlyList<int> children = tree.Children(branch);
        for (int first = 0; first < children.Count; first++)
        {
            for (int second = first + 1; second < children.Count; second++)
            {
                float a = tree.Length(children[first]) + tree.Reach(children[first]);
                float b = tree.Length(children[second]) + tree.Reach(children[second]);
                if (Math.Abs(a - b) <= LengthTolerance * Math.Max(a, b)
                    && tree.LongestWay(children[first]).Count == tree.LongestWay(children[second]).Count)
                {
                    yield return new LimbPair(branch, children[first], children[second], (a + b) / 2);
                }
            }
        }
    }

    private static bool HasHead(SkeletonTree tree, LimbPair pair, float size) =>
        tree.Children(pair.Branch).Any(child => child != pair.First && child != pair.Second
            && tree.Length(child) + tree.Reach(child) is var reach && reach > 0.05f * size && reach < 0.75f * pair.Reach
            && !Pairs(tree, child).Any(limbs => limbs.Reach > 0.25f * size));

    private static void SetHead(SkeletonTree tree, LimbPair arms, int[] roles)
    {
        int first = tree.Children(arms.Branch).Where(child => child != arms.First && child != arms.Second)
            .DefaultIfEmpty(-1).MaxBy(child => child < 0 ? 0 : tree.Length(child) + tree.Reach(child));
        if (first < 0)
        {
            return;
        }

        List<int> way = tree.LongestWay(first);
        int joints = tree.Children(way[^1]).Count == 0 && way.Count > 1 ? way.Count - 1 : way.Count;
        roles[(int)JointRole.Head] = way[joints - 1];
        roles[(int)JointRole.Neck] = joints > 1 ? way[0] : -1;
    }

    private static void SetLimbs(SkeletonTree tree, Vector3[] rest, LimbPair legs, LimbPair arms, int[] roles)
    {
        int[][] legJoints = [Leg(tree, legs.First), Leg(tree, legs.Second)];
        int[][] armJoints = [Arm(tree, arms.First), Arm(tree, arms.Second)];

        // Left is up × forward: up along the back, forward along the feet.
        Vector3 up = rest[arms.Branch] - rest[legs.Branch];
        Vector3 forward = legJoints.Where(leg => leg[3] >= 0).Aggregate(Vector3.Zero, (sum, leg) => sum + rest[leg[3]] - rest[leg[2]]);
        Vector3 left = Vector3.Cross(up, forward - (up * (Vector3.Dot(up, forward) / Math.Max(up.LengthSquared(), 1e-12f))));
        if (left.LengthSquared() < 1e-12f)
        {
            left = rest[legJoints[0][0]] - rest[legJoints[1][0]];
        }

        int leftLeg = Vector3.Dot(rest[legJoints[0][0]] - rest[legJoints[1][0]], left) >= 0 ? 0 : 1;
        int leftArm = Vector3.Dot(rest[armJoints[0][1]] - rest[armJoints[1][1]], left) >= 0 ? 0 : 1;
        for (int side = 0; side < 2; side++)
        {
            int[] leg = legJoints[side == 0 ? leftLeg : 1 - leftLeg];
            int[] arm = armJoints[side == 0 ? leftArm : 1 - leftArm];
            for (int part = 0; part < 4; part++)
            {
                roles[(int)JointRole.LeftThigh + (2 * part) + side] = leg[part];
                roles[(int)JointRole.LeftClavicle + (2 * part) + side] = arm[part];
            }
        }
    }

    // Hip, knee, ankle, toe.
    private static int[] Leg(SkeletonTree tree, int top)
    {
        List<int> way = tree.LongestWay(top);
        (int hip, int knee, int ankle) = Halves(tree, way);
        return [way[hip], way[knee], way[ankle], ankle + 1 < way.Count ? way[ankle + 1] : -1];
    }

    // Collar bone or −1, shoulder, elbow, wrist.
    private static int[] Arm(SkeletonTree tree, int top)
    {
        List<int> way = tree.LongestWay(top);
        (int shoulder, int elbow, int wrist) = Halves(tree, way);
        return [shoulder > 0 ? way[0] : -1, way[shoulder], way[elbow], way[wrist]];
    }

    // The three joints of a way between which lie its two longest, most equal parts.
    private static (int Top, int Middle, int End) Halves(SkeletonTree tree, List<int> way)
    {
        float[] along = new float[way.Count];
        for (int joint = 1; joint < way.Count; joint++)
        {
            along[joint] = along[joint - 1] + tree.Length(way[joint]);
        }

        (int, int, int) best = (0, Math.Min(1, way.Count - 1), Math.Min(2, way.Count - 1));
        float bestScore = 0;
        for (int top = 0; top < way.Count; top++)
        {
            for (int middle = top + 1; middle < way.Count; middle++)
            {
                for (int end = middle + 1; end < way.Count; end++)
                {
                    float upper = along[middle] - along[top];
                    float lower = along[end] - along[middle];

                    // Rewards long and equal parts; a hand or foot taken into the limb makes the parts unequal, and each joint passed over costs.
                    float passed = end - top - 2;
                    float score = (Math.Min(upper, lower) - (0.35f * Math.Abs(upper - lower))) * (1 - (0.03f * passed));
                    if (score > bestScore + 1e-6f)
                    {
                        (best, bestScore) = ((top, middle, end), score);
                    }
                }
            }
        }

        return best;
    }
}
