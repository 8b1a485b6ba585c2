using System.Numerics;
using FsCheck.Fluent;
using Motion.Sim.Characters;
using Motion.Sim.Clips;
using Motion.Sim.Clips.Analysis;
using Motion.Sim.Clips.Readers;
using Motion.Sim.Clips.Recording;
using Motion.Sim.Clips.Retargeting;
using Motion.Sim.Clips.Writing;
using Motion.Testing;

namespace Motion.Sim.Tests.Clips.Writing;

public sealed class GltfWriterTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_is_written_is_read_back_within_a_ten_thousandth_of_a_radian_and_a_tenth_of_a_millimetre()
    {
        Prop.ForAll(RandomClips.Any, clip =>
        {
            Clip copy = GltfReadBack.Read(Save(clip));
            ClipDifference difference = ClipDifference.Between(clip, copy);
            Assert.InRange(difference.LargestRotation, 0, 1e-4);
            Assert.InRange(difference.LargestPosition, 0, 1e-4);
        }).Holds();
    }

    [Fact]
    public void Licence_and_captions_travel_with_the_file()
    {
        Clip clip = RandomClips.Make(1, 3, 2, 30) with { Licence = "CMU-mocap", Captions = ["a person bows", "he says \"hello\" – ü"] };

        Clip copy = GltfReadBack.Read(Save(clip));

        Assert.Equal("CMU-mocap", copy.Licence);
        Assert.Equal(clip.Captions.AsEnumerable(), copy.Captions);
    }

    [RequiresFact("gltf-validator")]
    public async Task The_Khronos_validator_has_nothing_to_say_of_any_skeleton()
    {
        // One joint, one frame, more joints than a byte counts, and some of every kind between.
        Clip[] clips =
        [
            RandomClips.Make(1, 1, 1, 30),
            RandomClips.Make(2, 300, 3, 29.97),
            .. Enumerable.Range(3, 12).Select(seed => RandomClips.Make(seed, 3 * seed, seed, 24 + seed)),
        ];

        Assert.Empty(await GltfValidator.Complaints([.. clips.Select(Save)]));
    }

    [RequiresFact("gltf-validator")]
    public async Task The_Khronos_validator_has_nothing_to_say_of_a_shipped_clip_on_any_skeleton()
    {
        RawClip file = BvhReader.Read(Repository.PathOf("motions", "cartwheel.bvh"));
        AnalysedClip recording = SkeletonAnalysis.Analyse(file);
        MotionRecording motion = MotionRecording.Of(new Retargeter(CharacterLibrary.Humanoid()).Retarget(recording).Clip) with { Captions = ["a person does a cartwheel"] };
        ExportMotion[] exports = [motion.OnCharacter(), motion.OnRig(new RigFile(file, recording)), new(TPose.Rebase(recording))];
        string[] paths = [.. exports.Select((_, at) => folder.PathOf($"{at}.glb")), folder.PathOf("3.glb")];
        for (int at = 0; at < exports.Length; at++)
        {
            MotionExport.Write([paths[at]], exports[at]);
        }

        MotionExport.Write([paths[3]], exports[0], new ExportOptions { FrameRate = 23.976, RootMotion = false });

        Assert.Empty(await GltfValidator.Complaints(paths));
    }

    [Fact]
    public void Times_that_single_precision_cannot_tell_apart_are_refused()
    {
        // Above 2048 s single precision counts in steps of 0.24 ms, frames at 10,000 per second are 0.1 ms apart.
        Clip clip = RandomClips.Make(1, 1, 1, 10_000);
        Clip day = clip with { RootPositions = new Vector3[21_000_000], Rotations = [.. Enumerable.Repeat(Quaternion.Identity, 21_000_000)] };

        Assert.Contains("take fewer frames per second", Assert.Throws<MotionException>(() => Save(day)).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.Root));
    }

    private string Save(Clip clip)
    {
        string path = folder.PathOf($"{Guid.NewGuid():N}.glb");
        GltfWriter.Write(path, clip);
        return path;
    }
}
