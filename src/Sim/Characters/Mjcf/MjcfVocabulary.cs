using System.Xml.Linq;

namespace Motion.Sim.Characters.Mjcf;

/// <summary>
/// Which elements and attributes of MJCF are read, which are passed over because they cannot change how the character
/// moves here, and which are accepted only at the value that does nothing. Everything else is an error.
/// </summary>
/// <remarks>
/// Passed over on purpose: drawing (visual, statistic, textures, materials, lights, cameras, rgba, group), sites and
/// sensors, custom data and user fields, keyframes but for the pose of one named stand, memory sizes, and MuJoCo's own numerics (time step, integrator,
/// solver, tolerances, the softness of limits and contacts: solref and solimp): the engine here has its own.
/// </remarks>
internal static class MjcfVocabulary
{
    private const string Orientation = " quat axisangle xyaxes zaxis euler";
    private const string Actuator = "name class joint gear ctrllimited ctrlrange forcelimited forcerange";

    private static readonly Dictionary<string, Rule> Rules = new()
    {
        ["mujoco"] = new("model"),
        ["mujocoinclude"] = new("model"),
        ["compiler"] = new(
            Read: "angle coordinate inertiafromgeom autolimits settotalmass eulerseq",
            Ignored: "strippath meshdir texturedir assetdir discardvisual convexhull fitaabb usethread exactmeshinertia saveinertial",
            OnlyOff: "boundmass boundinertia balanceinertia fusestatic alignfree"),
        ["option"] = new(
            Read: "gravity collision",
            Ignored: "timestep apirate impratio tolerance ls_tolerance noslip_tolerance mpr_tolerance ccd_tolerance magnetic o_margin o_solref"
                + " o_solimp o_friction integrator cone jacobian solver iterations ls_iterations noslip_iterations mpr_iterations ccd_iterations"
                + " sdf_iterations sdf_initpoints",
            OnlyOff: "density viscosity wind"),
        ["flag"] = new(
            Read: "constraint equality frictionloss limit contact passive gravity clampctrl filterparent actuation override",
            Ignored: "warmstart refsafe sensor sensornoise energy fwdinv invdiscrete eulerdamp midphase nativeccd multiccd island autoreset"),
        ["default"] = new("class"),
        ["worldbody"] = new(),
        ["body"] = new("name childclass pos" + Orientation, "user sleep", "mocap gravcomp"),
        ["inertial"] = new("pos mass diaginertia fullinertia" + Orientation),
        ["freejoint"] = new("name", "group", "align"),
        ["joint"] = new(
            Read: "name class type pos axis limited range armature stiffness damping springref actuatorfrcrange actuatorfrclimited",
            Ignored: "group user solreflimit solimplimit solreffriction solimpfriction",
            OnlyOff: "ref frictionloss margin springdamper actuatorgravcomp"),
        ["geom"] = new(
            Read: "name class type pos size fromto mass density contype conaffinity condim friction priority" + Orientation,
            Ignored: "group user material rgba solref solimp solmix fluidcoef fluidshape",
            OnlyOff: "margin gap shellinertia"),
        ["contact"] = new(),
        ["exclude"] = new("body1 body2", "name"),
        ["tendon"] = new(),
        ["default/tendon"] = new(
            Ignored: "group user rgba width material solreflimit solimplimit solreffriction solimpfriction springlength",
            OnlyOff: "limited range frictionloss margin stiffness damping armature"),
        ["fixed"] = new(
            Read: "name limited range",
            Ignored: "class group user rgba width material solreflimit solimplimit solreffriction solimpfriction springlength",
            OnlyOff: "frictionloss margin stiffness damping armature actuatorfrcrange"),
        ["fixed/joint"] = new("joint coef"),
        ["actuator"] = new(),
        ["motor"] = new(Actuator, "group user lengthrange"),
        ["position"] = new(Actuator + " kp kv", "group user lengthrange", "timeconst dampratio inheritrange"),
        ["general"] = new(Actuator + " dyntype gaintype biastype gainprm biasprm", "group user lengthrange dynprm"),
        ["asset"] = new(),
        ["keyframe"] = new(),
        ["key"] = new("name qpos", "time qvel act ctrl mpos mquat"),
    };

    private static readonly HashSet<string> IgnoredElements =
        ["visual", "statistic", "size", "custom", "sensor", "texture", "material", "light", "camera", "site"];

    /// <summary>Whether an element and all below it are passed over.</summary>
    public static bool IsIgnored(XElement xml) => IgnoredElements.Contains(xml.Name.LocalName);

    /// <summary>Finds attributes that are not supported.</summary>
    /// <exception cref="InputException">There is one.</exception>
    public static void Check(MjcfElement element)
    {
        Rule rule = Rules.GetValueOrDefault($"{element.ParentTag}/{element.Tag}") ?? Rules[element.Tag];
        foreach (XAttribute attribute in element.OwnAttributes)
        {
            string name = attribute.Name.LocalName;
            if (attribute.IsNamespaceDeclaration || (!rule.Read.Contains(name) && !rule.Ignored.Contains(name) && !rule.OnlyOff.Contains(name)))
            {
                throw element.Error($"attribute '{name}' is not supported", name);
            }

            if (rule.OnlyOff.Contains(name) && !IsOff(attribute.Value))
            {
                throw element.Error($"attribute '{name}' is supported only when it is zero, found '{attribute.Value}'", name);
            }
        }
    }

    /// <summary>The error for an element that has no place where it stands.</summary>
    public static InputException Unsupported(XElement xml, string within) =>
        MjcfElement.Error(xml, $"this element is not supported in <{within}>");

    private static bool IsOff(string text) =>
        text is "false" or "auto"
        || text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).All(token => double.TryParse(token, out double number) && number == 0);

    private sealed class Rule(string Read = "", string Ignored = "", string OnlyOff = "")
    {
        public HashSet<string> Read { get; } = [.. Read.Split(' ')];

        public HashSet<string> Ignored { get; } = [.. Ignored.Split(' ')];

        public HashSet<string> OnlyOff { get; } = [.. OnlyOff.Split(' ')];
    }
}
