using System.Numerics;
using Motion.Sim.Characters;
using Motion.Sim.Clips;
using Motion.Sim.Clips.Analysis;
using Motion.Sim.Clips.Readers;
using Motion.Sim.Clips.Recording;
using Motion.Sim.Clips.Retargeting;
using Motion.Sim.Clips.Writing;
using Motion.Testing;

namespace Motion.Sim.Tests.Clips.Writing;

/// <summary>All files go through one start of Blender, which takes most of the time.</summary>
public sealed class BlenderTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [RequiresFact("blender", "numpy")]
    public async Task Blender_imports_every_joint_as_a_bone_within_a_millimetre_of_our_own_kinematics()
    {
        (string Name, ExportMotion Motion)[] motions =
        [
            .. Enumerable.Range(1, 4).Select(seed => ($"random{seed}", new ExportMotion(RandomClips.Make(seed, 6 * seed, 10, 30)))),
            .. new[] { "walk_forward", "cartwheel" }.Select(clip => ($"{clip}_character", OnCharacter(clip))),
            ("bow_own", new ExportMotion(TPose.Rebase(Recorded("bow")))),
        ];
        List<BlenderJob> jobs = [];
        foreach ((string name, ExportMotion motion) in motions)
        {
            string[] paths = [folder.PathOf($"{name}.bvh"), folder.PathOf($"{name}.glb")];
            MotionExport.Write(paths, motion);
            int[] frames = [0, motion.Clip.FrameCount / 2, motion.Clip.FrameCount - 1];
            jobs.AddRange(paths.Select(path => new BlenderJob(path, 30, path.EndsWith(".bvh", StringComparison.Ordinal) ? 0.01 : 1, frames)));
        }

        IReadOnlyList<BlenderImport> imports = await Blender.Import(jobs);

        for (int job = 0; job < imports.Count; job++)
        {
            Clip clip = motions[job / 2].Motion.Clip;
            SkeletonJoint[] joints = [.. clip.Skeleton.Joints];
            Assert.Equal(joints.Count(joint => !joint.IsEnd), imports[job].Bones);
            foreach (int frame in jobs[job].Frames)
            {
                Vector3[] expected = clip.PositionsWorld(frame);
                foreach (int joint in Enumerable.Range(0, joints.Length).Where(joint => !joints[joint].IsEnd))
                {
                    Vector3 head = imports[job].Head(frame, joints[joint].Name.Replace(' ', '_'));
                    Assert.True(Vector3.Distance(expected[joint], head) < 1e-3f, $"{imports[job].Path} frame {frame} {joints[joint].Name}: {head} is not {expected[joint]}");
                }
            }
        }

        Assert.All(Enumerable.Range(0, motions.Length), at => AssertMeshFollows(motions[at].Motion, imports[(2 * at) + 1]));
    }

    /// <summary>The mesh that Blender deforms has the bounds that ours has when each vertex goes with its joint.</summary>
    private static void AssertMeshFollows(ExportMotion motion, BlenderImport import)
    {
        Clip clip = motion.Clip;
        ProxyMesh mesh = motion.Mesh ?? ProxyMesh.OfBones(clip.Skeleton);
        int last = clip.FrameCount - 1;
        Vector3[] rest = clip.Skeleton.RestPositions(), places = new Vector3[rest.Length];
        Quaternion[] rotations = new Quaternion[rest.Length];
        SkeletonKinematics.Place(clip.Skeleton, clip.RootPositions[last], clip.RotationsAt(last), places, rotations);
        Vector3 lowest = new(float.MaxValue), highest = new(float.MinValue);
        for (int vertex = 0; vertex < mesh.Positions.Count; vertex++)
        {
            int joint = mesh.Joints[vertex];
            Vector3 place = places[joint] + Vector3.Transform(mesh.Positions[vertex] - rest[joint], rotations[joint]);
            lowest = Vector3.Min(lowest, place);
            highest = Vector3.Max(highest, place);
        }

        Vector3[] corners = [.. import.Vertices.Select(BlenderImport.Inside)];
        Assert.True(Vector3.Distance(lowest, Vector3.Min(corners[0], corners[1])) < 1e-3f, $"{import.Path}: {corners[0]} {corners[1]} are not {lowest} {highest}");
        Assert.True(Vector3.Distance(highest, Vector3.Max(corners[0], corners[1])) < 1e-3f, $"{import.Path}: {corners[0]} {corners[1]} are not {lowest} {highest}");
    }

    private static AnalysedClip Recorded(string clip) => SkeletonAnalysis.Analyse(BvhReader.Read(Repository.PathOf("motions", $"{clip}.bvh")));

    private static ExportMotion OnCharacter(string clip) =>
        MotionRecording.Of(new Retargeter(CharacterLibrary.Humanoid()).Retarget(Recorded(clip)).Clip).OnCharacter();
}
