using System.Numerics;
using Motion.Distillation.Embedding;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Retargeting;
using Motion.Sim.Tests.Tracking;

namespace Motion.Distillation.Tests.Embedding;

public class MotionFeaturesTests
{
    private static readonly MotionFeatures Features = new(TestMotions.Humanoid, 15);

    // 1 m forward in the world's axes and a quarter turn to the left in one second: π/2 rad/s, and in the middle 1 m/s along a heading of 45°.
    [Fact]
    public void Rates_are_told_in_the_heading_frame()
    {
        float[] frames = Features.Of(TestMotions.Gliding() with { IsLoop = false });
        Assert.Equal(16 * Features.Count, frames.Length);
        float[] middle = frames[(8 * Features.Count)..(9 * Features.Count)];
        float heading = 8 / 15f * MathF.PI / 2;
        Assert.Equal([MathF.PI / 2, MathF.Cos(heading), -MathF.Sin(heading), 0, 0.89f], middle[..5], Near(2e-3f));
        // The pelvis stands upright and looks ahead.
        Assert.Equal([0f, 0, 1, 1, 0, 0], middle[5..11], Near(1e-4f));
    }

    [Fact]
    public void Where_a_motion_is_and_where_it_faces_does_not_matter()
    {
        CharacterClip clip = TestMotions.Gliding() with { IsLoop = false };
        CharacterClip moved = TestMotions.Make("moved", clip.FrameCount, isLoop: false, (frame, positions) =>
        {
            Joint root = TestMotions.Humanoid.Joints[0];
            Quaternion turn = Quaternion.CreateFromAxisAngle(Vector3.UnitZ, 2.5f);
            clip.PositionsAt(frame).CopyTo(positions);
            PositionVector.SetRootPosition(root, positions, Vector3.Transform(PositionVector.RootPosition(root, positions), turn) + new Vector3(7, -3, 0));
            PositionVector.SetRotation(root, positions, turn * PositionVector.Rotation(root, positions));
        });
        Assert.Equal(Features.Of(clip), Features.Of(moved), Near(2e-3f));
    }

    [Fact]
    public void Mirrored_twice_is_the_same_and_once_turns_the_other_way()
    {
        CharacterClipMirror mirror = new(TestMotions.Humanoid);
        CharacterClip clip = TestMotions.Gliding() with { IsLoop = false };
        CharacterClip once = mirror.Mirror(clip, "once");
        Assert.Equal(-Features.Of(clip)[0], Features.Of(once)[0], 3);
        Assert.Equal(Features.Of(clip), Features.Of(mirror.Mirror(once, "twice")), Near(2e-3f));
    }

    [Fact]
    public void The_recording_s_rate_does_not_matter()
    {
        CharacterClip clip = TestMotions.Gliding() with { IsLoop = false };
        Assert.Equal(Features.Of(clip)[..(10 * Features.Count)], Features.Of(clip.Resample(60))[..(10 * Features.Count)], Near(5e-3f));
    }

    private static EqualityComparer<float> Near(float tolerance) => EqualityComparer<float>.Create((a, b) => MathF.Abs(a - b) <= tolerance, _ => 0);
}
