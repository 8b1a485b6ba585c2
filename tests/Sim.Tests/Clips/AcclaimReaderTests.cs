using System.Numerics;
using Motion.Sim.Clips;
using Motion.Sim.Clips.Readers;
using Motion.Testing;

namespace Motion.Sim.Tests.Clips;

public sealed class AcclaimReaderTests
{
    [Fact]
    public void Bones_become_joints_where_they_start()
    {
        RawClip clip = AcclaimText.Read();

        Assert.Equal(
            [new("root", -1, new Vector3(0, 1, 0)), new("thigh", 0, Vector3.Zero), new("shin", 1, new Vector3(0, -2, 0)), new("shin_end", 2, new Vector3(0, -3, 0), IsEnd: true)],
            clip.Skeleton.Joints.ToArray());
        Assert.Equal("small_01", clip.Name);
        Assert.Equal(0.0564444, clip.MetresPerUnit!.Value, 1e-6);
        Assert.Equal(Vector3.UnitY, clip.Up);
        Assert.Equal(["The skeleton is that of small.asf.", "The file tells no frame rate; 120 frames a second were assumed."], clip.Notes.ToArray());
    }

    [Fact]
    public void Root_position_is_added_to_where_it_rests() =>
        Assert.Equal([new Vector3(1, 3, 3), new Vector3(1, 3, 4)], AcclaimText.Read().RootPositions);

    [Fact]
    public void Turns_are_about_fixed_axes_in_the_listed_order()
    {
        // RX 90 then RZ 90, both fixed: y goes to z, then stays; x goes to x, then y.
        Quaternion root = AcclaimText.Read().RotationsAt(1)[0];

        AssertClose(Vector3.UnitZ, Vector3.Transform(Vector3.UnitY, root));
        AssertClose(Vector3.UnitY, Vector3.Transform(Vector3.UnitX, root));
    }

    [Fact]
    public void Bone_turns_about_its_own_axes()
    {
        // C turns x by 20 degrees about z to (cos20, sin20, 0); C Rx(30) C^-1 is a turn of 30 degrees about that.
        Quaternion thigh = AcclaimText.Read().RotationsAt(1)[1];
        Quaternion wanted = Quaternion.CreateFromAxisAngle(new Vector3(0.9396926f, 0.3420201f, 0), MathF.PI / 6);

        Assert.True(Quaternion.Dot(wanted, thigh) > 0.9999999f);
        Assert.Equal(Quaternion.Identity, AcclaimText.Read().RotationsAt(1)[3]);
    }

    [Fact]
    public void Radians_in_the_motion_come_before_degrees_of_the_skeleton()
    {
        RawClip clip = AcclaimText.Read(AcclaimText.Motion.Replace(":DEGREES", ":radians", StringComparison.Ordinal).Replace("1.5e1", "0.5", StringComparison.Ordinal));

        Assert.Equal(MathF.Cos(0.25f), clip.RotationsAt(1)[2].W, 1e-6);
    }

    [Fact]
    public void Frame_rate_may_be_told()
    {
        RawClip clip = AcclaimText.Read(options: new ReaderOptions { FrameRate = 60 });

        Assert.Equal(60, clip.FrameRate);
        Assert.Equal(["The skeleton is that of small.asf."], clip.Notes.ToArray());
    }

    [Fact]
    public void Bones_that_the_motion_leaves_out_stay_at_rest_and_are_named()
    {
        RawClip clip = AcclaimText.Read(AcclaimText.Motion.Replace("shin 0\n", "", StringComparison.Ordinal).Replace("shin 1.5e1\n", "", StringComparison.Ordinal));

        Assert.Contains("The motion has nothing for these bones, which stay at rest: shin.", clip.Notes);
        Assert.Equal(Quaternion.Identity, clip.RotationsAt(1)[2]);
    }

    [Theory]
    [InlineData("take_01.asf")]
    [InlineData("TAKE.ASF")]
    [InlineData("another.asf")]
    public void Skeleton_is_found_beside_the_motion(string name)
    {
        using TempFolder folder = new();
        folder.Write(name, AcclaimText.Skeleton);
        string motion = folder.Write("take_01.amc", AcclaimText.Motion);

        Assert.Equal($"The skeleton is that of {name}.", AcclaimReader.Read(motion).Notes[0]);
    }

    [Fact]
    public void Longest_fitting_name_is_the_skeleton()
    {
        using TempFolder folder = new();
        folder.Write("take.asf", "nonsense");
        folder.Write("other.asf", "nonsense");
        folder.Write("take_0.asf", AcclaimText.Skeleton);
        string motion = folder.Write("take_01.amc", AcclaimText.Motion);

        Assert.Equal("The skeleton is that of take_0.asf.", AcclaimReader.Read(motion).Notes[0]);
    }

    [RequiresFact("corpus")]
    public void Trial_agrees_with_its_bvh_release()
    {
        // The same trial as BVH, centimetres and 60 frames a second where the .amc has 120.
        RawClip acclaim = ClipReaders.Open(Path.Combine(Requirement.Corpus, "other_rigs", "cmu_07_01.amc"));
        RawClip bvh = ClipReaders.Open(Path.Combine(Requirement.Corpus, "cmu", "bvh", "07_01.bvh"));
        string[] acclaimNames = ["root", "lfemur", "ltibia", "lfoot", "ltoes", "rfemur", "rtibia", "rfoot", "rhumerus", "rradius", "head", "lhumerus"];
        string[] bvhNames = ["Hips", "LeftUpLeg", "LeftLeg", "LeftFoot", "LeftToeBase", "RightUpLeg", "RightLeg", "RightFoot", "RightArm", "RightForeArm", "Head", "LeftArm"];
        int frames = Math.Min(bvh.FrameCount, acclaim.FrameCount / 2);
        Assert.True(frames > 100);
        for (int frame = 0; frame < frames; frame += 10)
        {
            Dictionary<string, Vector3> ours = Positions(acclaim, frame * 2, (float)acclaim.MetresPerUnit!);
            Dictionary<string, Vector3> theirs = Positions(bvh, frame, 0.01f);
            for (int i = 0; i < bvhNames.Length; i++)
            {
                Assert.True(Vector3.Distance(ours[acclaimNames[i]], theirs[bvhNames[i]]) < 0.002f, $"frame {frame} {bvhNames[i]}: {ours[acclaimNames[i]]} against {theirs[bvhNames[i]]}");
            }
        }
    }

    private static Dictionary<string, Vector3> Positions(RawClip clip, int frame, float scale)
    {
        Vector3[] positions = new Vector3[clip.Skeleton.Joints.Length];
        SkeletonKinematics.Place(clip.Skeleton, clip.RootPositions[frame], clip.RotationsAt(frame), positions, new Quaternion[positions.Length]);
        return clip.Skeleton.Joints.Select((joint, i) => (joint.Name, positions[i] * scale)).ToDictionary();
    }

    private static void AssertClose(Vector3 wanted, Vector3 found) =>
        Assert.True(Vector3.Distance(wanted, found) < 2e-6f, $"wanted {wanted}, found {found}");
}
