using System.Globalization;
using System.Numerics;
using System.Text;
using FsCheck.Fluent;
using Motion.Sim.Clips;
using Motion.Sim.Clips.Readers;
using Motion.Sim.Clips.Writing;
using Motion.Testing;

namespace Motion.Sim.Tests.Clips.Writing;

public sealed class BvhWriterTests
{
    [Fact]
    public void What_is_written_is_read_back_within_a_ten_thousandth_of_a_radian_and_a_tenth_of_a_millimetre()
    {
        Prop.ForAll(RandomClips.Any, clip =>
        {
            foreach (ExportAxes axes in new[] { ExportAxes.CentimetresYUp, ExportAxes.MetresZUp })
            {
                ClipDifference difference = ClipDifference.Between(clip, ReadBack(clip, axes));
                Assert.InRange(difference.LargestRotation, 0, 1e-4);
                Assert.InRange(difference.LargestPosition, 0, 1e-4);
            }
        }).Holds();
    }

    [Fact]
    public void The_hierarchy_comes_back_with_its_names_offsets_and_end_sites()
    {
        Clip clip = RandomClips.Make(seed: 3, jointCount: 25, frameCount: 1, frameRate: 30);

        Skeleton copy = ReadBack(clip, ExportAxes.CentimetresYUp).Skeleton;

        foreach (SkeletonJoint joint in clip.Skeleton.Joints.Where(joint => !joint.IsEnd))
        {
            SkeletonJoint twin = copy.Joints.Single(other => other.Name == joint.Name.Replace(' ', '_'));
            Assert.Equal(joint.Parent < 0 ? null : clip.Skeleton.Joints[joint.Parent].Name.Replace(' ', '_'), twin.Parent < 0 ? null : copy.Joints[twin.Parent].Name);
            Assert.True(Vector3.Distance(joint.Offset, twin.Offset) < 1e-6f);
        }

        Vector3[] ends = [.. copy.Joints.Where(joint => joint.IsEnd).Select(joint => joint.Offset)];
        Assert.All(clip.Skeleton.Joints.Where(joint => joint.IsEnd), end => Assert.Contains(ends, other => Vector3.Distance(end.Offset, other) < 1e-6f));
    }

    [Fact]
    public void A_figure_facing_x_with_its_left_along_y_faces_z_with_its_left_along_x_in_the_file()
    {
        // 1 m forward, 2 m left, 3 m up is 200 cm along X, 300 cm along Y, 100 cm along Z for animation tools.
        Clip clip = RandomClips.Make(1, 1, 1, 30) with { RootPositions = [new(1, 2, 3)], Rotations = [Quaternion.CreateFromAxisAngle(Vector3.UnitZ, 0.5f)] };

        string[] values = Text(clip, ExportAxes.CentimetresYUp).TrimEnd().Split('\n')[^1].Split(' ');

        Assert.Equal(["200", "300", "100"], values[..3]);
        // A left turn about the vertical, Z inside and Y in the file: 0.5 rad = 28.647889°, the last of the channels Z X Y.
        Assert.Equal(["0", "0"], values[3..5]);
        Assert.Equal(28.647889, double.Parse(values[5], CultureInfo.InvariantCulture), 1e-5);
    }

    [Fact]
    public void Angles_run_on_without_jumps()
    {
        // Three full turns about a slanted axis in 300 frames: 3.6° a frame, and no channel needs more than a few times that.
        Vector3 axis = Vector3.Normalize(new(0.2f, 0.3f, 1));
        Clip clip = RandomClips.Make(1, 1, 1, 30) with
        {
            RootPositions = new Vector3[300],
            Rotations = [.. Enumerable.Range(0, 300).Select(frame => Quaternion.CreateFromAxisAngle(axis, frame * 6 * MathF.PI / 300))],
        };

        double[][] rows = [.. Text(clip, ExportAxes.CentimetresYUp).TrimEnd().Split('\n')[^300..]
            .Select(row => row.Split(' ').Select(value => double.Parse(value, CultureInfo.InvariantCulture)).ToArray())];

        for (int frame = 1; frame < 300; frame++)
        {
            for (int channel = 3; channel < 6; channel++)
            {
                Assert.InRange(Math.Abs(rows[frame][channel] - rows[frame - 1][channel]), 0, 15);
            }
        }
    }

    [Fact]
    public void Numbers_are_written_with_points_whatever_the_locale()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        CultureInfo.CurrentCulture = comma;
        try
        {
            Assert.DoesNotContain(',', Text(RandomClips.Make(5, 12, 3, 29.97), ExportAxes.CentimetresYUp));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_rope_of_thousands_of_joints_is_written()
    {
        Skeleton rope = new([.. Enumerable.Range(0, 5000).Select(joint => new SkeletonJoint($"link{joint}", joint - 1, new Vector3(0.01f, 0, 0)))]);
        Clip clip = RandomClips.Make(1, 1, 1, 30) with { Skeleton = rope, Rotations = [.. Enumerable.Repeat(Quaternion.Identity, 5000)] };

        Assert.Equal(4999, Text(clip, ExportAxes.CentimetresYUp).Split("JOINT").Length - 1);
    }

    [Fact]
    public void A_clip_with_a_number_that_is_none_is_refused_and_nothing_is_written()
    {
        Clip clip = RandomClips.Make(5, 3, 2, 30);
        clip.Rotations[4] = new Quaternion(float.NaN, 0, 0, 1);
        string path = Path.Combine(Path.GetTempPath(), $"motion-{Guid.NewGuid():N}.bvh");

        MotionException problem = Assert.Throws<MotionException>(() => BvhWriter.Write(path, clip));

        Assert.Contains("'joint 1' in frame 1", problem.Message);
        Assert.False(File.Exists(path));
    }

    private static string Text(Clip clip, ExportAxes axes)
    {
        using MemoryStream stream = new();
        BvhWriter.Write(stream, clip, axes);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static Clip ReadBack(Clip clip, ExportAxes axes)
    {
        using MemoryStream stream = new();
        BvhWriter.Write(stream, clip, axes);
        stream.Position = 0;
        return axes.Inside(BvhReader.Read(stream, "clip.bvh"));
    }
}
