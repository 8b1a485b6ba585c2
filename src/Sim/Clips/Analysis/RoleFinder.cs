using System.Collections.Immutable;

namespace Motion.Sim.Clips.Analysis;

/// <summary>Finds the roles of a skeleton's joints: names first, shape where names are silent or contradict the tree, the person's map over both.</summary>
public static class RoleFinder
{
    /// <summary>Finds roles.</summary>
    /// <param name="skeleton">Any skeleton, in any units and axes; lengths alone are looked at.</param>
    /// <param name="map">What a person knows better.</param>
    /// <param name="source">File or name to put into an error.</param>
    /// <exception cref="InputException">The map names a joint that is not there, or an essential role cannot be found.</exception>
    public static JointRoles Find(Skeleton skeleton, SkeletonMap? map = null, string source = "skeleton")
    {
        SkeletonTree tree = new(skeleton);
        int[] named = NamedRoles.Find(skeleton);
        int[] shaped = GeometricRoles.Find(skeleton);
        int[] joints = [.. named];
        DropMisplaced(tree, joints);
        RoleEvidence[] evidence = [.. joints.Select(joint => joint >= 0 ? RoleEvidence.Name : RoleEvidence.None)];
        FillFromShape(tree, joints, shaped, evidence);
        CompleteTrunk(tree, joints, evidence);
        CompleteArms(tree, joints);
        CompleteHead(skeleton, tree, joints, evidence);
        Override(skeleton, map, source, joints, evidence);
        Demand(skeleton, source, joints);
        return new JointRoles
        {
            Joints = [.. joints],
            Evidence = [.. evidence],
            Confidence = Confidence(tree, joints, shaped, evidence),
        };
    }

    // A limb's joints lie one below the other; a name that does not fit is not believed.
    private static void DropMisplaced(SkeletonTree tree, int[] joints)
    {
        for (int side = 0; side < 2; side++)
        {
            foreach (JointRole top in new[] { JointRole.LeftClavicle, JointRole.LeftThigh })
            {
                int above = -1;
                for (int part = 0; part < 4; part++)
                {
                    int role = (int)top + (2 * part) + side;
                    if (joints[role] < 0)
                    {
                        continue;
                    }

                    if (above >= 0 && (joints[role] == above || !tree.IsAncestor(above, joints[role])))
                    {
                        joints[role] = -1;
                        continue;
                    }

                    above = joints[role];
                }
            }
        }
    }

    private static void FillFromShape(SkeletonTree tree, int[] joints, int[] shaped, RoleEvidence[] evidence)
    {
        // Shape cannot know which side the names call left: when they disagree on a joint both know, its sides are swapped.
        bool swapped = Enumerable.Range(0, joints.Length).Any(role =>
            joints[role] >= 0 && joints[role] == shaped[(int)((JointRole)role).Mirror()] && ((JointRole)role).Mirror() != (JointRole)role);
        for (int role = 0; role < joints.Length; role++)
        {
            int from = shaped[swapped ? (int)((JointRole)role).Mirror() : role];
            bool optional = !((JointRole)role).IsEssential();
            if (joints[role] < 0 && from >= 0 && !joints.Contains(from) && (!optional || FitsLimb(tree, joints, (JointRole)role, from)))
            {
                joints[role] = from;
                evidence[role] = RoleEvidence.Geometry;
            }
        }
    }

    private static bool FitsLimb(SkeletonTree tree, int[] joints, JointRole role, int joint) => role switch
    {
        JointRole.LeftClavicle or JointRole.RightClavicle => joints[(int)role + 2] is var arm && arm >= 0 && tree.IsAncestor(joint, arm),
        JointRole.LeftToe or JointRole.RightToe => joints[(int)role - 2] is var foot && foot >= 0 && tree.IsAncestor(foot, joint),
        _ => true,
    };

    // Pelvis and chest are where the limbs meet, whatever they are called.
    private static void CompleteTrunk(SkeletonTree tree, int[] joints, RoleEvidence[] evidence)
    {
        int At(JointRole role) => joints[(int)role];
        void Set(JointRole role, int joint)
        {
            if (joint >= 0 && joint != At(role))
            {
                evidence[(int)role] = At(role) >= 0 && evidence[(int)role] == RoleEvidence.Name ? RoleEvidence.Name : RoleEvidence.Geometry;
                joints[(int)role] = joint;
            }
        }

        int neck = At(JointRole.Neck) >= 0 ? At(JointRole.Neck) : At(JointRole.Head);
        if (At(JointRole.LeftThigh) >= 0 && At(JointRole.RightThigh) >= 0)
        {
            Set(JointRole.Pelvis, tree.CommonAncestor(At(JointRole.LeftThigh), At(JointRole.RightThigh)));
        }

        if (At(JointRole.LeftUpperArm) >= 0 && At(JointRole.RightUpperArm) >= 0)
        {
            int chest = tree.CommonAncestor(At(JointRole.LeftUpperArm), At(JointRole.RightUpperArm));

            // Collar bones that hang on the neck turn with it, but the joint below carries the chest.
            Set(JointRole.Chest, chest == neck && tree.Parent(chest) > At(JointRole.Pelvis) ? tree.Parent(chest) : chest);
        }

        int spine = At(JointRole.Spine);
        bool between = spine >= 0 && spine != At(JointRole.Pelvis) && spine != At(JointRole.Chest)
            && tree.IsAncestor(At(JointRole.Pelvis), spine) && tree.IsAncestor(spine, At(JointRole.Chest));
        if (!between && At(JointRole.Pelvis) >= 0 && At(JointRole.Chest) >= 0)
        {
            List<int> back = tree.IsAncestor(At(JointRole.Pelvis), At(JointRole.Chest)) ? tree.Path(At(JointRole.Pelvis), At(JointRole.Chest)) : [];
            joints[(int)JointRole.Spine] = back.Count > 1 ? back[0] : -1;
            evidence[(int)JointRole.Spine] = back.Count > 1 ? RoleEvidence.Geometry : RoleEvidence.None;
        }
    }

    // Forearms split by a twist joint (CMU's "hand" in mid-forearm) end where forearm and upper arm are about as long.
    private static void CompleteArms(SkeletonTree tree, int[] joints)
    {
        for (int side = 0; side < 2; side++)
        {
            int upper = joints[(int)JointRole.LeftUpperArm + side];
            int lower = joints[(int)JointRole.LeftLowerArm + side];
            int hand = joints[(int)JointRole.LeftHand + side];
            if (upper < 0 || lower < 0 || hand < 0)
            {
                continue;
            }

            float upperLength = tree.Distance(upper, lower);
            float lowerLength = tree.Distance(lower, hand);
            int next = tree.Children(hand).Count == 0 ? -1 : tree.LongestWay(hand)[1];
            if (lowerLength < 0.78f * upperLength && next >= 0 && tree.Children(next).Count > 0
                && lowerLength + tree.Length(next) < 1.15f * upperLength)
            {
                joints[(int)JointRole.LeftHand + side] = next;
            }
        }
    }

    // A neck that carries no other joint turns the head: it is the head's joint.
    private static void CompleteHead(Skeleton skeleton, SkeletonTree tree, int[] joints, RoleEvidence[] evidence)
    {
        ref int head = ref joints[(int)JointRole.Head];
        ref int neck = ref joints[(int)JointRole.Neck];
        if (head < 0 && neck >= 0 && tree.Children(neck).All(child => skeleton.Joints[child].IsEnd))
        {
            (head, neck) = (neck, -1);
            (evidence[(int)JointRole.Head], evidence[(int)JointRole.Neck]) = (RoleEvidence.Name, RoleEvidence.None);
        }
    }

    private static void Override(Skeleton skeleton, SkeletonMap? map, string source, int[] joints, RoleEvidence[] evidence)
    {
        foreach ((JointRole role, string name) in map?.Joints ?? [])
        {
            int joint = name.Length == 0 ? -1 : IndexOf(skeleton, name);
            if (name.Length > 0 && joint < 0)
            {
                throw new InputException(source, 0, 0, $"the map gives {role.Spelling()} to joint '{name}', which is not there; joints are {Names(skeleton)}");
            }

            joints[(int)role] = joint;
            evidence[(int)role] = RoleEvidence.Map;
        }
    }

    private static void Demand(Skeleton skeleton, string source, int[] joints)
    {
        JointRole[] missing = [.. Enum.GetValues<JointRole>().Where(role => role.IsEssential() && role != JointRole.Head && joints[(int)role] < 0)];
        if (missing.Length > 0)
        {
            throw new InputException(source, 0, 0,
                $"no joint found for {string.Join(", ", missing.Select(role => role.Spelling()))}; give them in a map: {{\"joints\": {{\"{missing[0].Spelling()}\": \"…\"}}}}; joints are {Names(skeleton)}");
        }
    }

    // Share of the essential roles that names and shape agree on, names alone counting for most, shape alone for half.
    private static float Confidence(SkeletonTree tree, int[] joints, int[] shaped, RoleEvidence[] evidence)
    {
        float sum = 0;
        int count = 0;
        foreach (JointRole role in Enum.GetValues<JointRole>().Where(role => role.IsEssential()))
        {
            bool agree = SamePlace(tree, shaped[(int)role], joints[(int)role]);
            sum += evidence[(int)role] switch { RoleEvidence.Map => 1, RoleEvidence.Name => agree ? 1 : 0.9f, RoleEvidence.Geometry => 0.6f, _ => 0 };
            count++;
        }

        return sum / count;
    }

    private static bool SamePlace(SkeletonTree tree, int first, int second) =>
        first >= 0 && second >= 0 && (tree.IsAncestor(first, second) ? tree.Distance(first, second) < 1e-6f : tree.IsAncestor(second, first) && tree.Distance(second, first) < 1e-6f);

    private static int IndexOf(Skeleton skeleton, string name)
    {
        for (int joint = 0; joint < skeleton.Joints.Length; joint++)
        {
            if (skeleton.Joints[joint].Name == name)
            {
                return joint;
            }
        }

        return -1;
    }

    private static string Names(Skeleton skeleton) => string.Join(", ", skeleton.Joints.Where(joint => !joint.IsEnd).Take(60).Select(joint => joint.Name));
}
