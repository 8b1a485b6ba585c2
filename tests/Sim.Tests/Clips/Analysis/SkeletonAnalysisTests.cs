using System.Numerics;
using Motion.Sim.Clips;
using Motion.Sim.Clips.Analysis;
using Motion.Testing;

namespace Motion.Sim.Tests.Clips.Analysis;

public class SkeletonAnalysisTests
{
    private const float Degree = MathF.PI / 180;

    public static TheoryData<string> Styles => new(RigText.All.Select(rig => rig.Name));

    [Theory]
    [MemberData(nameof(Styles))]
    public void Rigs_of_every_style_are_understood_without_a_map(string style)
    {
        RigText rig = RigText.All.Single(rig => rig.Name == style);
        AnalysedClip clip = SkeletonAnalysis.Analyse(Recordings.Standing(style));
        AnalysisReport report = clip.Report;

        Dictionary<JointRole, string> places = new()
        {
            [JointRole.Pelvis] = "pelvis",
            [JointRole.Chest] = "chest",
            [JointRole.Neck] = "neck",
            [JointRole.Head] = "head",
            [JointRole.LeftClavicle] = "collar",
            [JointRole.LeftUpperArm] = "shoulder",
            [JointRole.LeftLowerArm] = "elbow",
            [JointRole.LeftHand] = "wrist",
            [JointRole.LeftThigh] = "hip",
            [JointRole.LeftShin] = "knee",
            [JointRole.LeftFoot] = "ankle",
            [JointRole.LeftToe] = "toe",
        };
        foreach (RoleFinding role in report.Roles.Where(role => role.Role != JointRole.Spine))
        {
            bool right = role.Role != role.Role.Mirror() && !role.Role.IsLeft();
            (string name, _, string place) = rig.Joints.Single(joint => joint.Name == role.Joint);
            Assert.Equal(right ? places[role.Role.Mirror()] : places[role.Role], place);
            Assert.Equal(right, name.Contains("Right", StringComparison.Ordinal) || name.EndsWith("_R", StringComparison.Ordinal));
        }

        Assert.Equal(1 / rig.UnitsPerMetre, report.MetresPerUnit.Value, 1e-9);
        Assert.Equal(Vector3.UnitY, report.Up.Value);
        Assert.Equal(Vector3.UnitZ, report.Forward.Value);
        Assert.Equal(RestPoseKind.TPose, report.RestPose.Value);
        Assert.Equal(-1, report.ReferenceFrame);
        Assert.Equal(0, report.SkippedFrames.Value);
        Assert.InRange(report.Height, 1.6f, 1.8f);
        Assert.InRange(report.Confidence, 0.5f, 1);

        // The clip faces +X with its left along +Y; toes rest 2 cm up, which is half a centimetre over where toes are taken to rest.
        Vector3[] positions = clip.Clip.PositionsWorld(0);
        Vector3 left = positions[clip.Roles[JointRole.LeftHand]] - positions[clip.Roles[JointRole.RightHand]];
        Assert.True(Vector3.Distance(left, new Vector3(0, 1.4f, 0)) < 1e-4f, $"{left}");
        Vector3 travel = clip.Clip.RootPositions[^1] - clip.Clip.RootPositions[0];
        Assert.True(Vector3.Distance(travel, new Vector3(0.29f, 0, 0)) < 1e-4f, $"{travel}");
        Assert.Equal(0.015f, positions[clip.Roles[JointRole.LeftToe]].Z, 1e-3f);
    }

    [Fact]
    public void Roles_are_found_from_shape_when_names_tell_nothing()
    {
        RawClip named = Recordings.Standing();
        JointRoles expected = RoleFinder.Find(named.Skeleton);
        int number = 0;
        AnalysedClip clip = SkeletonAnalysis.Analyse(named.Renamed(_ => $"bone{number++}"));
        foreach (JointRole role in Enum.GetValues<JointRole>().Where(role => role.IsEssential()))
        {
            Assert.Equal(expected[role], clip.Roles[role]);
            Assert.Equal(RoleEvidence.Geometry, clip.Roles.Evidence[(int)role]);
        }

        Assert.True(clip.Report.RoleConfidence < 0.7f);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(100, 0.01)]
    [InlineData(1000, 0.001)]
    [InlineData(39.37, 0.0254)]
    [InlineData(10, 0.1)]
    [InlineData(17.717, 0.0254 / 0.45)]
    public void Units_are_told_from_the_height_of_the_figure(double unitsPerMetre, double metres)
    {
        AnalysisReport report = SkeletonAnalysis.Analyse(Recordings.Standing("Mixamo").Scaled((float)unitsPerMetre)).Report;
        Assert.Equal(metres, report.MetresPerUnit.Value, 1e-9);
        Assert.InRange(report.MetresPerUnit.Confidence, 0.8f, 1);
        Assert.InRange(report.Height, 1.4f, 2.1f);
    }

    [Fact]
    public void A_figure_of_no_known_unit_is_scaled_to_a_person_and_marked_unsure()
    {
        AnalysisReport report = SkeletonAnalysis.Analyse(Recordings.Standing("Mixamo").Scaled(27)).Report;
        Assert.Equal(1.7f, report.Height, 1e-3f);
        Assert.Equal(0.5f, report.MetresPerUnit.Confidence);
    }

    public static TheoryData<string> Axes => ["z-up facing -y", "z-up facing x", "x-up facing y", "y-up facing -x"];

    [Theory]
    [MemberData(nameof(Axes))]
    public void Any_axis_may_be_up_and_any_other_forward(string axes)
    {
        static Vector3 Axis(string name) => name switch { "x" => Vector3.UnitX, "y" => Vector3.UnitY, "z" => Vector3.UnitZ, "-x" => -Vector3.UnitX, _ => -Vector3.UnitY };
        Vector3 up = Axis(axes.Split('-')[0]);
        Vector3 forward = Axis(axes.Split(' ')[^1]);
        Quaternion turn = FileAxes.Basis(forward, up) * Quaternion.Conjugate(FileAxes.Basis(Vector3.UnitZ, Vector3.UnitY));
        AnalysedClip clip = SkeletonAnalysis.Analyse(Recordings.Standing().Turned(turn));
        Assert.Equal(up, clip.Report.Up.Value);
        Assert.True(Vector3.Distance(forward, clip.Report.Forward.Value) < 1e-5f);

        // Whatever the file's axes, the clip walks along +X with its head up.
        Vector3 travel = clip.Clip.RootPositions[^1] - clip.Clip.RootPositions[0];
        Assert.True(Vector3.Distance(travel, new Vector3(0.29f, 0, 0)) < 1e-3f, $"{travel}");
        Assert.InRange(clip.Clip.PositionsWorld(0)[clip.Roles[JointRole.Head]].Z, 1.5f, 1.6f);
    }

    [Theory]
    [InlineData(0, RestPoseKind.TPose)]
    [InlineData(45, RestPoseKind.APose)]
    [InlineData(85, RestPoseKind.ArmsDown)]
    public void Rest_poses_are_told_apart_by_how_far_the_arms_hang(float drop, RestPoseKind kind)
    {
        AnalysedClip clip = SkeletonAnalysis.Analyse(WithArmsDropped(Recordings.Standing(), drop));
        Assert.Equal(kind, clip.Report.RestPose.Value);
        Assert.Equal(-1, clip.Report.ReferenceFrame);
    }

    [Fact]
    public void A_skeleton_that_rests_in_no_human_pose_is_read_through_the_frame_that_stands_best()
    {
        // Every bone rests along its own odd direction; the recording squats in its first ten frames and stands later.
        RawClip standing = Recordings.Standing();
        Random random = new(5);
        Quaternion[] turns = [.. standing.Skeleton.Joints.Select(_ => Quaternion.CreateFromYawPitchRoll(random.NextSingle() * 6, random.NextSingle() * 6, random.NextSingle() * 6))];
        RawClip squatting = standing.Posed((frame, joint) => frame >= 10 ? null
            : joint.EndsWith("UpLeg", StringComparison.Ordinal) ? Quaternion.CreateFromAxisAngle(Vector3.UnitX, -60 * Degree)
            : joint.EndsWith("Leg", StringComparison.Ordinal) ? Quaternion.CreateFromAxisAngle(Vector3.UnitX, 90 * Degree) : null);
        AnalysedClip clip = SkeletonAnalysis.Analyse(squatting.Resting(turns));
        Assert.Equal(RestPoseKind.Arbitrary, clip.Report.RestPose.Value);
        Assert.InRange(clip.Report.ReferenceFrame, 10, 29);
        Assert.Equal(Vector3.UnitY, clip.Report.Up.Value);
        Assert.InRange(clip.Clip.PositionsWorld(20)[clip.Roles[JointRole.Head]].Z, 1.5f, 1.6f);
    }

    [Fact]
    public void A_calibration_pose_before_the_motion_is_left_out()
    {
        // Two frames in the T-pose, then a walk with hanging arms and bent legs that goes on smoothly.
        RawClip raw = Recordings.Standing().Posed((frame, joint) => frame < 2 ? null : joint switch
        {
            "LeftArm" => Quaternion.CreateFromAxisAngle(Vector3.UnitZ, (-75 - (0.5f * frame)) * Degree),
            "RightArm" => Quaternion.CreateFromAxisAngle(Vector3.UnitZ, (75 - (0.5f * frame)) * Degree),
            "LeftUpLeg" => Quaternion.CreateFromAxisAngle(Vector3.UnitX, (-20 + (0.5f * frame)) * Degree),
            _ => null,
        });
        AnalysedClip clip = SkeletonAnalysis.Analyse(raw);
        Assert.Equal(2, clip.Report.SkippedFrames.Value);
        Assert.Equal(28, clip.Clip.FrameCount);
        Assert.Equal(0, SkeletonAnalysis.Analyse(Recordings.Standing()).Report.SkippedFrames.Value);
    }

    [Fact]
    public void The_floor_lies_under_resting_toes_and_not_under_feet_in_the_air()
    {
        // Feet at 30 cm for a third of the time (an even jump), at rest otherwise, the whole file 2 m up.
        RawClip raw = Recordings.Standing(frames: 60).Moved((frame, place) => new Vector3(0, place.Y + 200 + (frame is > 20 and < 40 ? 30 : 0), 0));
        AnalysedClip clip = SkeletonAnalysis.Analyse(raw);
        Assert.Equal(2.005f, clip.Report.Floor.Value, 1e-3f);
        Assert.Equal(0.015f, clip.Clip.PositionsWorld(0)[clip.Roles[JointRole.LeftToe]].Z, 1e-3f);
    }

    [Fact]
    public void A_sloping_floor_is_levelled_when_the_person_gets_around_on_it()
    {
        // Steps of half a metre with a rest after each, on a floor that rises 2 cm in a metre.
        RawClip raw = Recordings.Standing(frames: 80).Moved((frame, place) => new Vector3(0, place.Y + (frame / 10 * 1f), frame / 10 * 50));
        AnalysedClip clip = SkeletonAnalysis.Analyse(raw);
        Assert.Equal(0.02f, clip.Report.FloorSlope.Value.X, 2e-3f);
        Assert.All(Enumerable.Range(0, 8), step => Assert.Equal(0.015f, clip.Clip.PositionsWorld((10 * step) + 5)[clip.Roles[JointRole.LeftToe]].Z, 4e-3f));
    }

    [Fact]
    public void Standing_on_a_box_is_brought_down_to_the_floor_and_said()
    {
        RawClip raw = Recordings.Standing(frames: 90).Moved((frame, place) => new Vector3(0, place.Y + (frame >= 60 ? 30 : 0), 0));
        AnalysedClip clip = SkeletonAnalysis.Analyse(raw);
        Assert.Contains(clip.Report.Notes, note => note.Contains("from 0 to 30 cm over the floor", StringComparison.Ordinal));
        Assert.Equal(0.015f, clip.Clip.PositionsWorld(85)[clip.Roles[JointRole.LeftToe]].Z, 1e-3f);
    }

    [Fact]
    public void A_map_overrides_what_was_found()
    {
        using TempFolder folder = new();
        string path = folder.Write("map.json", """
            { "joints": { "left_hand": "LeftForeArm", "left_toe": "" }, "unit_m": 0.02, "up": "z", "forward": "y", "floor": 7, "skip_frames": 3 }
            """);
        AnalysedClip clip = SkeletonAnalysis.Analyse(Recordings.Standing(), SkeletonMap.Read(path));
        Assert.Equal(RoleEvidence.Map, clip.Report.Roles.Single(role => role.Role == JointRole.LeftHand).Evidence);
        Assert.Equal("LeftForeArm", clip.Report.Roles.Single(role => role.Role == JointRole.LeftHand).Joint);
        Assert.Null(clip.Report.Roles.Single(role => role.Role == JointRole.LeftToe).Joint);
        Assert.Equal(0.02, clip.Report.MetresPerUnit.Value);
        Assert.Equal(Vector3.UnitZ, clip.Report.Up.Value);
        Assert.Equal(0.14f, clip.Report.Floor.Value, 1e-6f);
        Assert.Equal(27, clip.Clip.FrameCount);
    }

    [Theory]
    [InlineData("{ \"joint\": {} }", "key 'joint' is unknown")]
    [InlineData("{ \"joints\": { \"left_leg\": \"x\" } }", "role 'left_leg' is unknown; known are pelvis")]
    [InlineData("{ \"unit_m\": -1 }", "'unit_m' must be a number from")]
    [InlineData("{ \"up\": \"w\" }", "'up' must be one of x, y, z")]
    [InlineData("[]", "must hold one JSON object")]
    [InlineData("{ \"up\": ", "is not JSON")]
    public void A_map_that_is_wrong_says_what_is_wrong(string text, string problem)
    {
        using TempFolder folder = new();
        InputException found = Assert.Throws<InputException>(() => SkeletonMap.Read(folder.Write("map.json", text)));
        Assert.Contains(problem, found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_map_to_a_joint_that_is_not_there_lists_those_that_are()
    {
        SkeletonMap map = new() { Joints = System.Collections.Immutable.ImmutableDictionary<JointRole, string>.Empty.Add(JointRole.Head, "Skull") };
        InputException found = Assert.Throws<InputException>(() => SkeletonAnalysis.Analyse(Recordings.Standing(), map));
        Assert.Contains("'Skull', which is not there; joints are Hips, LeftUpLeg", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_skeleton_without_arms_is_refused_with_the_roles_that_are_missing()
    {
        RawClip raw = BvhText.Read("HIERARCHY\nROOT a\n{\n OFFSET 0 0 0\n CHANNELS 3 Xrotation Yrotation Zrotation\n End Site\n {\n OFFSET 0 1 0\n }\n}\nMOTION\nFrames: 1\nFrame Time: 0.1\n0 0 0\n");
        InputException found = Assert.Throws<InputException>(() => SkeletonAnalysis.Analyse(raw));
        Assert.Contains("no joint found for pelvis, chest, left_upper_arm", found.Message, StringComparison.Ordinal);
    }

    // Arms of the rest pose hang by that angle; the motion stays the T-pose that it was.
    private static RawClip WithArmsDropped(RawClip raw, float degrees)
    {
        Quaternion[] turns = [.. raw.Skeleton.Joints.Select(_ => Quaternion.Identity)];
        foreach ((string arm, float sign) in new[] { ("LeftArm", 1f), ("RightArm", -1f) })
        {
            for (int joint = raw.Skeleton.JointIndex(arm); joint < turns.Length; joint++)
            {
                bool below = raw.Skeleton.Joints[joint].Name == arm || raw.Skeleton.Joints[joint].Name.StartsWith(arm[..^3] + "ForeArm", StringComparison.Ordinal)
                    || raw.Skeleton.Joints[joint].Name.StartsWith(arm[..^3] + "Hand", StringComparison.Ordinal);
                turns[joint] = below ? Quaternion.CreateFromAxisAngle(Vector3.UnitZ, sign * degrees * Degree) : turns[joint];
            }
        }

        return raw.Resting(turns);
    }
}
