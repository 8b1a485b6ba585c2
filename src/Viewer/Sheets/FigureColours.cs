using System.Collections.Immutable;
using Motion.Sim.Characters;
using Motion.Sim.Clips;
using Motion.Sim.Clips.Analysis;

namespace Motion.Viewer.Sheets;

/// <summary>Left is blue, right is red, the middle is grey: whatever hangs on a joint of a side belongs to it.</summary>
internal static class FigureColours
{
    /// <summary>Colour of each joint.</summary>
    public static ImmutableArray<Colour> Of(Skeleton skeleton, JointRoles roles) =>
        [.. Enumerable.Range(0, skeleton.Joints.Length).Select(joint => Of(skeleton, roles, joint))];

    /// <summary>The roles of a character's bodies, and the colour of each.</summary>
    public static (JointRoles Roles, ImmutableArray<Colour> Colours) Of(Character character)
    {
        Skeleton skeleton = new([.. character.Bodies.Select(body => new SkeletonJoint(body.Name, body.Parent, body.Position))]);
        JointRoles roles = RoleFinder.Find(skeleton);
        return (roles, Of(skeleton, roles));
    }

    private static Colour Of(Skeleton skeleton, JointRoles roles, int joint)
    {
        for (; joint >= 0; joint = skeleton.Joints[joint].Parent)
        {
            int role = roles.Joints.IndexOf(joint);
            if (role >= 0)
            {
                return (JointRole)role < JointRole.LeftClavicle ? Colour.Middle : ((JointRole)role).IsLeft() ? Colour.Left : Colour.Right;
            }
        }

        return Colour.Middle;
    }
}
