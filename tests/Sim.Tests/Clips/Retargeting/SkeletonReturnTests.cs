using System.Numerics;
using Motion.Sim.Characters;
using Motion.Sim.Clips;
using Motion.Sim.Clips.Analysis;
using Motion.Sim.Clips.Readers;
using Motion.Sim.Clips.Recording;
using Motion.Sim.Clips.Retargeting;
using Motion.Sim.Clips.Writing;
using Motion.Testing;

namespace Motion.Sim.Tests.Clips.Retargeting;

public sealed class SkeletonReturnTests
{
    private const double Degree = Math.PI / 180;

    [Theory]
    [InlineData("walk_forward")]
    [InlineData("cartwheel")]
    [InlineData("jumping_jacks")]
    public void A_shipped_clip_given_to_the_character_comes_back_to_its_own_rig(string clip) =>
        ComesBack(BvhReader.Read(Repository.PathOf("motions", $"{clip}.bvh")));

    [RequiresTheory("corpus")]
    [InlineData("cmu/bvh/127_14.bvh")]
    [InlineData("other_rigs/cgspeed_daz_07_01.bvh")]
    [InlineData("other_rigs/cgspeed_motionbuilder_06_01.bvh")]
    [InlineData("other_rigs/fair1_dab.bvh")]
    public void A_foreign_recording_given_to_the_character_comes_back_to_its_own_rig(string file) =>
        ComesBack(BvhReader.Read(Path.Combine(Requirement.Corpus, file)));

    private static void ComesBack(RawClip raw)
    {
        AnalysedClip recording = SkeletonAnalysis.Analyse(raw);
        Character humanoid = CharacterLibrary.Humanoid();
        CharacterClip there = new Retargeter(humanoid).Retarget(recording).Clip;

        Clip back = new SkeletonReturn(humanoid, recording).Apply(there.Name, there.FrameRate, there.Positions);

        RolePlaces places = RolePlaces.Compare(recording.Roles, recording.Clip.Resample(there.FrameRate), back);
        Assert.InRange(places.MedianDistance, 0, 0.035);
        Assert.InRange(places.MedianDirection, 0, 4 * Degree);
        Assert.Equal(recording.Clip.Skeleton, back.Skeleton);
    }

    [Theory]
    [MemberData(nameof(RigStyleTests.Names), MemberType = typeof(RigStyleTests))]
    public void Limbs_of_a_rig_of_every_style_point_where_the_character_s_do(string name)
    {
        Character humanoid = CharacterLibrary.Humanoid();
        MotionRecording motion = MotionRecording.Of(new Retargeter(humanoid).Retarget(SkeletonAnalysis.Analyse(BvhReader.Read(Repository.PathOf("motions", "karate_punches.bvh")))).Clip);
        RigText style = RigText.All.Single(rig => rig.Name == name);
        RawClip raw = BvhText.Read(style.Text(frames: 3));
        using TempFolder folder = new();

        MotionExport.Write([folder.PathOf("rig.bvh")], motion.OnRig(new RigFile(raw, SkeletonAnalysis.Analyse(raw))));

        RawClip written = BvhReader.Read(folder.PathOf("rig.bvh"));
        AnalysedClip rig = SkeletonAnalysis.Analyse(written);
        Clip character = motion.OnCharacter().Clip;
        JointRoles bodies = RoleFinder.Find(character.Skeleton);
        Assert.Equal(raw.Skeleton.Joints.AsEnumerable(), written.Skeleton.Joints);
        Assert.Equal(character.FrameCount, rig.Clip.FrameCount);
        for (int frame = 0; frame < rig.Clip.FrameCount; frame += 5)
        {
            Vector3[] wanted = character.PositionsWorld(frame), found = rig.Clip.PositionsWorld(frame);
            for (JointRole part = JointRole.LeftUpperArm; part <= JointRole.RightShin; part++)
            {
                if (part is JointRole.LeftHand or JointRole.RightHand)
                {
                    continue;
                }

                Vector3 along = wanted[bodies[part + 2]] - wanted[bodies[part]], rigAlong = found[rig.Roles[part + 2]] - found[rig.Roles[part]];
                double angle = Math.Atan2(Vector3.Cross(along, rigAlong).Length(), Vector3.Dot(along, rigAlong));

                // Arms turn exactly as the character's; legs also make up for other proportions.
                Assert.True(angle < (part <= JointRole.RightLowerArm ? 1 : 8) * Degree, $"{part} in frame {frame}: {angle / Degree} degrees off");
            }

            Assert.InRange(found.Min(place => place.Z), -0.03f, 0.08f);
        }
    }

    [Fact]
    public void A_rig_of_a_single_frame_is_enough()
    {
        Character humanoid = CharacterLibrary.Humanoid();
        RawClip raw = BvhReader.Read(Repository.PathOf("motions", "walk_forward.bvh"));
        AnalysedClip recording = SkeletonAnalysis.Analyse(raw);
        CharacterClip there = new Retargeter(humanoid).Retarget(recording).Clip;

        Clip back = new SkeletonReturn(humanoid, SkeletonAnalysis.Analyse(raw.Cut(0, 1))).Apply(there.Name, there.FrameRate, there.Positions);

        Assert.InRange(RolePlaces.Compare(recording.Roles, recording.Clip, back).MedianDistance, 0, 0.05);
    }

    [RequiresTheory("corpus")]
    [InlineData("starter/walk_forward.bvh")]
    [InlineData("other_rigs/cgspeed_daz_07_01.bvh")]
    [InlineData("other_rigs/fair1_dab.bvh")]
    public void Its_file_has_the_hierarchy_names_offsets_units_and_axes_of_the_first_file(string file)
    {
        RawClip raw = BvhReader.Read(Path.Combine(Requirement.Corpus, file));
        AnalysedClip recording = SkeletonAnalysis.Analyse(raw);
        // A sloping floor was made level; that alone is not undone.
        Vector2 slope = recording.Report.FloorSlope.Value;
        Clip sloping = recording.Clip with
        {
            RootPositions = [.. recording.Clip.RootPositions.Select(position => position with { Z = position.Z + (slope.X * position.X) + (slope.Y * position.Y) })],
        };
        using MemoryStream stream = new();

        BvhWriter.Write(stream, new RigFile(raw, recording).InFileCoordinates(sloping), ExportAxes.AsIs);

        stream.Position = 0;
        RawClip copy = BvhReader.Read(stream, file);
        Assert.Equal(raw.Skeleton.Joints.Select(joint => (joint.Name, joint.Parent)), copy.Skeleton.Joints.Select(joint => (joint.Name, joint.Parent)));
        Assert.All(raw.Skeleton.Joints.Zip(copy.Skeleton.Joints), pair => Assert.True((pair.First.Offset - pair.Second.Offset).Length() < 1e-4f));

        // Understanding may leave out leading calibration frames; the rest is the file's own motion again, in the file's own coordinates.
        int skipped = raw.FrameCount - copy.FrameCount;
        Assert.Equal(recording.Report.SkippedFrames.Value, skipped);
        float size = raw.Skeleton.Joints.Max(joint => joint.Offset.Length());
        for (int frame = 0; frame < copy.FrameCount; frame += 7)
        {
            Assert.True((raw.RootPositions[frame + skipped] - copy.RootPositions[frame]).Length() < 1e-3f * size);
            for (int joint = 0; joint < raw.Skeleton.Joints.Length; joint++)
            {
                Assert.InRange(1 - Math.Abs(Quaternion.Dot(raw.RotationsAt(frame + skipped)[joint], copy.RotationsAt(frame)[joint])), -1e-6, 1e-6);
            }
        }
    }
}
