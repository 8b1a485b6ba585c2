using System.Globalization;
using System.Numerics;
using System.Text;
using Motion.Sim.Clips;
using Motion.Sim.Clips.Readers;

namespace Motion.Sim.Tests.Clips;

public sealed class BvhReaderTests
{
    private const double RadiansPerDegree = Math.PI / 180;

    [Fact]
    public void Small_file_gives_its_joints_frames_and_rate()
    {
        RawClip clip = BvhText.Read(BvhText.Small);

        Assert.Equal(["Hips", "Spine", "Spine_end"], clip.Skeleton.Joints.Select(joint => joint.Name));
        Assert.Equal([-1, 0, 1], clip.Skeleton.Joints.Select(joint => joint.Parent));
        Assert.Equal([false, false, true], clip.Skeleton.Joints.Select(joint => joint.IsEnd));
        Assert.Equal(new Vector3(0, 10, 0), clip.Skeleton.Joints[1].Offset);
        Assert.Equal("small", clip.Name);
        Assert.Equal(30, clip.FrameRate);
        Assert.Equal([new Vector3(1, 2, 3), new Vector3(4, 5, 6)], clip.RootPositions);
        Assert.Empty(clip.Notes);
    }

    [Fact]
    public void Angles_turn_about_the_listed_axes_one_inside_the_other()
    {
        RawClip clip = BvhText.Read(BvhText.Small);

        // Z by 90 degrees brings x to y.
        AssertClose(Vector3.UnitY, Vector3.Transform(Vector3.UnitX, clip.RotationsAt(0)[0]));

        // Frame 2 of Spine: Rz(10) Ry(20) Rx(30) on column vectors. Its first column is
        // (cos10 cos20, sin10 cos20, -sin20) = (0.925417, 0.163176, -0.342020).
        AssertClose(new Vector3(0.925417f, 0.163176f, -0.342020f), Vector3.Transform(Vector3.UnitX, clip.RotationsAt(1)[1]));
        Assert.Equal(Quaternion.Identity, clip.RotationsAt(1)[2]);
    }

    [Fact]
    public void Every_order_of_three_turns_is_the_product_in_that_order()
    {
        string[] axes = ["X", "Y", "Z"];
        Vector3[] units = [Vector3.UnitX, Vector3.UnitY, Vector3.UnitZ];
        double[] angles = [25, -40, 110];
        for (int code = 0; code < 27; code++)
        {
            int[] order = [code / 9, code / 3 % 3, code % 3];
            string channels = string.Join(' ', order.Select(axis => axes[axis] + "rotation"));
            RawClip clip = BvhText.Read(OneJoint($"CHANNELS 3 {channels}", "25 -40 110"));
            Quaternion wanted = Quaternion.Identity;
            for (int i = 0; i < 3; i++)
            {
                wanted *= Quaternion.CreateFromAxisAngle(units[order[i]], (float)(angles[i] * RadiansPerDegree));
            }

            Assert.True(Math.Abs(Quaternion.Dot(wanted, clip.Rotations[0])) > 0.999999, channels);
        }
    }

    [Fact]
    public void Position_and_rotation_channels_may_be_mixed()
    {
        RawClip clip = BvhText.Read(OneJoint("CHANNELS 6 Zrotation Zposition Xrotation Xposition Yrotation Yposition", "0 3 0 1 0 2"));

        Assert.Equal(new Vector3(1, 2, 3), clip.RootPositions[0]);
        Assert.Equal(Quaternion.Identity, clip.Rotations[0]);
    }

    [Fact]
    public void Root_without_position_channels_stays_at_its_offset()
    {
        RawClip clip = BvhText.Read(OneJoint("CHANNELS 1 Yrotation", "90").Replace("OFFSET 0 0 0", "OFFSET 7 8 9", StringComparison.Ordinal));

        Assert.Equal(new Vector3(7, 8, 9), clip.RootPositions[0]);
        AssertClose(Vector3.UnitX, Vector3.Transform(Vector3.UnitZ, clip.Rotations[0]));
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\r")]
    [InlineData("\n\n")]
    [InlineData(" \t\n")]
    public void Line_ends_and_blanks_change_nothing(string lineEnd)
    {
        string text = BvhText.Small.Replace("\n", lineEnd, StringComparison.Ordinal);

        AssertSame(BvhText.Read(BvhText.Small), BvhText.Read(text + lineEnd + lineEnd));
    }

    [Fact]
    public void Tabs_case_marks_and_crowded_braces_change_nothing()
    {
        RawClip wanted = BvhText.Read(BvhText.Small);

        AssertSame(wanted, BvhText.Read(BvhText.Small.Replace("  ", "\t", StringComparison.Ordinal)));
        AssertSame(wanted, BvhText.Read([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(BvhText.Small)]));
        AssertSame(wanted, BvhText.Read(BvhText.Small.Replace("rotation", "ROTATION", StringComparison.Ordinal).Replace("OFFSET", "offset", StringComparison.Ordinal)
            .Replace("JOINT", "Joint", StringComparison.Ordinal).Replace("End Site", "end site", StringComparison.Ordinal)));
        AssertSame(wanted, BvhText.Read(BvhText.Small.Replace("Hips\n{", "Hips{", StringComparison.Ordinal).Replace("Site\n    {", "Site {", StringComparison.Ordinal)
            .Replace("Spine\n  {", "Spine {", StringComparison.Ordinal).Replace("0 5 0\n    }", "0 5 0}", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Frames:2")]
    [InlineData("Frames : 2")]
    [InlineData("frames\t2")]
    [InlineData("FRAMES:\t2  ")]
    public void Frame_count_may_be_spaced_in_any_way(string line) =>
        AssertSame(BvhText.Read(BvhText.Small), BvhText.Read(BvhText.Small.Replace("Frames: 2", line, StringComparison.Ordinal)));

    [Theory]
    [InlineData("Frame Time:.033333", 30)]
    [InlineData("FrameTime: 0.033333", 30)]
    [InlineData("frame time : 0.0333333333", 30)]
    [InlineData("Frame Time: 3.3333333333e-2", 30)]
    [InlineData("Frame Time: 0.008333", 120)]
    [InlineData("Frame Time: 0.0083", 120)]
    [InlineData("Frame Time: 0.04170838", 1 / 0.04170838)]
    [InlineData("Frame Time: 0.016", 62.5)]
    [InlineData("Frame Time: 1", 1)]
    [InlineData("Frame Time: 2.5", 0.4)]
    public void Frame_time_gives_the_rate_it_was_printed_from(string line, double rate) =>
        Assert.Equal(rate, BvhText.Read(BvhText.Small.Replace("Frame Time: 0.033333", line, StringComparison.Ordinal)).FrameRate, 1e-9);

    [Fact]
    public void Numbers_do_not_depend_on_the_locale()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        comma.NumberFormat.NumberGroupSeparator = ".";
        comma.NumberFormat.NegativeSign = "~";
        RawClip wanted = BvhText.Read(OneJoint("CHANNELS 3 Xposition Yposition Zposition", "-1.5e2 +.25 1234567890123456789e-18"));
        try
        {
            CultureInfo.CurrentCulture = comma;
            RawClip clip = BvhText.Read(OneJoint("CHANNELS 3 Xposition Yposition Zposition", "-1.5e2 +.25 1234567890123456789e-18"));
            Assert.Equal(new Vector3(-150, 0.25f, 1.2345679f), clip.RootPositions[0]);
            AssertSame(wanted, clip);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Names_keep_their_spaces_and_letters()
    {
        RawClip clip = BvhText.Read(BvhText.Small.Replace("JOINT Spine", "JOINT Bip01 L Thigh", StringComparison.Ordinal)
            .Replace("ROOT Hips", "ROOT mixamorig:Hüfte", StringComparison.Ordinal));

        Assert.Equal(["mixamorig:Hüfte", "Bip01 L Thigh", "Bip01 L Thigh_end"], clip.Skeleton.Joints.Select(joint => joint.Name));
    }

    [Fact]
    public void Constant_position_channels_of_a_joint_become_its_offset()
    {
        RawClip clip = BvhText.Read(SixChannels("0 12 0", "0 12 0"));

        Assert.Equal(new Vector3(0, 12, 0), clip.Skeleton.Joints[1].Offset);
        Assert.Empty(clip.MovingOffsets);
        Assert.Equal("1 joints take their offset from position channels that never change, not from OFFSET.", Assert.Single(clip.Notes));
    }

    [Fact]
    public void Changing_position_channels_stand_in_place_of_the_offset()
    {
        RawClip clip = BvhText.Read(SixChannels("0 10 0", "0 11 1"));

        MovingOffset moving = Assert.Single(clip.MovingOffsets);
        Assert.Equal(1, moving.Joint);
        Assert.Equal([new Vector3(0, 10, 0), new Vector3(0, 11, 1)], moving.Offsets);
        Assert.Equal("1 joints beside the root have position channels that change: Spine.", Assert.Single(clip.Notes));
    }

    [Fact]
    public void Position_channels_near_zero_are_added_to_the_offset()
    {
        RawClip still = BvhText.Read(SixChannels("0 0 0", "0 0 0"));
        RawClip moving = BvhText.Read(SixChannels("0 0 0", "1 0 0"));

        Assert.Equal(new Vector3(0, 10, 0), still.Skeleton.Joints[1].Offset);
        Assert.Equal([new Vector3(0, 10, 0), new Vector3(1, 10, 0)], Assert.Single(moving.MovingOffsets).Offsets);
        Assert.Contains("The position channels of 1 joints beside the root were added to their OFFSET.", moving.Notes);
    }

    [Fact]
    public void Stream_that_gives_a_letter_at_a_time_is_read_alike()
    {
        string text = BvhText.Small.Replace("\n", "\r\n", StringComparison.Ordinal);
        using TextStream stream = new(text.Select(letter => letter.ToString()));

        AssertSame(BvhText.Read(text), BvhReader.Read(stream, "small.bvh"));
    }

    private static string OneJoint(string channels, string row) =>
        $"HIERARCHY\nROOT Hips\n{{\nOFFSET 0 0 0\n{channels}\n}}\nMOTION\nFrames: 1\nFrame Time: 0.04\n{row}\n";

    private static string SixChannels(string first, string second) =>
        BvhText.Small.Replace("CHANNELS 3 Zrotation", "CHANNELS 6 Xposition Yposition Zposition Zrotation", StringComparison.Ordinal)
            .Replace("90 0 0 0 0 0", $"90 0 0 {first} 0 0 0", StringComparison.Ordinal)
            .Replace("10 20 30", $"{second} 10 20 30", StringComparison.Ordinal);

    private static void AssertSame(RawClip wanted, RawClip found)
    {
        Assert.Equal(wanted.Skeleton.Joints.ToArray(), found.Skeleton.Joints.ToArray());
        Assert.Equal(wanted.FrameRate, found.FrameRate);
        Assert.Equal(wanted.RootPositions, found.RootPositions);
        Assert.Equal(wanted.Rotations, found.Rotations);
    }

    private static void AssertClose(Vector3 wanted, Vector3 found) =>
        Assert.True(Vector3.Distance(wanted, found) < 2e-6f, $"wanted {wanted}, found {found}");
}
