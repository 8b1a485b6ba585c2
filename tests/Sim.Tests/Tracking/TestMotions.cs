using System.Numerics;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Retargeting;

namespace Motion.Sim.Tests.Tracking;

/// <summary>Small motions of the shipped humanoid that need no file.</summary>
internal static class TestMotions
{
    public static Character Humanoid { get; } = CharacterLibrary.Humanoid();

    /// <summary>Stands in the rest pose and waves its arms a little; 30 frames a second.</summary>
    public static CharacterClip Waving(int frames = 40, bool isLoop = false) => Make("waving", frames, isLoop, (frame, positions) =>
    {
        Joint shoulder = Humanoid.Joints.Single(joint => joint.Name == "left_shoulder");
        PositionVector.SetRotation(shoulder, positions, Quaternion.CreateFromAxisAngle(Vector3.UnitX, 0.3f * MathF.Sin(MathF.Tau * frame / (frames - 1))));
    });

    /// <summary>Glides forward by 1 m and turns left by a quarter over its frames, in the rest pose.</summary>
    public static CharacterClip Gliding(int frames = 31) => Make("gliding", frames, isLoop: true, (frame, positions) =>
    {
        float share = frame / (frames - 1f);
        Joint root = Humanoid.Joints[0];
        PositionVector.SetRootPosition(root, positions, new Vector3(share, 0, 0.89f));
        PositionVector.SetRotation(root, positions, Quaternion.CreateFromAxisAngle(Vector3.UnitZ, share * MathF.PI / 2));
    });

    /// <summary>Glides straight on at 2 m/s.</summary>
    public static CharacterClip Straight() => Along("straight", isLoop: true, seconds => 2 * seconds);

    /// <summary>Begins at 2 m/s, comes to stand within a second and stands for another.</summary>
    public static CharacterClip Stopping() => Along("stopping", isLoop: false, seconds => seconds > 1 ? 1 : (2 * seconds) - (seconds * seconds), frames: 61);

    private static CharacterClip Along(string name, bool isLoop, Func<float, float> place, int frames = 31) => Make(name, frames, isLoop, (frame, positions) =>
        PositionVector.SetRootPosition(Humanoid.Joints[0], positions, new Vector3(place(frame / 30f), 0, 0.89f)));

    public static CharacterClip Make(string name, int frames, bool isLoop, Action<int, float[]> pose)
    {
        float[] positions = new float[frames * Humanoid.PositionCount];
        for (int frame = 0; frame < frames; frame++)
        {
            float[] rest = PositionVector.Rest(Humanoid);
            pose(frame, rest);
            rest.CopyTo(positions, frame * rest.Length);
        }

        return new CharacterClip
        {
            Name = name,
            Character = Humanoid,
            FrameRate = 30,
            Positions = positions,
            Velocities = [],
            Contacts = new FootContacts[frames],
            IsLoop = isLoop,
        }.WithVelocities();
    }

    /// <summary>A pose with every joint turned at random, at a random place on the ground.</summary>
    public static (float[] Positions, float[] Velocities) Random(int seed)
    {
        Random random = new(seed);
        float Even(float most) => most * ((2 * random.NextSingle()) - 1);
        float[] positions = PositionVector.Rest(Humanoid);
        foreach (Joint joint in Humanoid.Joints)
        {
            if (joint.Kind == JointKind.Hinge)
            {
                positions[joint.PositionIndex] = random.NextSingle() * 2;
                continue;
            }

            PositionVector.SetRotation(joint, positions, Rotations.FromVector(new Vector3(Even(1.2f), Even(1.2f), Even(1.2f))));
        }

        PositionVector.SetRootPosition(Humanoid.Joints[0], positions, new Vector3(Even(3), Even(3), 0.9f + Even(0.3f)));
        return (positions, [.. Enumerable.Range(0, Humanoid.VelocityCount).Select(_ => Even(3))]);
    }

    /// <summary>A state moved and turned on the ground, with its velocities.</summary>
    public static (float[] Positions, float[] Velocities) Moved((float[] Positions, float[] Velocities) state, GroundDisplacement by)
    {
        float[] positions = [.. state.Positions], velocities = [.. state.Velocities];
        by.Apply(Humanoid, positions);
        Vector3 turned = Vector3.Transform(new Vector3(velocities), Quaternion.CreateFromAxisAngle(Vector3.UnitZ, by.Yaw));
        turned.CopyTo(velocities);
        return (positions, velocities);
    }
}
