using System.Numerics;
using Motion.Sim.Clips;
using Motion.Sim.Clips.Analysis;

namespace Motion.Sim.Tests.Clips;

public sealed class RigStyleTests
{
    public static IEnumerable<object[]> Names => RigText.All.Select(rig => new object[] { rig.Name });

    [Theory]
    [MemberData(nameof(Names))]
    public void Rig_of_every_style_is_read(string name)
    {
        RigText rig = RigText.All.Single(rig => rig.Name == name);

        RawClip clip = BvhText.Read(rig.Text(frames: 3));

        Assert.Equal(rig.Joints.Select(joint => joint.Name).Order(), clip.Skeleton.Joints.Where(joint => !joint.IsEnd).Select(joint => joint.Name).Order());
        Assert.Equal(5, clip.Skeleton.Joints.Count(joint => joint.IsEnd));
        Assert.Contains(clip.FrameRate, new double[] { 24, 30, 100 });
        Assert.Empty(clip.MovingOffsets);
        Assert.All(clip.Rotations, rotation => Assert.Equal(Quaternion.Identity, rotation));

        // The head stands 1.55 m above the ground, and the figure moves by a centimetre a frame.
        Vector3[] positions = new Vector3[clip.Skeleton.Joints.Length];
        SkeletonKinematics.Place(clip.Skeleton, clip.RootPositions[2], clip.RotationsAt(2), positions, new Quaternion[positions.Length]);
        int head = clip.Skeleton.Joints.ToList().FindIndex(joint => joint.Name.EndsWith("Head", StringComparison.Ordinal));
        Assert.True(Vector3.Distance(new Vector3(0, 1.55f, 0.04f), positions[head] / (float)rig.UnitsPerMetre) < 1e-4f, $"{positions[head]}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Rig_of_every_style_is_understood_without_a_map(string name)
    {
        RigText rig = RigText.All.Single(rig => rig.Name == name);

        AnalysedClip understood = SkeletonAnalysis.Analyse(BvhText.Read(rig.Text(frames: 30)));

        JointRole[] limbs =
        [
            JointRole.LeftThigh, JointRole.LeftShin, JointRole.LeftFoot, JointRole.RightThigh, JointRole.RightShin, JointRole.RightFoot,
            JointRole.LeftUpperArm, JointRole.LeftLowerArm, JointRole.LeftHand, JointRole.RightUpperArm, JointRole.RightLowerArm, JointRole.RightHand,
        ];
        string[] places = ["hip", "knee", "ankle", "hip", "knee", "ankle", "shoulder", "elbow", "wrist", "shoulder", "elbow", "wrist"];
        for (int i = 0; i < limbs.Length; i++)
        {
            string? found = understood.Report.Roles.Single(role => role.Role == limbs[i]).Joint;
            (string Name, string Parent, string Place) joint = rig.Joints.Single(joint => joint.Name == found);
            Assert.Equal(places[i], joint.Place);
            Assert.Equal(limbs[i].ToString().StartsWith("Right", StringComparison.Ordinal), RigText.IsRight(joint));
        }

        Assert.Equal(1 / rig.UnitsPerMetre, understood.Report.MetresPerUnit.Value, 1e-6);
        Assert.InRange(understood.Report.Height, 1.5f, 1.9f);
        Assert.True(Vector3.Distance(Vector3.UnitY, understood.Report.Up.Value) < 1e-3f);
        Assert.Equal(RestPoseKind.TPose, understood.Report.RestPose.Value);
    }
}
