using System.Numerics;
using Motion.Sim.Characters;
using Motion.Testing;

namespace Motion.Sim.Tests.Characters;

public class CharacterReaderTests
{
    public static TheoryData<string> All => TestCharacters.All;

    [Theory]
    [InlineData("humanoid", 15, 34, 28, 0)]
    [InlineData("three_hinges", 15, 34, 28, 0)]
    [InlineData("classes", 16, 27, 21, 2)]
    [InlineData("many_hinges", 31, 62, 56, 0)]
    [InlineData("double_pendulum", 3, 4, 4, 0)]
    public void Test_characters_have_their_parts(string name, int bodies, int degrees, int actuators, int tendons)
    {
        Character character = TestCharacters.Read(name);
        Assert.Equal(
            (bodies, degrees, actuators, tendons),
            (character.Bodies.Length, character.VelocityCount, character.Actuators.Length, character.TendonLimits.Length));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Joints_and_coordinates_are_numbered_in_body_order(string name)
    {
        Character character = TestCharacters.Read(name);
        int position = 0;
        int velocity = 0;
        int joint = 0;
        for (int body = 0; body < character.Bodies.Length; body++)
        {
            Assert.True(character.Bodies[body].Parent < body);
            Assert.Equal(joint, character.Bodies[body].FirstJoint);
            for (int i = 0; i < character.Bodies[body].JointCount; i++, joint++)
            {
                Assert.Equal((body, position, velocity), (character.Joints[joint].Body, character.Joints[joint].PositionIndex, character.Joints[joint].VelocityIndex));
                position += character.Joints[joint].PositionCount;
                velocity += character.Joints[joint].VelocityCount;
            }
        }

        Assert.Equal(joint, character.Joints.Length);
    }

    [Fact]
    public void Angles_are_degrees_unless_the_compiler_says_radians()
    {
        Assert.Equal((-MathF.PI / 2, MathF.PI), Range(""));
        Assert.Equal((-90f, 180f), Range("<compiler angle='radian'/>"));

        static (float, float) Range(string compiler)
        {
            Joint joint = Parse(compiler, "<joint range='-90 180' springref='90'/>").Joints[0];
            Assert.Equal(-joint.Lower, joint.SpringReference);
            return (joint.Lower, joint.Upper);
        }
    }

    [Theory]
    [InlineData("range='0 1'", true)]
    [InlineData("range='0 1' limited='true'", true)]
    [InlineData("range='0 1' limited='auto'", true)]
    [InlineData("range='0 1' limited='false'", false)]
    [InlineData("limited='false'", false)]
    [InlineData("", false)]
    public void Range_makes_a_limit_unless_told_otherwise(string attributes, bool limited) =>
        Assert.Equal(limited, Parse("", $"<joint {attributes}/>").Joints[0].Limited);

    [Fact]
    public void Element_takes_its_class_then_the_childclass_then_the_outermost_defaults()
    {
        Character character = CharacterReader.Parse(
            """
            <mujoco>
              <default>
                <default class="limb"><joint damping="2"/><default class="strong"><joint stiffness="7"/></default></default>
                <joint armature="1" damping="1"/>
              </default>
              <worldbody>
                <body><joint name="outer"/><geom size="1"/>
                  <body childclass="limb"><joint name="inner"/><geom size="1"/>
                    <body><joint name="inherited"/><geom size="1"/></body>
                    <body><joint name="named" class="strong"/><geom size="1"/></body>
                    <body><joint name="back" class="main" damping="9"/><geom size="1"/></body>
                  </body>
                </body>
              </worldbody>
            </mujoco>
            """,
            "defaults");

        // A nested class has all that the one around it says, even where that stands after it: armature 1 for every joint.
        Assert.Equal(
            [("outer", 1, 1, 0), ("inner", 1, 2, 0), ("inherited", 1, 2, 0), ("named", 1, 2, 7), ("back", 1, 9, 0)],
            character.Joints.Select(joint => (joint.Name, joint.Armature, joint.Damping, joint.Stiffness)));
    }

    [Fact]
    public void Size_that_gives_the_first_number_keeps_the_others_of_its_class()
    {
        Character character = CharacterReader.Parse(
            "<mujoco><default><geom type='capsule' size='0.1 0.4' friction='0.3 0.2'/></default><worldbody><body><geom size='0.2'/></body></worldbody></mujoco>",
            "sizes");
        Assert.Equal(new Vector3(0.2f, 0.4f, 0), character.Shapes[0].Size);
        Assert.Equal(0.3f, character.Shapes[0].Friction);
    }

    [Theory]
    [InlineData("<motor joint='j'/>", 1, 0, 0, 0)]
    [InlineData("<position joint='j' kp='50' kv='3'/>", 50, 0, 50, 3)]
    [InlineData("<position joint='j'/>", 30, 0, 30, 0)]
    [InlineData("<motor class='p' joint='j'/>", 1, 0, 0, 0)]
    [InlineData("<general joint='j' gainprm='8'/>", 8, 0, 0, 0)]
    [InlineData("<general joint='j' gainprm='8' biastype='affine' biasprm='1 -20 -2'/>", 8, 1, 20, 2)]
    [InlineData("<general joint='j' biasprm='1 -20 -2'/>", 30, 0, 0, 0)]
    [InlineData("<general class='p' joint='j'/>", 70, 0, 70, 0)]
    public void Actuators_of_all_kinds_become_gain_bias_and_gains(string actuator, float gain, float bias, float kp, float kd)
    {
        Actuator read = CharacterReader.Parse(
            $"""
            <mujoco>
              <default><general gainprm="30"/><default class="p"><position kp="70"/></default></default>
              <worldbody><body><joint name="j"/><geom size="1"/></body></worldbody>
              <actuator>{actuator}</actuator>
            </mujoco>
            """,
            "actuators").Actuators[0];
        Assert.Equal((gain, bias, kp, kd), (read.Gain, read.Bias, read.Kp, read.Kd));
        Assert.Equal(kp == 0 && kd == 0, read.IsMotor);
    }

    [Fact]
    public void Torque_range_of_a_joint_bounds_its_actuator()
    {
        // Torques within [-30, 60] at gear 2 are forces within [-15, 30]; the actuator's own range is narrower above: 20.
        Actuator actuator = CharacterReader.Parse(
            """
            <mujoco>
              <worldbody><body><joint name="j" actuatorfrcrange="-30 60"/><geom size="1"/></body></worldbody>
              <actuator><motor joint="j" gear="2" forcerange="-20 20" ctrlrange="-1 0.5"/></actuator>
            </mujoco>
            """,
            "torques").Actuators[0];
        Assert.Equal((-15f, 20f), (actuator.ForceLower, actuator.ForceUpper));
        Assert.Equal((-1f, 0.5f), (actuator.ControlLower, actuator.ControlUpper));
    }

    [Fact]
    public void Bodies_without_joints_beside_the_character_become_the_world()
    {
        Character character = CharacterReader.Parse(
            """
            <mujoco>
              <option gravity="0 0 -3"/>
              <worldbody>
                <geom name="floor" type="plane" size="1 1 1" pos="0 0 -1"/>
                <body name="table" pos="1 0 0" euler="0 0 90"><geom name="top" type="box" size="1 2 0.1" pos="0.5 0 0.4"/></body>
                <body name="ball"><freejoint/><geom size="0.1"/></body>
              </worldbody>
            </mujoco>
            """,
            "scene");
        Assert.Equal(["ball"], character.Bodies.Select(body => body.Name));
        Assert.Equal(["floor", "top"], character.WorldShapes.Select(shape => shape.Name));

        // The table is turned a quarter about Z: its X points along the world's Y.
        Assert.True(Vector3.Distance(new Vector3(1, 0.5f, 0.4f), character.WorldShapes[1].Position) < 1e-6f);
        Assert.Equal(new Vector3(0, 0, -3), character.Gravity);
    }

    [Fact]
    public void Included_files_take_the_place_of_the_include()
    {
        using TempFolder folder = new();
        folder.Write("parts/legs.xml", "<mujoco><body name=\"leg\"><joint name=\"hip\"/><geom size=\"0.1\"/></body></mujoco>");
        string path = folder.Write(
            "main.xml", "<mujoco><worldbody><body name=\"trunk\"><freejoint/><geom size=\"0.2\"/><include file=\"./parts/legs.xml\"/></body></worldbody></mujoco>");
        Character character = CharacterReader.Read(path);
        Assert.Equal(["trunk", "leg"], character.Bodies.Select(body => body.Name));
        Assert.Equal("main", character.Name);
    }

    [Fact]
    public void Ellipsoid_keeps_its_inertia_and_says_that_it_collides_as_a_capsule()
    {
        Character character = Parse("", "<geom name='e' type='ellipsoid' size='0.1 0.2 0.4' mass='5'/>");

        // m/5·(b² + c²): 1·(0.04 + 0.16), 1·(0.01 + 0.16), 1·(0.01 + 0.04).
        SymmetricMatrix inertia = character.Bodies[0].Inertia;
        Assert.Equal(0.20f, inertia.XX, 1e-6f);
        Assert.Equal(0.17f, inertia.YY, 1e-6f);
        Assert.Equal(0.05f, inertia.ZZ, 1e-6f);

        // Along Z, radius √(0.1·0.2), 0.4 from middle to tip.
        Assert.Equal(ShapeKind.Capsule, character.Shapes[0].Kind);
        Assert.Equal(MathF.Sqrt(0.02f), character.Shapes[0].Size.X, 1e-6f);
        Assert.Equal(0.4f, character.Shapes[0].Size.X + character.Shapes[0].Size.Y, 1e-6f);
        Assert.Contains("<geom name=\"e\">: ellipsoid", Assert.Single(character.Approximations), StringComparison.Ordinal);
    }

    [Fact]
    public void Tendon_limit_is_read_and_a_tendon_without_one_does_nothing()
    {
        Character character = CharacterReader.Parse(
            """
            <mujoco>
              <worldbody><body><joint name="a"/><geom size="1"/><body><joint name="b"/><geom size="1"/></body></body></worldbody>
              <tendon>
                <fixed name="idle"><joint joint="a" coef="1"/></fixed>
                <fixed name="strap" range="-0.3 2"><joint joint="b" coef="-.5"/><joint joint="a" coef=".5"/></fixed>
              </tendon>
            </mujoco>
            """,
            "tendons");
        TendonLimit limit = Assert.Single(character.TendonLimits);
        Assert.Equal(("strap", -0.3f, 2f), (limit.Name, limit.Lower, limit.Upper));
        Assert.Equal<(int, float)>([(1, -0.5f), (0, 0.5f)], limit.Terms);
    }

    private static Character Parse(string header, string parts) => CharacterReader.Parse(
        $"<mujoco>{header}<worldbody><body>{parts}{(parts.StartsWith("<geom", StringComparison.Ordinal) ? "" : "<geom size='1'/>")}</body></worldbody></mujoco>", "test");
}
