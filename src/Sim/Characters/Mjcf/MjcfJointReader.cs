using System.Numerics;
using System.Xml.Linq;

namespace Motion.Sim.Characters.Mjcf;

/// <summary>A joint as read, with the bounds that it puts on its actuators' summed torque.</summary>
internal sealed record MjcfJoint(Joint Joint, float TorqueLower, float TorqueUpper);

/// <summary>Reads joints.</summary>
internal sealed class MjcfJointReader(MjcfSettings settings, MjcfDefaults defaults)
{
    /// <param name="xml">A <c>joint</c> or <c>freejoint</c>.</param>
    /// <param name="slot">Where it belongs: its body and first coordinates, and its index for a name when it has none.</param>
    /// <param name="childClass">Default class of its body.</param>
    /// <param name="frame">Its body's frame in the world, used when coordinates are global.</param>
    public MjcfJoint Read(XElement xml, JointSlot slot, string? childClass, Frame frame)
    {
        MjcfElement element = xml.Name.LocalName == "freejoint" ? new MjcfElement(xml) : defaults.Open(xml, childClass);
        string type = element.Tag == "freejoint" ? "free" : element.Choice("type", "hinge", "hinge", "ball", "free");
        Joint joint = new()
        {
            Name = element.Name.Length > 0 ? element.Name : $"joint{slot.Index}",
            Body = slot.Body,
            Kind = type switch { "free" => JointKind.Free, "ball" => JointKind.Ball, _ => JointKind.Hinge },
            PositionIndex = slot.PositionIndex,
            VelocityIndex = slot.VelocityIndex,
            Armature = NotNegative(element, "armature"),
            Stiffness = NotNegative(element, "stiffness"),
            Damping = NotNegative(element, "damping"),
        };
        if (joint.Kind == JointKind.Free)
        {
            return joint.Armature == 0 && joint.Stiffness == 0 && joint.Damping == 0
                ? new MjcfJoint(joint, float.NegativeInfinity, float.PositiveInfinity)
                : throw element.Error("a free joint with armature, stiffness or damping is not supported; <freejoint> takes no defaults");
        }

        joint = Limit(Place(joint, element, frame), element);
        float[]? torques = element.Numbers("actuatorfrcrange", 2, 2);
        return settings.IsLimited(element, "actuatorfrclimited", "actuatorfrcrange", torques)
            ? new MjcfJoint(joint, torques![0], torques[1])
            : new MjcfJoint(joint, float.NegativeInfinity, float.PositiveInfinity);
    }

    private Joint Place(Joint joint, MjcfElement element, Frame frame)
    {
        Vector3 axis = MjcfFrames.Direction(element, "axis", MjcfFrames.Vector(element, "axis") ?? Vector3.UnitZ);
        Vector3 anchor = MjcfFrames.Position(element) ?? Vector3.Zero;
        if (settings.GlobalCoordinates)
        {
            Quaternion back = Quaternion.Conjugate(frame.Rotation);
            axis = Vector3.Transform(axis, back);
            anchor = Vector3.Transform(anchor - frame.Position, back);
        }

        return joint with { Anchor = anchor, Axis = joint.Kind == JointKind.Hinge ? axis : Vector3.UnitZ };
    }

    private Joint Limit(Joint joint, MjcfElement element)
    {
        float[]? range = element.Numbers("range", 2, 2);
        if (joint.Kind == JointKind.Hinge)
        {
            joint = joint with { SpringReference = element.Number("springref", 0) * settings.AngleUnit };
        }

        if (!settings.IsLimited(element, "limited", "range", range))
        {
            return joint;
        }

        if (joint.Kind == JointKind.Ball && range![0] != 0)
        {
            throw element.Error("a ball joint's range starts at 0: it bounds the total rotation", "range");
        }

        return joint with { Limited = true, Lower = range![0] * settings.AngleUnit, Upper = range[1] * settings.AngleUnit };
    }

    private static float NotNegative(MjcfElement element, string attribute)
    {
        float number = element.Number(attribute, 0);
        return number >= 0 ? number : throw element.Error($"attribute '{attribute}' is not negative, found {number:g3}", attribute);
    }
}

/// <summary>Where a joint stands among the others.</summary>
internal readonly record struct JointSlot(int Index, int Body, int PositionIndex, int VelocityIndex);
