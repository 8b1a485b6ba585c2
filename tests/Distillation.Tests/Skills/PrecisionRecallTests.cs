using System.Numerics;
using FsCheck.Fluent;
using Motion.Distillation.Skills;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Recording;
using Motion.Sim.Clips.Retargeting;
using Motion.Sim.Tests.Tracking;
using Motion.Testing;

namespace Motion.Distillation.Tests.Skills;

public sealed class PrecisionRecallTests
{
    private const double OneFrame = 1.0 / 30;

    [Fact]
    public void The_same_motion_elsewhere_and_turned_is_met_exactly()
    {
        CharacterClip clip = TestMotions.Waving(40);
        MotionRecording moved = MotionRecording.Of(TestMotions.Make("moved", 40, false, (frame, positions) =>
        {
            clip.PositionsAt(frame).CopyTo(positions);
            new GroundDisplacement(2.5f, new Vector3(3, -7, 0)).Apply(TestMotions.Humanoid, positions);
        }));

        PrecisionRecall found = PrecisionRecall.Compare(MotionWindows.Of([moved]), MotionWindows.Of(clip, 30));

        // 40 frames have 40 − 15 + 1 windows of half a second.
        Assert.Equal(26, MotionWindows.Of([moved]).Count);
        Assert.Equal(1, found.Precision, 1e-4);
        Assert.Equal(1, found.Recall, 1e-4);
    }

    [Fact]
    public void Going_somewhere_counts_although_the_pose_is_the_same()
    {
        MotionWindows standing = MotionWindows.Of([Gliding(0)]), gliding = MotionWindows.Of([Gliding(1f / 30)]);

        // A metre a second at 30 frames a second: frames 0 … 14 are k/30 m apart, in the mean 7/30 m; of the largest distance of 0.5 m that leaves
        // 1 − (7/30)/0.5 = 0.5333.
        Assert.Equal(7 / 30f, standing.Distance(0, gliding, 3), 1e-4f);
        PrecisionRecall found = PrecisionRecall.Compare(gliding, standing);
        Assert.Equal(0.5333, found.Precision, 1e-3);
        Assert.Equal(0.5333, found.Recall, 1e-3);
    }

    [Fact]
    public void Doing_part_of_the_reference_is_precise_but_recalls_part()
    {
        MotionWindows done = MotionWindows.Of([Heights(0, 0, 0.1f)], OneFrame), reference = MotionWindows.Of([Heights(0, 0.1f, 0.2f, 0.3f)], OneFrame);

        // Everything done is in the reference. Of the reference, 0 and 0.1 are met exactly, 0.2 and 0.3 from 0.1 and 0.2 m away: (1 + 1 + 0.8 + 0.6) / 4.
        PrecisionRecall found = PrecisionRecall.Compare(done, reference);
        Assert.Equal(1, found.Precision, 1e-5);
        Assert.Equal(0.85, found.Recall, 1e-5);

        // Had there been four windows but for a fall: 3 / 4.
        Assert.Equal(0.75, PrecisionRecall.Compare(done, reference, expected: 4).Precision, 1e-5);
    }

    [Fact]
    public void Windows_of_several_tries_cover_the_reference_together()
    {
        MotionWindows reference = MotionWindows.Of([Heights(0, 0.4f)], OneFrame);
        Assert.Equal(1, PrecisionRecall.Compare(MotionWindows.Of([Heights(0), Heights(0.4f)], OneFrame), reference).Recall, 1e-5);

        // 0.4 m off leaves 1 − 0.4/0.5 of one of two windows: (1 + 0.2) / 2.
        Assert.Equal(0.6, PrecisionRecall.Compare(MotionWindows.Of([Heights(0)], OneFrame), reference).Recall, 1e-5);
    }

    [Fact]
    public void A_loop_has_windows_that_go_on_past_its_end()
    {
        // 31 frames and 14 more have 31 windows of 15. The loop carries it a metre on and turns it by a quarter; seen from where that leaves it, the window
        // that begins at the last frame is the first one again, and the one before is not.
        MotionWindows windows = MotionWindows.Of(TestMotions.Gliding(), 30);
        Assert.Equal(31, windows.Count);
        Assert.Equal(0, windows.Distance(0, windows, 30), 1e-3f);
        Assert.InRange(windows.Distance(0, windows, 29), 0.01f, 0.1f);
    }

    [Fact]
    public void A_clip_shorter_than_a_window_is_named()
    {
        MotionException problem = Assert.Throws<MotionException>(() => MotionWindows.Of(TestMotions.Waving(10), 30));
        Assert.Equal("clip 'waving' lasts 0.30 s: precision and recall compare windows of 0.5 s", problem.Message);
    }

    [Fact]
    public void The_area_under_the_curve_is_worked_by_hand()
    {
        // Shares of the largest distance that are left: 1, ½, 0, and 0 beyond it: 1.5 / 4.
        Assert.Equal(0.375, PrecisionRecall.Area([0, 0.25f, 0.5f, 0.7f], 4), 1e-9);

        // Two more that never were: 1.5 / 6.
        Assert.Equal(0.25, PrecisionRecall.Area([0, 0.25f, 0.5f, 0.7f], 6), 1e-9);
        Assert.Equal(0, PrecisionRecall.Area([], 0));
    }

    [Fact]
    public void The_area_is_that_under_the_share_within_each_threshold() => Prop.ForAll(
        Gen.Choose(0, 1000).Select(value => value / 1000f).ArrayOf(20).ToArbitrary(),
        distances =>
        {
            const int Steps = 1000;
            double sum = Enumerable.Range(0, Steps).Sum(step => distances.Count(distance => distance <= 0.5 * (step + 0.5) / Steps) / 20.0);
            return Math.Abs((sum / Steps) - PrecisionRecall.Area(distances, 20)) < 2e-3;
        }).Holds();

    private static MotionRecording Gliding(float step) => MotionRecording.Of(TestMotions.Make("gliding", 30, false, (frame, positions) =>
        PositionVector.SetRootPosition(TestMotions.Humanoid.Joints[0], positions, new Vector3(frame * step, 0, 0.89f))));

    private static MotionRecording Heights(params float[] heights) => new()
    {
        Name = "heights",
        Character = TestMotions.Humanoid,
        FrameRate = 30,
        Positions =
        [
            .. heights.SelectMany(height =>
            {
                float[] positions = PositionVector.Rest(TestMotions.Humanoid);
                PositionVector.SetRootPosition(TestMotions.Humanoid.Joints[0], positions, new Vector3(1, 2, 0.89f + height));
                return positions;
            }),
        ],
    };
}
