using System.Text;

namespace Motion.Sim.Clips.Analysis;

/// <summary>What a joint is in a human body. Left and right roles alternate, so that <see cref="JointRoleExtensions.Mirror"/> is a table of pairs.</summary>
public enum JointRole
{
    /// <summary>The root of the body: both legs and the spine leave from it.</summary>
    Pelvis,

    /// <summary>The lowest joint of the back above the pelvis.</summary>
    Spine,

    /// <summary>The joint that carries neck and shoulders.</summary>
    Chest,

    /// <summary>The lowest joint of the neck.</summary>
    Neck,

    /// <summary>The joint at the base of the skull.</summary>
    Head,

    /// <summary>The left collar bone, at its inner end.</summary>
    LeftClavicle,

    /// <summary>The right collar bone, at its inner end.</summary>
    RightClavicle,

    /// <summary>The left shoulder.</summary>
    LeftUpperArm,

    /// <summary>The right shoulder.</summary>
    RightUpperArm,

    /// <summary>The left elbow.</summary>
    LeftLowerArm,

    /// <summary>The right elbow.</summary>
    RightLowerArm,

    /// <summary>The left wrist.</summary>
    LeftHand,

    /// <summary>The right wrist.</summary>
    RightHand,

    /// <summary>The left hip.</summary>
    LeftThigh,

    /// <summary>The right hip.</summary>
    RightThigh,

    /// <summary>The left knee.</summary>
    LeftShin,

    /// <summary>The right knee.</summary>
    RightShin,

    /// <summary>The left ankle.</summary>
    LeftFoot,

    /// <summary>The right ankle.</summary>
    RightFoot,

    /// <summary>The base of the left toes.</summary>
    LeftToe,

    /// <summary>The base of the right toes.</summary>
    RightToe,
}

/// <summary>Facts about roles.</summary>
public static class JointRoleExtensions
{
    /// <summary>How many roles there are.</summary>
    public const int Count = (int)JointRole.RightToe + 1;

    /// <summary>The same role on the other side; middle roles are their own.</summary>
    public static JointRole Mirror(this JointRole role) =>
        role < JointRole.LeftClavicle ? role : IsLeft(role) ? role + 1 : role - 1;

    /// <summary>Whether it is a role of the left side.</summary>
    public static bool IsLeft(this JointRole role) => role >= JointRole.LeftClavicle && (role - JointRole.LeftClavicle) % 2 == 0;

    /// <summary>Whether a body cannot be understood without it.</summary>
    public static bool IsEssential(this JointRole role) => role is JointRole.Pelvis or JointRole.Chest or JointRole.Head
        or (>= JointRole.LeftUpperArm and <= JointRole.RightFoot);

    /// <summary>The role's name as maps and reports spell it: <c>left_upper_arm</c>.</summary>
    public static string Spelling(this JointRole role)
    {
        StringBuilder text = new();
        foreach (char letter in role.ToString())
        {
            if (char.IsUpper(letter) && text.Length > 0)
            {
                text.Append('_');
            }

            text.Append(char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }

    /// <summary>The role of that spelling, or null.</summary>
    public static JointRole? FromSpelling(string spelling)
    {
        foreach (JointRole role in Enum.GetValues<JointRole>())
        {
            if (role.Spelling() == spelling)
            {
                return role;
            }
        }

        return null;
    }
}
