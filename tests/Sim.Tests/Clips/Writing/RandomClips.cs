using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Motion.Sim.Clips;

namespace Motion.Sim.Tests.Clips.Writing;

/// <summary>Clips on random trees, turned every way, gimbal lock among them.</summary>
internal static class RandomClips
{
    public static Arbitrary<Clip> Any { get; } = (
        from seed in Gen.Choose(0, int.MaxValue)
        from joints in Gen.Choose(1, 40)
        from frames in Gen.Choose(1, 8)
        from frameRate in Gen.Elements(24.0, 29.97, 30.0, 60.0, 120.0, 1000.0 / 7)
        select Make(seed, joints, frames, frameRate)).ToArbitrary();

    public static Clip Make(int seed, int jointCount, int frameCount, double frameRate)
    {
        Random random = new(seed);
        List<SkeletonJoint> joints = [new("joint 0", -1, Vector3.Zero)];
        for (int joint = 1; joint < jointCount; joint++)
        {
            int parent = random.Next(joints.Count);
            while (joints[parent].IsEnd)
            {
                parent--;
            }

            joints.Add(new($"joint {joint}", parent, Offset(random), IsEnd: random.Next(5) == 0));
        }

        return new Clip
        {
            Name = $"random {seed}",
            Skeleton = new Skeleton([.. joints]),
            FrameRate = frameRate,
            RootPositions = [.. Enumerable.Range(0, frameCount).Select(_ => 20 * Offset(random))],
            Rotations = [.. Enumerable.Range(0, frameCount * jointCount).Select(at => joints[at % jointCount].IsEnd ? Quaternion.Identity : Rotation(random))],
        };
    }

    private static Vector3 Offset(Random random) =>
        random.Next(8) == 0 ? Vector3.Zero : new(random.NextSingle() - 0.5f, random.NextSingle() - 0.5f, random.NextSingle() - 0.5f);

    private static Quaternion Rotation(Random random)
    {
        // A third in steps of a quarter turn about each axis, where Euler angles lose a degree of freedom; a third nearly so.
        int kind = random.Next(3);
        float Angle() => kind == 0 ? random.NextSingle() * MathF.Tau : (random.Next(4) * MathF.PI / 2) + (kind == 1 ? 0 : 1e-4f * random.NextSingle());
        return Quaternion.Normalize(
            Quaternion.CreateFromAxisAngle(Vector3.UnitX, Angle()) * Quaternion.CreateFromAxisAngle(Vector3.UnitY, Angle()) * Quaternion.CreateFromAxisAngle(Vector3.UnitZ, Angle()));
    }
}
