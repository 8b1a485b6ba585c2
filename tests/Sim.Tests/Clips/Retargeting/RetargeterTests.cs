using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Motion.Sim.Characters;
using Motion.Sim.Clips;
using Motion.Sim.Clips.Analysis;
using Motion.Sim.Clips.Readers;
using Motion.Sim.Clips.Retargeting;
using Motion.Sim.Clips.Writing;
using Motion.Sim.Tests.Clips.Analysis;
using Motion.Testing;

namespace Motion.Sim.Tests.Clips.Retargeting;

public class RetargeterTests
{
    private static readonly Character Humanoid = CharacterLibrary.Humanoid();

    [Fact]
    public void A_recorded_walk_goes_where_the_recording_goes_scaled_by_the_legs()
    {
        AnalysedClip walk = Shipped("walk_forward");
        RetargetedClip retargeted = new Retargeter(Humanoid).Retarget(walk);
        CharacterClip clip = retargeted.Clip;

        // Legs of the recording: thigh (39.1 + 40.4)/2, shin (41.8 + 40.2)/2 cm; the character's 42 + 41 cm: scale 0.83 / 0.807.
        Assert.Equal(0.83f / 0.8074f, retargeted.Report.Scale, 2e-3f);
        Vector3 recorded = walk.Clip.RootPositions[^1] - walk.Clip.RootPositions[0];
        Vector3 travel = Root(clip, clip.FrameCount - 1) - Root(clip, 0);
        Assert.Equal(recorded.X * retargeted.Report.Scale, travel.X, 0.05f);
        Assert.Equal(recorded.Y * retargeted.Report.Scale, travel.Y, 0.05f);
        Assert.Equal(walk.Clip.FrameRate, clip.FrameRate);
        Assert.Equal(walk.Clip.FrameCount, clip.FrameCount);
    }

    [Theory]
    [InlineData("walk_forward")]
    [InlineData("run_fast")]
    [InlineData("cartwheel")]
    [InlineData("squats")]
    public void Feet_hold_knees_bend_forward_nothing_sinks_and_no_joint_leaves_its_range(string name)
    {
        RetargetedClip retargeted = new Retargeter(Humanoid).Retarget(Shipped(name));
        RetargetReport report = retargeted.Report;
        Assert.InRange(report.PositionError.Median, 0, 0.02f);
        Assert.InRange(report.Sliding.Largest, 0, 0.01f);
        Assert.InRange(report.ContactHeight.Largest, 0, 0.005f);
        Assert.InRange(report.Penetration.Largest, 0, 0.005f);
        Assert.InRange(report.LimitExcess, 0, 1e-4f);
        Assert.InRange(report.ContactShare, 0.4f, 1);
        foreach (string knee in new[] { "left_knee", "right_knee" })
        {
            int at = CharacterMotions.Joint(knee).PositionIndex;
            float[] angles = [.. Enumerable.Range(0, retargeted.Clip.FrameCount).Select(frame => retargeted.Clip.PositionsAt(frame)[at])];
            Assert.InRange(angles.Min(), 0, 1);
            Assert.InRange(angles.Max(), 0.5f, 2.7f);
        }
    }

    [Fact]
    public void The_report_says_of_every_joint_how_far_the_fit_turned_it()
    {
        RetargetReport report = new Retargeter(Humanoid).Retarget(Shipped("walk_forward")).Report;

        // All of the humanoid's bodies with a role but the pelvis, which floats.
        JointRole[] roles = [.. report.Joints.Select(joint => joint.Role)];
        Assert.Contains(JointRole.LeftShin, roles);
        Assert.Contains(JointRole.RightUpperArm, roles);
        Assert.DoesNotContain(JointRole.Pelvis, roles);
        Assert.All(report.Joints, joint => Assert.Equal(79, joint.Turn.Count));

        // Feet are brought to the ground, the head follows as it is: a walk bends neither by much, but the feet by more.
        float Median(JointRole role) => report.Joints.Single(joint => joint.Role == role).Turn.Median;
        Assert.All(report.Joints, joint => Assert.InRange(joint.Turn.Median, 0, 0.35f));
        Assert.True(Median(JointRole.LeftFoot) > Median(JointRole.Head));
        Assert.True(Median(JointRole.LeftFoot) > 0.001f);
    }

    [Fact]
    public void A_foot_that_is_lifted_slowly_lets_go_of_the_ground()
    {
        // The dancer's right foot leaves the ground so slowly that speed does not tell: its heel is 10 cm up after 1.4 s, when it rests at 6.
        RetargetedClip retargeted = new Retargeter(Humanoid).Retarget(Shipped("arms_stretch_up"));
        Assert.All(retargeted.Clip.Contacts.Skip(45), contacts => Assert.Equal(FootContacts.Left, contacts));

        // Held down it would drag the pelvis with it and bend the leg that stands.
        Assert.InRange(retargeted.Report.PositionError.Median, 0, 0.033f);
    }

    [Fact]
    public void The_characters_own_motion_comes_back_as_it_was() => Prop.ForAll(
        Gen.Elements("walk_forward", "run_forward", "punch", "sidestep_left", "jump_up").ToArbitrary(),
        name =>
        {
            Retargeter retargeter = new(Humanoid);
            CharacterClip first = retargeter.Retarget(Shipped(name)).Clip;
            CharacterClip again = retargeter.Retarget(SkeletonAnalysis.Analyse(OwnRecording(first))).Clip;
            (float place, float turn) = Difference(first, again);
            return (place < 0.012f && turn < 0.08f).Label($"{name}: {place * 1000:0.0} mm, {turn:0.000} rad");
        }).Holds(5);

    [Fact]
    public void The_pose_that_a_skeleton_rests_in_changes_nothing() => Prop.ForAll(Gen.Choose(0, 1_000_000).ToArbitrary(), RestChangesNothing).Holds();

    // Heaps of bones whose legs happen to stand below the shoulders.
    [Theory]
    [InlineData(2)]
    [InlineData(42)]
    [InlineData(52)]
    [InlineData(809060)]
    public void A_heap_of_bones_whose_legs_stand_is_still_a_heap(int seed) => RestChangesNothing(seed).Holds(1);

    [Fact]
    public void Units_and_axes_of_a_file_change_nothing()
    {
        RawClip raw = BvhReader.Read(Repository.PathOf("motions", "walk_forward.bvh"));
        Retargeter retargeter = new(Humanoid);
        CharacterClip plain = retargeter.Retarget(SkeletonAnalysis.Analyse(raw)).Clip;
        Quaternion toZUp = FileAxes.Basis(-Vector3.UnitY, Vector3.UnitZ) * Quaternion.Conjugate(FileAxes.Basis(Vector3.UnitZ, Vector3.UnitY));
        CharacterClip other = retargeter.Retarget(SkeletonAnalysis.Analyse(raw.Scaled(1 / 2.54f).Turned(toZUp))).Clip;
        (float place, float turn) = Difference(plain, other);
        Assert.InRange(place, 0, 2e-3f);
        Assert.InRange(turn, 0, 1e-2f);
    }

    [Fact]
    public void Fast_recordings_are_thinned_to_about_60_frames_a_second()
    {
        AnalysedClip walk = Shipped("walk_forward");
        AnalysedClip fast = walk with { Clip = walk.Clip.Resample(120) };
        CharacterClip clip = new Retargeter(Humanoid).Retarget(fast).Clip;
        Assert.Equal(60, clip.FrameRate);
        Assert.Equal(((fast.Clip.FrameCount - 1) / 2) + 1, clip.FrameCount);
    }

    [Fact]
    public void A_walk_is_closed_to_a_cycle_whose_feet_hold_across_the_seam()
    {
        CharacterClip cycle = Assert.IsType<CharacterClip>(new Retargeter(Humanoid).Retarget(Shipped("walk_confident")).Cycle);
        Assert.True(cycle.IsLoop);

        // Two cycles end to end: whatever rests at the seam does not move by more than a centimetre.
        float[] twice = LoopClosing.Repeat(Humanoid, cycle.Positions, 2);
        FootContacts[] contacts = [.. cycle.Contacts, .. cycle.Contacts.Skip(1)];
        CharacterRig rig = new(Humanoid);
        ArticulatedTree tree = new(Humanoid);
        int seam = cycle.FrameCount - 1;
        bool rested = false;
        for (int part = 0; part < 4; part++)
        {
            FootSole sole = rig.Soles[part / 2];
            List<Vector3> places = [];
            for (int frame = seam - 3; frame <= seam + 3; frame++)
            {
                tree.Place(twice.AsSpan(frame * tree.PositionCount, tree.PositionCount));
                places.Add(tree.Point(sole.Body, part % 2 == 0 ? sole.Heel : sole.Toe));
            }

            if (Enumerable.Range(seam - 3, 7).All(frame => contacts[frame].HasFlag((FootContacts)(1 << part))))
            {
                rested = true;
                Assert.InRange(places.Max(place => Vector3.Distance(place, places[3])), 0, 0.01f);
            }
        }

        Assert.True(rested);
        Assert.Null(new Retargeter(Humanoid).Retarget(Shipped("jump_up")).Cycle);
    }

    [Fact]
    public void A_character_without_legs_is_refused()
    {
        Character headless = CharacterReader.Parse("<mujoco><worldbody><body name='ball'><freejoint/><geom type='sphere' size='0.1'/></body></worldbody></mujoco>", "ball.xml");
        Assert.Contains("no joint found for", Assert.Throws<InputException>(() => new Retargeter(headless)).Message, StringComparison.Ordinal);
    }

    private static Property RestChangesNothing(int seed)
    {
        RawClip raw = BvhReader.Read(Repository.PathOf("motions", "walk_slow_and_stop.bvh"));
        Random random = new(seed);
        Quaternion[] turns = [.. raw.Skeleton.Joints.Select(_ => Quaternion.CreateFromYawPitchRoll(random.NextSingle() * 6, random.NextSingle() * 6, random.NextSingle() * 6))];
        Retargeter retargeter = new(Humanoid);
        CharacterClip plain = retargeter.Retarget(SkeletonAnalysis.Analyse(raw)).Clip;
        AnalysedClip odd = SkeletonAnalysis.Analyse(raw.Resting(turns));
        (float place, float turn) = Difference(plain, retargeter.Retarget(odd).Clip);

        // Its reference is a frame of the walk, whose head and feet are not quite those of a figure at rest.
        return (odd.Report.RestPose.Value == RestPoseKind.Arbitrary && place < 0.08f && turn < 0.4f).Label($"seed {seed}: {place * 1000:0} mm, {turn:0.00} rad");
    }

    private static AnalysedClip Shipped(string name) => SkeletonAnalysis.Analyse(BvhReader.Read(Repository.PathOf("motions", $"{name}.bvh")));

    private static RawClip OwnRecording(CharacterClip clip)
    {
        Clip own = CharacterSkeleton.Of(Humanoid).ToClip(clip.Name, clip.FrameRate, clip.Positions);
        return new RawClip
        {
            Name = own.Name,
            Format = ClipFormat.Npz,
            Skeleton = own.Skeleton,
            FrameRate = own.FrameRate,
            RootPositions = own.RootPositions,
            Rotations = own.Rotations,
            MetresPerUnit = 1,
            Up = Vector3.UnitZ,
            Forward = Vector3.UnitX,
        };
    }

    private static Vector3 Root(CharacterClip clip, int frame) => PositionVector.RootPosition(Humanoid.Joints[0], clip.PositionsAt(frame));

    // Nineteen in twenty bodies are not farther apart than this, m, relative to the root and rad.
    private static (float Place, float Turn) Difference(CharacterClip first, CharacterClip second)
    {
        Vector3[][] places = [new Vector3[Humanoid.Bodies.Length], new Vector3[Humanoid.Bodies.Length]];
        Quaternion[][] turns = [new Quaternion[Humanoid.Bodies.Length], new Quaternion[Humanoid.Bodies.Length]];
        List<float> distances = [];
        List<float> angles = [];
        for (int frame = 0; frame < Math.Min(first.FrameCount, second.FrameCount); frame++)
        {
            ForwardKinematics.Compute(Humanoid, first.PositionsAt(frame), places[0], turns[0]);
            ForwardKinematics.Compute(Humanoid, second.PositionsAt(frame), places[1], turns[1]);
            for (int body = 0; body < places[0].Length; body++)
            {
                distances.Add(Vector3.Distance(places[0][body] - places[0][0], places[1][body] - places[1][0]));
                angles.Add(Rotations.ToVector(turns[0][body] * Quaternion.Conjugate(turns[1][body])).Length());
            }
        }

        return (Spread.Of(distances).Percentile95, Spread.Of(angles).Percentile95);
    }
}
