using Motion.Sim.Clips.Analysis;

namespace Motion.Sim.Tests.Clips.Analysis;

public class JointNameTests
{
    [Theory]
    [InlineData("mixamorig:LeftUpLeg", "Left", "Thigh")]
    [InlineData("Bip01 L UpperArm", "Left", "UpperArm")]
    [InlineData("UpperLeg_R", "Right", "Thigh")]
    [InlineData("lfemur", "Left", "Thigh")]
    [InlineData("LHipJoint", "Left", "Ignored")]
    [InlineData("rShldr", "Right", "Shoulder")]
    [InlineData("LUArm", "Left", "UpperArm")]
    [InlineData("thigh.L", "Left", "Thigh")]
    [InlineData("LeftHandThumb1", "Left", "Ignored")]
    [InlineData("lowerback", "None", "Spine")]
    [InlineData("root", "None", "Hips")]
    [InlineData("L_Collar", "Left", "Clavicle")]
    [InlineData("CC_Base_R_Forearm", "Right", "LowerArm")]
    [InlineData("J_Bip_L_LowerLeg", "Left", "Shin")]
    [InlineData("joint12", "None", "Unknown")]
    public void Side_and_part_are_read_from_names_of_many_conventions(string name, string side, string part)
    {
        JointName parsed = JointName.Parse(name);
        Assert.Equal((side, part), (parsed.Side.ToString(), parsed.Part.ToString()));
    }
}
