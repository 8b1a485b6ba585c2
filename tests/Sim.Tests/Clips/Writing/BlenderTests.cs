using System.Numerics;
using Motion.Sim.Clips;
using Motion.Sim.Clips.Writing;
using Motion.Testing;

namespace Motion.Sim.Tests.Clips.Writing;

public sealed class BlenderTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [RequiresFact("blender", "numpy")]
    public async Task Blender_imports_every_joint_as_a_bone_within_a_millimetre_of_our_own_kinematics()
    {
        Clip[] clips = [.. Enumerable.Range(1, 4).Select(seed => RandomClips.Make(seed, 6 * seed, 10, 30))];
        List<BlenderJob> jobs = [];
        foreach (Clip clip in clips)
        {
            string path = folder.PathOf(clip.Name);
            BvhWriter.Write($"{path}.bvh", clip);
            GltfWriter.Write($"{path}.glb", clip);
            jobs.Add(new BlenderJob($"{path}.bvh", 30, 0.01, [0, 4, 9]));
            jobs.Add(new BlenderJob($"{path}.glb", 30, 1, [0, 4, 9]));
        }

        IReadOnlyList<BlenderImport> imports = await Blender.Import(jobs);

        for (int job = 0; job < imports.Count; job++)
        {
            Clip clip = clips[job / 2];
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
    }
}
