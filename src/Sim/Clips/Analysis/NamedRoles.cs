namespace Motion.Sim.Clips.Analysis;

/// <summary>Roles told by names alone, with words that depend on their neighbours settled side by side.</summary>
internal static class NamedRoles
{
    /// <summary>The joint of each role, or −1: [role]. Joints come parents first, so the first of several is nearest the root.</summary>
    public static int[] Find(Skeleton skeleton)
    {
        JointName[] names = [.. skeleton.Joints.Select(joint => joint.IsEnd ? default : JointName.Parse(joint.Name))];
        int[] roles = new int[JointRoleExtensions.Count];
        Array.Fill(roles, -1);
        int Middle(NamePart part) => Array.FindIndex(names, name => name.Part == part && name.Side == NameSide.None);
        roles[(int)JointRole.Pelvis] = FirstOf(Middle(NamePart.Hips), Middle(NamePart.Hip));
        roles[(int)JointRole.Spine] = Middle(NamePart.Spine);
        roles[(int)JointRole.Chest] = Array.FindLastIndex(names, name => name.Part == NamePart.Chest && name.Side == NameSide.None);
        roles[(int)JointRole.Neck] = Middle(NamePart.Neck);
        roles[(int)JointRole.Head] = Middle(NamePart.Head);
        FindSide(names, NameSide.Left, roles, 0);
        FindSide(names, NameSide.Right, roles, 1);
        return roles;
    }

    private static void FindSide(JointName[] names, NameSide side, int[] roles, int offset)
    {
        int At(NamePart part) => Array.FindIndex(names, name => name.Part == part && name.Side == side);
        void Set(JointRole left, int joint) => roles[(int)left + offset] = joint;

        // "Leg" is the shin beside any word for a thigh, and the thigh beside a word for a shin.
        int shin = At(NamePart.Shin);
        int thigh = FirstOf(At(NamePart.Thigh), At(NamePart.Hip));
        if (shin < 0 && thigh >= 0)
        {
            shin = At(NamePart.Leg);
        }
        else if (thigh < 0)
        {
            thigh = At(NamePart.Leg);
        }

        // "Foot" is the toes beside an ankle.
        int ankle = At(NamePart.Ankle);
        Set(JointRole.LeftThigh, thigh);
        Set(JointRole.LeftShin, shin);
        Set(JointRole.LeftFoot, FirstOf(ankle, At(NamePart.Foot)));
        Set(JointRole.LeftToe, FirstOf(At(NamePart.Toe), ankle >= 0 ? At(NamePart.Foot) : -1));

        // "Shoulder" is the collar bone beside a word for an arm, and the upper arm beside a collar bone.
        int clavicle = At(NamePart.Clavicle);
        int upper = FirstOf(At(NamePart.UpperArm), At(NamePart.Arm));
        int shoulder = At(NamePart.Shoulder);
        if (upper < 0)
        {
            upper = shoulder;
        }
        else if (clavicle < 0)
        {
            clavicle = shoulder;
        }

        Set(JointRole.LeftClavicle, clavicle);
        Set(JointRole.LeftUpperArm, upper);
        Set(JointRole.LeftLowerArm, At(NamePart.LowerArm));
        Set(JointRole.LeftHand, At(NamePart.Hand));
    }

    private static int FirstOf(int first, int second) => first >= 0 ? first : second;
}
