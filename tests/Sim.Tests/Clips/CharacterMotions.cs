using System.Numerics;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Retargeting;

namespace Motion.Sim.Tests.Clips;

/// <summary>Made-up motions of the shipped humanoid.</summary>
internal static class CharacterMotions
{
    public static Character Humanoid { get; } = CharacterLibrary.Humanoid();

    /// <summary>A clip whose frames a function fills in, starting from the rest pose; the function gets the time.</summary>
    public static CharacterClip Make(int frames, double frameRate, Action<float, float[]> pose, string name = "made up", bool isLoop = false)
    {
        float[] positions = new float[frames * Humanoid.PositionCount];
        for (int frame = 0; frame < frames; frame++)
        {
            float[] at = PositionVector.Rest(Humanoid);
            pose((float)(frame / frameRate), at);
            at.CopyTo(positions, frame * at.Length);
        }

        return new CharacterClip
        {
            Name = name,
            Character = Humanoid,
            FrameRate = frameRate,
            Positions = positions,
            Velocities = [],
            Contacts = new FootContacts[frames],
            IsLoop = isLoop,
        }.WithVelocities();
    }

    public static Joint Joint(string name) => Humanoid.Joints.Single(joint => joint.Name == name);

    public static void Turn(float[] positions, string joint, Vector3 rotationVector) =>
        PositionVector.SetRotation(Joint(joint), positions, Rotations.FromVector(rotationVector));

    /// <summary>A walk-like wave through all joints: root along X and turning, limbs swinging. Smooth, seeded by phase.</summary>
    public static CharacterClip Waving(string name, int frames = 40, double frameRate = 30, float phase = 0) => Make(
        frames,
        frameRate,
        (time, positions) =>
        {
            PositionVector.SetRootPosition(Humanoid.Joints[0], positions, new Vector3(time, 0.1f * MathF.Sin(time), 0.9f));
            PositionVector.SetRotation(Humanoid.Joints[0], positions, Quaternion.CreateFromAxisAngle(Vector3.UnitZ, 0.3f * time));
            foreach (Joint joint in Humanoid.Joints.Skip(1))
            {
                float swing = 0.5f * MathF.Sin((3 * time) + phase + joint.Body);
                PositionVector.SetRotation(
                    joint, positions, joint.Kind == JointKind.Hinge ? Quaternion.CreateFromAxisAngle(joint.Axis, 0.6f + swing) : Rotations.FromVector(new Vector3(swing, 0.3f * swing, 0.2f)));
            }
        },
        name);
}
