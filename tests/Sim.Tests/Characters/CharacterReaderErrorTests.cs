using Motion.Sim.Characters;
using Motion.Testing;

namespace Motion.Sim.Tests.Characters;

/// <summary>What is not supported or wrong is an error that names element and line.</summary>
public class CharacterReaderErrorTests
{
    /// <summary>Line of the element that replaces one of the placeholders below.</summary>
    private static readonly Dictionary<string, int> Places = new()
    {
        ["mujoco"] = 2,
        ["compiler"] = 3,
        ["option"] = 4,
        ["default"] = 6,
        ["asset"] = 9,
        ["worldbody"] = 12,
        ["body"] = 16,
        ["contact"] = 24,
        ["tendon"] = 27,
        ["actuator"] = 30,
    };

    private static string Document(string place, string text)
    {
        string[] lines =
        [
            "<mujoco model=\"m\">",
            place == "mujoco" ? text : "",
            place == "compiler" ? text : "<compiler angle=\"radian\"/>",
            place == "option" ? text : "",
            "<default>",
            place == "default" ? text : "",
            "</default>",
            "<asset>",
            place == "asset" ? text : "",
            "</asset>",
            "<worldbody>",
            place == "worldbody" ? text : "",
            "<body name=\"trunk\">",
            "<freejoint name=\"root\"/>",
            "<geom name=\"trunk\" size=\"0.1\"/>",
            place == "body" ? text : "",
            "<body name=\"limb\">",
            "<joint name=\"swing\"/>",
            "<geom name=\"limb\" size=\"0.1\"/>",
            "<body name=\"end\"><joint name=\"ball\" type=\"ball\"/><geom size=\"0.1\"/></body>",
            "</body></body>",
            "</worldbody>",
            "<contact>",
            place == "contact" ? text : "",
            "</contact>",
            "<tendon>",
            place == "tendon" ? text : "",
            "</tendon>",
            "<actuator>",
            place == "actuator" ? text : "",
            "</actuator>",
            "</mujoco>",
        ];
        return string.Join('\n', lines);
    }

    [Theory]
    [InlineData("mujoco", "equality")]
    [InlineData("mujoco", "deformable")]
    [InlineData("mujoco", "extension")]
    [InlineData("mujoco", "nonsense")]
    [InlineData("option", "equality")]
    [InlineData("default", "pair")]
    [InlineData("default", "equality")]
    [InlineData("default", "mesh")]
    [InlineData("default", "velocity")]
    [InlineData("default", "muscle")]
    [InlineData("asset", "mesh")]
    [InlineData("asset", "hfield")]
    [InlineData("asset", "skin")]
    [InlineData("asset", "model")]
    [InlineData("worldbody", "frame")]
    [InlineData("worldbody", "replicate")]
    [InlineData("worldbody", "composite")]
    [InlineData("worldbody", "flexcomp")]
    [InlineData("worldbody", "attach")]
    [InlineData("worldbody", "joint")]
    [InlineData("worldbody", "inertial")]
    [InlineData("body", "frame")]
    [InlineData("body", "replicate")]
    [InlineData("body", "composite")]
    [InlineData("body", "flexcomp")]
    [InlineData("body", "attach")]
    [InlineData("body", "plugin")]
    [InlineData("contact", "pair")]
    [InlineData("tendon", "spatial")]
    [InlineData("actuator", "velocity")]
    [InlineData("actuator", "intvelocity")]
    [InlineData("actuator", "damper")]
    [InlineData("actuator", "cylinder")]
    [InlineData("actuator", "muscle")]
    [InlineData("actuator", "adhesion")]
    [InlineData("actuator", "plugin")]
    public void Unsupported_element_is_named_with_its_line(string place, string element)
    {
        string text = place == "option" ? $"<option><{element} name=\"x\"/></option>" : $"<{element} name=\"x\"/>";
        InputException error = Fails(Document(place, text));
        Assert.Equal(Places[place], error.Line);
        Assert.Equal(
            $"test.xml:{error.Line}:{error.Column}: <{element} name=\"x\">: this element is not supported in <{place}>", error.Message);
    }

    [Theory]
    [InlineData("compiler", "<compiler boundmass='0.1'/>", "<compiler>: attribute 'boundmass' is supported only when it is zero, found '0.1'")]
    [InlineData("compiler", "<compiler balanceinertia='true'/>", "<compiler>: attribute 'balanceinertia' is supported only when it is zero, found 'true'")]
    [InlineData("compiler", "<compiler inertiagrouprange='0 1'/>", "<compiler>: attribute 'inertiagrouprange' is not supported")]
    [InlineData("compiler", "<compiler angle='turn'/>", "<compiler>: angle 'turn' is not supported; wanted radian or degree")]
    [InlineData("compiler", "<compiler coordinate='polar'/>", "<compiler>: coordinate 'polar' is not supported; wanted local or global")]
    [InlineData("compiler", "<compiler eulerseq='xyw'/>", "<compiler>: eulerseq wants three letters of xyz or XYZ")]
    [InlineData("option", "<option wind='1 0 0'/>", "<option>: attribute 'wind' is supported only when it is zero, found '1 0 0'")]
    [InlineData("option", "<option density='1.2'/>", "<option>: attribute 'density' is supported only when it is zero, found '1.2'")]
    [InlineData("option", "<option collision='predefined'/>", "<option>: collision 'predefined' is not supported; wanted all")]
    [InlineData("option", "<option gravity='0 0'/>", "<option>: attribute 'gravity' wants 3 numbers, found 2: '0 0'")]
    [InlineData("option", "<option><flag contact='disable'/></option>", "<flag>: contact 'disable' is not supported; wanted enable")]
    [InlineData("option", "<option><flag override='enable'/></option>", "<flag>: override 'enable' is not supported; wanted disable")]
    [InlineData("mujoco", "<keyframe><key name='stand' qpos='1 2'/></keyframe>", "<key name=\"stand\">: attribute 'qpos' wants 12 numbers, found 2: '1 2'")]
    [InlineData("mujoco", "<keyframe><key name='stand' qpos='0 0 1 0 0 0 0 0 1 0 0 0'/></keyframe>", "<key name=\"stand\">: joint 'root' has no rotation: its quaternion is 0 0 0 0")]
    [InlineData("mujoco", "<keyframe><pose/></keyframe>", "<pose>: this element is not supported in <keyframe>")]
    [InlineData("default", "<default><geom/></default>", "<default>: attribute 'class' is missing")]
    [InlineData("default", "<joint ref='1'/>", "<joint>: attribute 'ref' is supported only when it is zero, found '1'")]
    [InlineData("default", "<tendon stiffness='3'/>", "<tendon>: attribute 'stiffness' is supported only when it is zero, found '3'")]
    [InlineData("worldbody", "<geom size='0.1' class='none'/>", "<geom>: there is no default class 'none'")]
    [InlineData("worldbody", "<body name='second'><freejoint/><geom size='0.1'/></body><body/>", null)]
    [InlineData("body", "<joint name='slider' type='slide'/>", "<joint name=\"slider\">: type 'slide' is not supported; wanted hinge or ball or free")]
    [InlineData("body", "<joint name='extra'/>", "<joint name=\"extra\">: a body with several joints may have hinges only")]
    [InlineData("body", "<body name='b'><freejoint/></body>", "<freejoint>: a free joint belongs to a body of the world, not to one inside another body")]
    [InlineData("body", "<body name='b'><joint name='j'/></body>", "<body name=\"b\">: the body moves but has no mass; give it a geom with density or mass, or an inertial")]
    [InlineData("body", "<body name='b'><joint frictionloss='0.1'/></body>", "<joint>: attribute 'frictionloss' is supported only when it is zero, found '0.1'")]
    [InlineData("body", "<body name='b'><joint axis='0 0 0'/></body>", "<joint>: attribute 'axis' wants a direction, found one of length 0")]
    [InlineData("body", "<body name='b'><joint range='2 1' limited='true'/></body>", "<joint>: limited wants a range whose first number is the smaller")]
    [InlineData("body", "<body name='b'><joint type='ball' range='0.5 1'/></body>", "<joint>: a ball joint's range starts at 0: it bounds the total rotation")]
    [InlineData("body", "<body name='b'><joint damping='-1'/></body>", "<joint>: attribute 'damping' is not negative, found -1")]
    [InlineData("body", "<body name='b' gravcomp='1'/>", "<body name=\"b\">: attribute 'gravcomp' is supported only when it is zero, found '1'")]
    [InlineData("body", "<body name='b' childclass='none'/>", "<body name=\"b\">: there is no default class 'none'")]
    [InlineData("body", "<body name='b' quat='0 0 0 0'/>", "<body name=\"b\">: attribute 'quat' wants four numbers that are not all zero")]
    [InlineData("body", "<body name='b' quat='1 0 0 0' euler='0 0 1'/>", "<body name=\"b\">: gives its orientation more than once: quat, euler")]
    [InlineData("body", "<geom name='g' type='mesh' mesh='skin'/>", "<geom name=\"g\">: attribute 'mesh' is not supported")]
    [InlineData("body", "<geom name='g' type='cylinder' size='1 1'/>", "<geom name=\"g\">: type 'cylinder' is not supported; wanted sphere or capsule or box or plane or ellipsoid")]
    [InlineData("body", "<geom name='g' type='hfield'/>", "<geom name=\"g\">: type 'hfield' is not supported; wanted sphere or capsule or box or plane or ellipsoid")]
    [InlineData("body", "<geom name='g' type='plane' size='1 1 1'/>", "<geom name=\"g\">: a plane belongs to the world, not to a body")]
    [InlineData("body", "<geom name='g' type='capsule' size='1'/>", "<geom name=\"g\">: a capsule wants 2 size numbers, or one and fromto; found 1")]
    [InlineData("body", "<geom name='g' type='sphere' size='-1'/>", "<geom name=\"g\">: size wants lengths between 1e-8 and 1e6 m, found -1")]
    [InlineData("body", "<geom name='g' type='capsule' size='1' fromto='1 2 3 1 2 3'/>", "<geom name=\"g\">: fromto wants lengths between 1e-8 and 1e6 m, found 0")]
    [InlineData("body", "<geom name='g' size='0.1' condim='6'/>", "<geom name=\"g\">: condim 6 is not supported: contacts here slide (3) or slip freely (1)")]
    [InlineData("body", "<geom name='g' size='0.1' margin='0.01'/>", "<geom name=\"g\">: attribute 'margin' is supported only when it is zero, found '0.01'")]
    [InlineData("body", "<geom name='g' size='nan'/>", "<geom name=\"g\">: attribute 'size' wants numbers up to 1e+10, found 'nan'")]
    [InlineData("body", "<geom name='g' size='0.1' contype='x'/>", "<geom name=\"g\">: attribute 'contype' wants a whole number, found 'x'")]
    [InlineData("body", "<geom name='g' size='0.1' mass='-2'/>", "<geom name=\"g\">: mass and density are between 0 and 1e+10")]
    [InlineData("body", "<inertial pos='0 0 0' mass='1'/>", "<inertial>: attribute 'diaginertia' or 'fullinertia' is missing")]
    [InlineData("body", "<inertial pos='0 0 0' mass='1' diaginertia='1 1 3'/>", "<inertial>: diaginertia wants three moments, none negative and none larger than the sum of the others")]
    [InlineData("body", "<inertial pos='0 0 0' mass='1' fullinertia='1 1 1 2 0 0'/>", "<inertial>: fullinertia is not positive definite")]
    [InlineData("contact", "<exclude body1='trunk' body2='tail'/>", "<exclude>: there is no body 'tail'")]
    [InlineData("contact", "<exclude body1='trunk'/>", "<exclude>: attribute 'body2' is missing")]
    [InlineData("tendon", "<fixed><joint joint='ball' coef='1'/></fixed>", "<joint>: joint 'ball' is not a hinge")]
    [InlineData("tendon", "<fixed><joint joint='knee' coef='1'/></fixed>", "<joint>: there is no joint 'knee'")]
    [InlineData("tendon", "<fixed stiffness='1'><joint joint='swing'/></fixed>", "<fixed>: attribute 'stiffness' is supported only when it is zero, found '1'")]
    [InlineData("actuator", "<motor name='a' joint='knee'/>", "<motor name=\"a\">: there is no joint 'knee'")]
    [InlineData("actuator", "<motor name='a' joint='root'/>", "<motor name=\"a\">: a free joint cannot be driven")]
    [InlineData("actuator", "<motor name='a' joint='ball' gear='1 1 0'/>", "<motor name=\"a\">: gear wants exactly one axis of the ball joint, as in '1 0 0'; found '1 1 0'")]
    [InlineData("actuator", "<motor name='a' joint='swing' gear='0'/>", "<motor name=\"a\">: gear is zero")]
    [InlineData("actuator", "<motor name='a' tendon='t'/>", "<motor name=\"a\">: attribute 'tendon' is not supported")]
    [InlineData("actuator", "<motor name='a'/>", "<motor name=\"a\">: attribute 'joint' is missing")]
    [InlineData("actuator", "<position name='a' joint='swing' kp='-1'/>", "<position name=\"a\">: kp and kv are not negative")]
    [InlineData("actuator", "<general name='a' joint='swing' gaintype='affine'/>", "<general name=\"a\">: gaintype 'affine' is not supported; wanted fixed")]
    [InlineData("actuator", "<general name='a' joint='swing' dyntype='filter'/>", "<general name=\"a\">: dyntype 'filter' is not supported; wanted none")]
    [InlineData("actuator", "<general name='a' joint='swing' biastype='muscle'/>", "<general name=\"a\">: biastype 'muscle' is not supported; wanted none or affine")]
    [InlineData("actuator", "<general name='a' joint='swing' biastype='affine' biasprm='0 1 0'/>", "<general name=\"a\">: biasprm wants its second and third number negative or zero: a drive pulls back")]
    [InlineData("actuator", "<motor name='a' joint='swing' forcelimited='true'/>", "<motor name=\"a\">: forcelimited wants a forcerange whose first number is the smaller")]
    public void Wrong_or_unsupported_value_is_named_with_its_line(string place, string text, string? message)
    {
        InputException error = Fails(Document(place, text));
        message ??= "<body name=\"trunk\">: a character is one tree of bodies; it started with 'second'";
        Assert.Equal($"test.xml:{error.Line}:{error.Column}: {message}", error.Message);
        Assert.Equal(message.Contains("'second'", StringComparison.Ordinal) ? 13 : Places[place], error.Line);
    }

    [Theory]
    [InlineData("<mujoco><worldbody/></mujoco>", "<worldbody>: there is no body")]
    [InlineData("<mujoco/>", "<mujoco>: there is no <worldbody>")]
    [InlineData("<robot/>", "<robot>: the root of an MJCF file is <mujoco>")]
    [InlineData("<mujoco><worldbody/><worldbody/></mujoco>", "<worldbody>: there is a second <worldbody>")]
    public void Document_without_a_character_is_refused(string text, string message) =>
        Assert.EndsWith(message, Fails(text).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("<body name='limb'/>", "<body name=\"limb\">: the name 'limb' is taken by another body")]
    [InlineData("<body><joint name='swing'/><geom size='1'/></body>", "<joint name=\"swing\">: the name 'swing' is taken by another joint")]
    public void Second_use_of_a_name_is_refused_where_it_stands(string text, string message)
    {
        InputException error = Fails(Document("contact", "").Replace("<body name=\"end\">", $"\n{text}\n<body name=\"end\">", StringComparison.Ordinal));
        Assert.Equal($"test.xml:21:{error.Column}: {message}", error.Message);
    }

    [Fact]
    public void Fourth_hinge_of_a_body_is_refused()
    {
        string hinges = string.Concat(Enumerable.Range(0, 4).Select(i => $"\n<joint name='h{i}'/>"));
        InputException error = Fails($"<mujoco><worldbody><body>{hinges}<geom size='1'/></body></worldbody></mujoco>");
        Assert.Equal("test.xml:5:2: <joint name=\"h3\">: a body turns about at most three hinges", error.Message);
    }

    [Fact]
    public void Range_without_limited_is_refused_when_autolimits_is_false()
    {
        InputException error = Fails(Document("body", "<body><joint range='0 1'/><geom size='1'/></body>")
            .Replace("angle=\"radian\"", "autolimits=\"false\"", StringComparison.Ordinal));
        Assert.EndsWith("<joint>: range is given without limited, and the compiler's autolimits is false", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Broken_xml_is_refused_with_its_place()
    {
        InputException error = Fails("<mujoco>\n  <worldbody>\n</mujoco>");
        Assert.Equal((3, 3), (error.Line, error.Column));
        Assert.StartsWith("test.xml:3:3: is not well-formed XML: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Document_types_and_entities_are_refused() => Assert.Contains(
        "is not well-formed XML",
        Fails("<!DOCTYPE mujoco [<!ENTITY secret SYSTEM \"file:///etc/passwd\">]>\n<mujoco model=\"&secret;\"/>").Message,
        StringComparison.Ordinal);

    [Fact]
    public void Endless_nesting_is_refused()
    {
        const int depth = 100_000;
        string text = "<mujoco><worldbody>" + string.Concat(Enumerable.Repeat("<body>", depth)) + string.Concat(Enumerable.Repeat("</body>", depth));
        Assert.Contains("elements nest deeper than 200", Fails(text + "</worldbody></mujoco>").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Huge_text_is_refused() => Assert.Contains(
        "is larger than 8 MiB", Fails("<mujoco>" + new string(' ', 9 << 20) + "</mujoco>").Message, StringComparison.Ordinal);

    [Fact]
    public void Missing_file_is_named()
    {
        InputException error = Assert.Throws<InputException>(() => CharacterReader.Read("/no/such/character.xml"));
        Assert.StartsWith("/no/such/character.xml: cannot be read: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_character_lists_the_shipped_ones()
    {
        InputException error = Assert.Throws<InputException>(() => CharacterLibrary.Resolve("humanoyd"));
        Assert.Contains("is neither a file nor a shipped character; shipped: humanoid", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../secret.xml", "file '../secret.xml' lies outside the folder of the character")]
    [InlineData("/etc/passwd", "file '/etc/passwd' lies outside the folder of the character")]
    [InlineData("main.xml", "file 'main.xml' is included twice")]
    [InlineData("gone.xml", "gone.xml' cannot be read: ")]
    public void Includes_stay_in_their_folder_and_out_of_circles(string file, string message)
    {
        using TempFolder folder = new();
        string path = folder.Write("main.xml", $"<mujoco>\n<include file=\"{file}\"/></mujoco>");
        InputException error = Assert.Throws<InputException>(() => CharacterReader.Read(path));
        Assert.Equal(2, error.Line);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Error_in_an_included_file_names_that_file()
    {
        using TempFolder folder = new();
        string part = folder.Write("parts/legs.xml", "<mujoco>\n\n<equality/></mujoco>");
        string path = folder.Write("main.xml", "<mujoco>\n<include file=\"parts/legs.xml\"/></mujoco>");
        InputException error = Assert.Throws<InputException>(() => CharacterReader.Read(path));
        Assert.Equal((part, 3), (error.File, error.Line));
    }

    private static InputException Fails(string text) =>
        Assert.Throws<InputException>(() => CharacterReader.Parse(text, "test.xml"));
}
