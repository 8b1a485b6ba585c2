using System.Globalization;
using System.Numerics;
using System.Text;

namespace Motion.Sim.Tests.Clips;

/// <summary>
/// BVH files in the styles of rigs that users bring, made up here: names, hierarchy, channel order, units and rest pose are each one's own,
/// the body is one of 1.7 m. In every frame the figure stands as it rests, moving forward by a centimetre a frame.
/// </summary>
/// <param name="Name">What it is in the style of.</param>
/// <param name="UnitsPerMetre">File units in a metre.</param>
/// <param name="Turns">The rotation channels of every joint.</param>
/// <param name="AllMove">Whether every joint has position channels.</param>
/// <param name="FrameTime">Seconds of a frame, as printed.</param>
/// <param name="Joints">Names with their parents' (empty for the root) and the place in <see cref="Places"/> that each stands at.</param>
internal sealed record RigText(string Name, double UnitsPerMetre, string Turns, bool AllMove, string FrameTime, (string Name, string Parent, string Place)[] Joints)
{
    /// <summary>A body in T-pose: metres, y up, facing +z, its left along +x; the right side is mirrored.</summary>
    private static readonly Dictionary<string, Vector3> Places = new()
    {
        ["ground"] = Vector3.Zero,
        ["pelvis"] = new(0, 0.95f, 0),
        ["spine1"] = new(0, 1.05f, 0),
        ["spine2"] = new(0, 1.17f, 0),
        ["chest"] = new(0, 1.29f, 0),
        ["neck"] = new(0, 1.45f, 0),
        ["head"] = new(0, 1.55f, 0.02f),
        ["head-end"] = new(0, 1.7f, 0.02f),
        ["collar"] = new(0.03f, 1.4f, 0),
        ["shoulder"] = new(0.18f, 1.4f, 0),
        ["elbow"] = new(0.46f, 1.4f, 0),
        ["wrist"] = new(0.7f, 1.4f, 0),
        ["hand-end"] = new(0.88f, 1.4f, 0),
        ["hip"] = new(0.09f, 0.9f, 0),
        ["knee"] = new(0.09f, 0.48f, 0),
        ["ankle"] = new(0.09f, 0.08f, 0),
        ["toe"] = new(0.09f, 0.02f, 0.14f),
        ["toe-end"] = new(0.09f, 0.02f, 0.2f),
    };

    private static readonly Dictionary<string, string> EndOf = new() { ["head"] = "head-end", ["wrist"] = "hand-end", ["toe"] = "toe-end" };

    /// <summary>The rigs.</summary>
    public static RigText[] All { get; } =
    [
        new("LAFAN1", 100, "Zrotation Yrotation Xrotation", false, "0.033333",
        [
            ("Hips", "", "pelvis"), .. Leg("LeftUpLeg", "LeftLeg", "LeftFoot", "LeftToe", "Hips"), .. Leg("RightUpLeg", "RightLeg", "RightFoot", "RightToe", "Hips"),
            ("Spine", "Hips", "spine1"), ("Spine1", "Spine", "spine2"), ("Spine2", "Spine1", "chest"), ("Neck", "Spine2", "neck"), ("Head", "Neck", "head"),
            .. Arm("LeftShoulder", "LeftArm", "LeftForeArm", "LeftHand", "Spine2"), .. Arm("RightShoulder", "RightArm", "RightForeArm", "RightHand", "Spine2"),
        ]),
        new("Bandai-Namco", 100, "Zrotation Xrotation Yrotation", false, "0.0333333",
        [
            ("joint_Root", "", "ground"), ("Hips", "joint_Root", "pelvis"), ("Spine", "Hips", "spine1"), ("Chest", "Spine", "chest"), ("Neck", "Chest", "neck"), ("Head", "Neck", "head"),
            .. Arm("Shoulder_L", "UpperArm_L", "LowerArm_L", "Hand_L", "Chest"), .. Arm("Shoulder_R", "UpperArm_R", "LowerArm_R", "Hand_R", "Chest"),
            .. Leg("UpperLeg_L", "LowerLeg_L", "Foot_L", "Toes_L", "Hips"), .. Leg("UpperLeg_R", "LowerLeg_R", "Foot_R", "Toes_R", "Hips"),
        ]),
        new("Mixamo", 1, "Xrotation Yrotation Zrotation", false, "0.041667",
        [
            ("mixamorig:Hips", "", "pelvis"), ("mixamorig:Spine", "mixamorig:Hips", "spine1"), ("mixamorig:Spine1", "mixamorig:Spine", "spine2"),
            ("mixamorig:Spine2", "mixamorig:Spine1", "chest"), ("mixamorig:Neck", "mixamorig:Spine2", "neck"), ("mixamorig:Head", "mixamorig:Neck", "head"),
            .. Arm("mixamorig:LeftShoulder", "mixamorig:LeftArm", "mixamorig:LeftForeArm", "mixamorig:LeftHand", "mixamorig:Spine2"),
            .. Arm("mixamorig:RightShoulder", "mixamorig:RightArm", "mixamorig:RightForeArm", "mixamorig:RightHand", "mixamorig:Spine2"),
            .. Leg("mixamorig:LeftUpLeg", "mixamorig:LeftLeg", "mixamorig:LeftFoot", "mixamorig:LeftToeBase", "mixamorig:Hips"),
            .. Leg("mixamorig:RightUpLeg", "mixamorig:RightLeg", "mixamorig:RightFoot", "mixamorig:RightToeBase", "mixamorig:Hips"),
        ]),
        new("Rokoko", 100, "Yrotation Xrotation Zrotation", true, "0.01",
        [
            ("Hips", "", "pelvis"), ("Spine1", "Hips", "spine1"), ("Spine2", "Spine1", "spine2"), ("Spine3", "Spine2", "chest"), ("Neck", "Spine3", "neck"), ("Head", "Neck", "head"),
            .. Arm("LeftShoulder", "LeftArm", "LeftForeArm", "LeftHand", "Spine3"), .. Arm("RightShoulder", "RightArm", "RightForeArm", "RightHand", "Spine3"),
            .. Leg("LeftThigh", "LeftShin", "LeftFoot", "LeftToe", "Hips"), .. Leg("RightThigh", "RightShin", "RightFoot", "RightToe", "Hips"),
        ]),
        new("SOMA", 100, "Zrotation Yrotation Xrotation", false, "0.0333333",
        [
            ("Root", "", "ground"), ("Hips", "Root", "pelvis"), ("Spine1", "Hips", "spine1"), ("Spine2", "Spine1", "spine2"), ("Chest", "Spine2", "chest"), ("Neck1", "Chest", "neck"), ("Head", "Neck1", "head"),
            .. Arm("LeftShoulder", "LeftArm", "LeftForeArm", "LeftHand", "Chest"), .. Arm("RightShoulder", "RightArm", "RightForeArm", "RightHand", "Chest"),
            .. Leg("LeftLeg", "LeftShin", "LeftFoot", "LeftToeBase", "Hips"), .. Leg("RightLeg", "RightShin", "RightFoot", "RightToeBase", "Hips"),
        ]),
    ];

    /// <summary>The file.</summary>
    public string Text(int frames)
    {
        StringBuilder text = new("HIERARCHY\n");
        List<string> row = [];
        Write(text, row, Joints[0], Vector3.Zero, "");
        text.Append(CultureInfo.InvariantCulture, $"MOTION\nFrames: {frames}\nFrame Time: {FrameTime}\n");
        for (int frame = 0; frame < frames; frame++)
        {
            Vector3 root = PlaceOf(Joints[0]) + new Vector3(0, 0, 0.01f * frame);
            text.Append(Numbers(root)).Append(' ').AppendJoin(' ', row.Skip(3)).Append('\n');
        }

        return text.ToString();
    }

    private static (string Name, string Parent, string Place)[] Arm(string collar, string upper, string lower, string hand, string chest) =>
        [(collar, chest, "collar"), (upper, collar, "shoulder"), (lower, upper, "elbow"), (hand, lower, "wrist")];

    private static (string Name, string Parent, string Place)[] Leg(string thigh, string shin, string foot, string toe, string pelvis) =>
        [(thigh, pelvis, "hip"), (shin, thigh, "knee"), (foot, shin, "ankle"), (toe, foot, "toe")];

    /// <summary>Whether a joint is on the right side.</summary>
    public static bool IsRight((string Name, string Parent, string Place) joint) =>
        joint.Name.Contains("Right", StringComparison.Ordinal) || joint.Name.EndsWith("_R", StringComparison.Ordinal);

    private static Vector3 PlaceOf((string Name, string Parent, string Place) joint) => Mirrored(Places[joint.Place], joint);

    private static Vector3 Mirrored(Vector3 place, (string Name, string Parent, string Place) joint) => IsRight(joint) ? place with { X = -place.X } : place;

    private void Write(StringBuilder text, List<string> row, (string Name, string Parent, string Place) joint, Vector3 parent, string indent)
    {
        bool isRoot = joint.Parent.Length == 0;
        Vector3 place = PlaceOf(joint);
        text.Append(CultureInfo.InvariantCulture, $"{indent}{(isRoot ? "ROOT" : "JOINT")} {joint.Name}\n{indent}{{\n");
        text.Append(CultureInfo.InvariantCulture, $"{indent}\tOFFSET {Numbers(isRoot ? Vector3.Zero : place - parent)}\n");
        bool moves = isRoot || AllMove;
        text.Append(CultureInfo.InvariantCulture, $"{indent}\tCHANNELS {(moves ? "6 Xposition Yposition Zposition" : "3")} {Turns}\n");
        row.AddRange(moves ? Numbers(place - parent).Split(' ') : []);
        row.AddRange(["0.000000", "0.000000", "0.000000"]);
        (string Name, string Parent, string Place)[] children = [.. Joints.Where(child => child.Parent == joint.Name)];
        foreach ((string Name, string Parent, string Place) child in children)
        {
            Write(text, row, child, place, indent + "\t");
        }

        if (children.Length == 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"{indent}\tEnd Site\n{indent}\t{{\n{indent}\t\tOFFSET {Numbers(Mirrored(Places[EndOf[joint.Place]], joint) - place)}\n{indent}\t}}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"{indent}}}\n");
    }

    private string Numbers(Vector3 metres) => string.Create(
        CultureInfo.InvariantCulture, $"{metres.X * UnitsPerMetre:0.000000} {metres.Y * UnitsPerMetre:0.000000} {metres.Z * UnitsPerMetre:0.000000}");
}
