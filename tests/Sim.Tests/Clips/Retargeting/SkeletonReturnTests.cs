using Motion.Sim.Characters;
using Motion.Sim.Clips;
using Motion.Sim.Clips.Analysis;
using Motion.Sim.Clips.Readers;
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

        RolePlaces places = RolePlaces.Compare(recording.Roles, recording.Clip, back);
        Assert.InRange(places.MedianDistance, 0, 0.035);
        Assert.InRange(places.MedianDirection, 0, 4 * Degree);
        Assert.Equal(recording.Clip.Skeleton, back.Skeleton);
    }

    [RequiresTheory("corpus")]
    [InlineData("starter/walk_forward.bvh")]
    [InlineData("other_rigs/cgspeed_daz_07_01.bvh")]
    [InlineData("other_rigs/fair1_dab.bvh")]
    public void Its_file_has_the_hierarchy_names_offsets_units_and_axes_of_the_first_file(string file)
    {
        RawClip raw = BvhReader.Read(Path.Combine(Requirement.Corpus, file));
        AnalysedClip recording = SkeletonAnalysis.Analyse(raw);
        using MemoryStream stream = new();

        BvhWriter.Write(stream, new RigFile(raw, recording).InFileCoordinates(recording.Clip), ExportAxes.AsIs);

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
                Assert.InRange(1 - Math.Abs(System.Numerics.Quaternion.Dot(raw.RotationsAt(frame + skipped)[joint], copy.RotationsAt(frame)[joint])), -1e-6, 1e-6);
            }
        }
    }
}
