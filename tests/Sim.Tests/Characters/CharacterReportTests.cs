using Motion.Sim.Characters;

namespace Motion.Sim.Tests.Characters;

public class CharacterReportTests
{
    [Fact]
    public void Report_of_the_humanoid_has_its_figures()
    {
        CharacterReport report = CharacterReport.Of(CharacterLibrary.Humanoid());
        Assert.Equal((28, 6, 15, 12), (report.JointDegrees, report.RootDegrees, report.Bodies.Length, report.Joints.Length));
        Assert.Equal(50, report.TotalMass, 1e-3f);
        Assert.Equal(1.632f, report.Height, 1e-3f);
        Assert.Equal(CollisionPairs.Among(CharacterLibrary.Humanoid()).Length, report.SelfCollisionPairs);
        JointReport knee = report.Joints.Single(row => row.Joint.Name == "left_knee");
        Assert.Equal("left_shin", knee.Body);
        Assert.Equal<DriveReport>([new DriveReport(500, 50, 150)], knee.Drives);
        Assert.Equal("left_thigh", report.Bodies.Single(body => body.Name == "left_shin").Parent);
    }

    [Theory]
    [InlineData("<motor joint='j' gear='40' ctrlrange='-1 0.5'/>", 0, 0, 40)]
    [InlineData("<motor joint='j' gear='40'/>", 0, 0, float.PositiveInfinity)]
    [InlineData("<motor joint='j' gear='-2' forcerange='-3 4'/>", 0, 0, 8)]
    [InlineData("<position joint='j' gear='2' kp='10' kv='1' forcerange='-6 6'/>", 40, 4, 12)]
    public void Gear_counts_in_what_a_drive_does_at_its_joint(string actuator, float kp, float kd, float torque)
    {
        // A length of gear·angle and a torque of gear·force make the gain at the joint gear²·kp.
        Character character = CharacterReader.Parse(
            $"<mujoco><worldbody><body><joint name='j'/><geom size='1'/></body></worldbody><actuator>{actuator}</actuator></mujoco>", "drive");
        Assert.Equal<DriveReport>([new DriveReport(kp, kd, torque)], CharacterReport.Of(character).Joints[0].Drives);
    }

    [Fact]
    public void Height_counts_tilted_boxes_by_their_corners()
    {
        // A cube of half edge 1 on its edge: from −√2 to √2.
        Character character = CharacterReader.Parse(
            "<mujoco><worldbody><body euler='45 0 0'><freejoint/><geom type='box' size='1 1 1'/></body></worldbody></mujoco>", "cube");
        Assert.Equal(2 * MathF.Sqrt(2), CharacterReport.Of(character).Height, 1e-5f);
    }
}
