using System.Numerics;
using Motion.Sim.Clips;
using Motion.Sim.Clips.Readers;
using Motion.Testing;

namespace Motion.Sim.Tests.Clips;

public sealed class DeepMimicReaderTests
{
    [Fact]
    public void Rows_become_frames_of_the_humanoid()
    {
        RawClip clip = DeepMimicText.Read(DeepMimicText.Of(DeepMimicText.Row(), DeepMimicText.Row(root: "1, 0.8, 0.1")));

        Assert.Equal(15, clip.Skeleton.Joints.Count(joint => !joint.IsEnd));
        Assert.Equal([new Vector3(0, 0.9f, 0), new Vector3(1, 0.8f, 0.1f)], clip.RootPositions);
        Assert.Equal(30, clip.FrameRate);
        Assert.Equal(1.0, clip.MetresPerUnit);
        Assert.Equal((Vector3.UnitY, Vector3.UnitX), (clip.Up, clip.Forward));
        Assert.True(clip.Loops);
    }

    [Fact]
    public void Hinges_turn_about_z_so_that_knees_go_back_and_elbows_forward()
    {
        RawClip clip = DeepMimicText.Read(DeepMimicText.Of(DeepMimicText.Row(rightKnee: -Math.PI / 2, leftElbow: Math.PI / 2)));
        Vector3[] positions = new Vector3[clip.Skeleton.Joints.Length];
        SkeletonKinematics.Place(clip.Skeleton, clip.RootPositions[0], clip.RotationsAt(0), positions, new Quaternion[positions.Length]);
        Vector3 At(string name) => positions[clip.Skeleton.Joints.ToList().FindIndex(joint => joint.Name == name)];

        // The shin of 0.40987 m lies straight back, the forearm of 0.258947 m straight forward.
        Assert.True(Vector3.Distance(new Vector3(-0.40987f, 0, 0), At("right_ankle") - At("right_knee")) < 1e-6f);
        Assert.True(Vector3.Distance(new Vector3(0.258947f, 0, 0), At("left_wrist") - At("left_elbow")) < 1e-6f);
        Assert.True(At("right_hip").Z > 0 && At("left_hip").Z < 0);
    }

    [Fact]
    public void Duration_of_the_last_row_says_nothing()
    {
        RawClip clip = DeepMimicText.Read(DeepMimicText.Of(DeepMimicText.Row(0.0625), DeepMimicText.Row(0.0625), DeepMimicText.Row(0)));

        Assert.Equal(16, clip.FrameRate);
        Assert.Equal(3, clip.FrameCount);
    }

    [RequiresFact("corpus")]
    public void Released_walk_stands_on_the_ground()
    {
        RawClip clip = ClipReaders.Open(Path.Combine(Requirement.Corpus, "other_rigs", "deepmimic_humanoid3d_walk.txt"));
        Vector3[] positions = new Vector3[clip.Skeleton.Joints.Length];
        List<float> lowest = [];
        for (int frame = 0; frame < clip.FrameCount; frame++)
        {
            SkeletonKinematics.Place(clip.Skeleton, clip.RootPositions[frame], clip.RotationsAt(frame), positions, new Quaternion[positions.Length]);
            lowest.Add(positions.Min(position => position.Y));
        }

        Assert.InRange(lowest.Order().ElementAt(lowest.Count / 2), -0.05f, 0.05f);
        Assert.InRange(clip.RootPositions[^1].X - clip.RootPositions[0].X, 0.5f, 3);
    }
}
