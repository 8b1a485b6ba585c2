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

    // Feet turn away from shins by more than this, rad; knees and hips of a standing figure do not.
    private const float SharpTurn = 0.8f;

    // Winter, Biomechanics and Motor Control of Human Movement, ch. 4: upper arm 0.186, forearm 0.146, thigh 0.245, shank 0.246 of the height.
    private const float UpperArmOverLeg = 0.38f;
    private const float ForearmOverLeg = 0.3f;

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
        int[][] legJoints = [Leg(tree, rest, legs.First), Leg(tree, rest, legs.Second)];
        float legLength = legJoints.Average(leg => tree.Distance(leg[0], leg[2]));
        int[][] armJoints = [Arm(tree, arms.First, legLength), Arm(tree, arms.Second, legLength)];

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

    // Hip, knee, ankle, toe. Where the rest pose has feet that point away from the shins, the ankle is there; else toes may be taken into the leg.
    private static int[] Leg(SkeletonTree tree, Vector3[] rest, int top)
    {
        List<int> way = tree.LongestWay(top);
        int ankle = Enumerable.Range(2, Math.Max(0, way.Count - 3)).Where(joint => Turn(rest, way, joint) > SharpTurn).DefaultIfEmpty(-1).First();
        (int hip, int knee, int end) = Halves(tree, ankle < 0 ? way : way[..(ankle + 1)]);
        return [way[hip], way[knee], way[end], end + 1 < way.Count ? way[end + 1] : -1];
    }

    // Angle between the parts of a way before and after a joint, rad.
    private static float Turn(Vector3[] rest, List<int> way, int joint)
    {
        Vector3 before = rest[way[joint]] - rest[way[joint - 1]];
        Vector3 after = rest[way[joint + 1]] - rest[way[joint]];
        return MathF.Atan2(Vector3.Cross(before, after).Length(), Vector3.Dot(before, after));
    }

    // Collar bone or −1, shoulder, elbow, wrist: between them lie lengths like a person's, told by the legs. Equal halves would not do:
    // collar bone and upper arm together are about as long as forearm and hand.
    private static int[] Arm(SkeletonTree tree, int top, float legLength)
    {
        List<int> way = tree.LongestWay(top);
        float[] along = Along(tree, way);
        int[] best = [-1, way[0], way[Math.Min(1, way.Count - 1)], way[Math.Min(2, way.Count - 1)]];
        float bestMiss = float.MaxValue;
        for (int shoulder = 0; shoulder < way.Count; shoulder++)
        {
            for (int elbow = shoulder + 1; elbow < way.Count; elbow++)
            {
                for (int wrist = elbow + 1; wrist < way.Count; wrist++)
                {
                    float miss = Math.Abs(along[elbow] - along[shoulder] - (UpperArmOverLeg * legLength))
                        + Math.Abs(along[wrist] - along[elbow] - (ForearmOverLeg * legLength)) + (0.03f * legLength * (wrist - shoulder - 2));
                    if (miss < bestMiss)
                    {
                        (best, bestMiss) = ([shoulder > 0 ? way[0] : -1, way[shoulder], way[elbow], way[wrist]], miss);
                    }
                }
            }
        }

        return best;
    }

    // The three joints of a way between which lie its two longest, most equal parts.
    private static (int Top, int Middle, int End) Halves(SkeletonTree tree, List<int> way)
    {
        float[] along = Along(tree, way);
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

    // Distance of each joint of a way from its first.
    private static float[] Along(SkeletonTree tree, List<int> way)
    {
        float[] along = new float[way.Count];
        for (int joint = 1; joint < way.Count; joint++)
        {
            along[joint] = along[joint - 1] + tree.Length(way[joint]);
        }

        return along;
    }
}
