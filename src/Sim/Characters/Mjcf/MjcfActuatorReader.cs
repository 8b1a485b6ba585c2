using System.Collections.Immutable;
using System.Xml.Linq;

namespace Motion.Sim.Characters.Mjcf;

/// <summary>Reads actuators.</summary>
internal sealed class MjcfActuatorReader(MjcfSettings settings, MjcfDefaults defaults, IReadOnlyList<MjcfJoint> joints)
{
    public ImmutableArray<Actuator> Read(XElement root)
    {
        ImmutableArray<Actuator>.Builder actuators = ImmutableArray.CreateBuilder<Actuator>();
        HashSet<(int, int)> driven = [];
        foreach (XElement section in root.Elements("actuator"))
        {
            _ = new MjcfElement(section);
            foreach (XElement xml in section.Elements())
            {
                Actuator actuator = ReadOne(xml, actuators.Count);
                bool first = driven.Add((actuator.Joint, actuator.Axis));
                if (!first && (joints[actuator.Joint].TorqueLower > float.NegativeInfinity || joints[actuator.Joint].TorqueUpper < float.PositiveInfinity))
                {
                    throw MjcfElement.Error(xml, "the joint's actuatorfrcrange bounds one actuator, and it has two");
                }

                actuators.Add(actuator);
            }
        }

        return actuators.ToImmutable();
    }

    private Actuator ReadOne(XElement xml, int index)
    {
        if (xml.Name.LocalName is not ("motor" or "position" or "general"))
        {
            throw MjcfVocabulary.Unsupported(xml, "actuator");
        }

        MjcfElement element = new(xml);
        MjcfActuatorSettings numbers = defaults.Find(xml, childClass: null).Actuator.With(element);
        string jointName = element.RequiredText("joint");
        int joint = FindJoint(jointName) ?? throw element.Error($"there is no joint '{jointName}'", "joint");
        (int axis, float gear) = Transmission(element, joints[joint].Joint, numbers);
        bool controlLimited = IsLimited(element, "ctrllimited", numbers.ControlLimited, "ctrlrange", numbers.ControlRange);
        bool forceLimited = IsLimited(element, "forcelimited", numbers.ForceLimited, "forcerange", numbers.ForceRange);
        (float torqueLower, float torqueUpper) = gear > 0
            ? (joints[joint].TorqueLower / gear, joints[joint].TorqueUpper / gear)
            : (joints[joint].TorqueUpper / gear, joints[joint].TorqueLower / gear);
        return new Actuator
        {
            Name = element.Name.Length > 0 ? element.Name : $"actuator{index}",
            Joint = joint,
            Axis = axis,
            Gear = gear,
            Gain = numbers.Gain,
            Bias = numbers.HasBias ? numbers.Bias.Constant : 0,
            Kp = numbers.HasBias ? 0 - numbers.Bias.Length : 0,
            Kd = numbers.HasBias ? 0 - numbers.Bias.Rate : 0,
            ControlLower = controlLimited ? numbers.ControlRange.Lower : float.NegativeInfinity,
            ControlUpper = controlLimited ? numbers.ControlRange.Upper : float.PositiveInfinity,
            ForceLower = MathF.Max(forceLimited ? numbers.ForceRange.Lower : float.NegativeInfinity, torqueLower),
            ForceUpper = MathF.Min(forceLimited ? numbers.ForceRange.Upper : float.PositiveInfinity, torqueUpper),
        };
    }

    private int? FindJoint(string name)
    {
        for (int joint = 0; joint < joints.Count; joint++)
        {
            if (joints[joint].Joint.Name == name)
            {
                return joint;
            }
        }

        return null;
    }

    private static (int Axis, float Gear) Transmission(MjcfElement element, Joint joint, MjcfActuatorSettings numbers)
    {
        (float x, float y, float z) = numbers.Gear;
        switch (joint.Kind)
        {
            case JointKind.Hinge:
                return x != 0 ? (0, x) : throw element.Error("gear is zero", "gear");
            case JointKind.Ball:
                return (x != 0, y != 0, z != 0) switch
                {
                    (true, false, false) => (0, x),
                    (false, true, false) => (1, y),
                    (false, false, true) => (2, z),
                    _ => throw element.Error($"gear wants exactly one axis of the ball joint, as in '1 0 0'; found '{x:g} {y:g} {z:g}'", "gear"),
                };
            default:
                throw element.Error("a free joint cannot be driven", "joint");
        }
    }

    private bool IsLimited(MjcfElement element, string limited, string choice, string range, (float Lower, float Upper) bounds)
    {
        bool given = bounds.Lower < bounds.Upper;
        if (choice == "true" && !given)
        {
            throw element.Error($"{limited} wants a {range} whose first number is the smaller", range);
        }

        if (choice == "auto" && given && !settings.AutoLimits)
        {
            throw element.Error($"{range} is given without {limited}, and the compiler's autolimits is false", range);
        }

        return given && choice != "false";
    }
}
