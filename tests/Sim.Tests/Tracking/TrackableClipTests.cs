using System.Numerics;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Retargeting;
using Motion.Sim.Tracking;

namespace Motion.Sim.Tests.Tracking;

public class TrackableClipTests
{
    [Fact]
    public void A_clip_that_a_character_can_try_is_taken() => TrackableClip.Check(TestMotions.Waving(), new TrackingOptions());

    [Fact]
    public void A_short_clip_is_refused_with_the_length_that_is_wanted() =>
        Refused(TestMotions.Waving(10), "clip 'waving' is too short: 10 frames at 30 a second; at least 16 are needed (0.5 s)");

    [Fact]
    public void A_number_that_is_not_finite_is_refused_with_frame_and_joint()
    {
        CharacterClip clip = TestMotions.Waving();
        clip.PositionsAt(17)[Joint("right_knee").PositionIndex] = float.NaN;
        Refused(clip, "frame 17, joint 'right_knee'");
    }

    [Fact]
    public void A_velocity_that_is_not_finite_is_refused_too()
    {
        CharacterClip clip = TestMotions.Waving();
        clip.VelocitiesAt(3)[Joint("neck").VelocityIndex + 1] = float.PositiveInfinity;
        Refused(clip, "frame 3, joint 'neck'");
    }

    [Fact]
    public void A_clip_below_the_ground_is_refused_with_frame_and_joint() =>
        Refused(TestMotions.Make("sunken", 30, false, (frame, positions) => positions[2] -= frame == 12 ? 0.4f : 0), "is below the ground in frame 12: joint 'right_ankle' at -0.34 m");

    [Fact]
    public void A_root_that_teleports_is_refused_with_both_frames() =>
        Refused(TestMotions.Make("jumpy", 30, false, (frame, positions) => positions[0] += frame >= 20 ? 1 : 0), "from frame 19 to 20 joint 'root' moves at 30.0 m/s");

    [Fact]
    public void A_joint_that_teleports_is_refused_with_both_frames() =>
        Refused(
            TestMotions.Make("twisted", 30, false, (frame, positions) =>
                PositionVector.SetRotation(Joint("left_hip"), positions, Quaternion.CreateFromAxisAngle(Vector3.UnitX, frame >= 8 ? 2.4f : 0))),
            "from frame 7 to 8 joint 'left_hip' turns at 72.0 rad/s");

    private static Joint Joint(string name) => TestMotions.Humanoid.Joints.Single(joint => joint.Name == name);

    private static void Refused(CharacterClip clip, string words)
    {
        MotionException problem = Assert.Throws<MotionException>(() => TrackableClip.Check(clip, new TrackingOptions()));
        Assert.Equal(ExitCode.BadInput, problem.ExitCode);
        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
    }
}
