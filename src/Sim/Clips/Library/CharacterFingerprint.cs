using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Motion.Sim.Characters;

namespace Motion.Sim.Clips.Library;

/// <summary>
/// Tells characters apart by what a motion depends on: bodies, where they hang, and their joints. Masses, shapes and gains may differ.
/// </summary>
public static class CharacterFingerprint
{
    /// <summary>Bytes in a fingerprint.</summary>
    public const int Size = 32;

    /// <summary>The fingerprint of a character's tree.</summary>
    public static byte[] Of(Character character)
    {
        ArgumentNullException.ThrowIfNull(character);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (Body body in character.Bodies)
        {
            Add(hash, body.Name);
            Add(hash, body.Parent, body.JointCount);
            Add(hash, body.Position);
            Add(hash, new Vector3(body.Rotation.X, body.Rotation.Y, body.Rotation.Z));
            Add(hash, body.Rotation.W);
        }

        foreach (Joint joint in character.Joints)
        {
            Add(hash, (int)joint.Kind, joint.PositionIndex, joint.VelocityIndex);
            Add(hash, joint.Anchor);
            Add(hash, joint.Kind == JointKind.Hinge ? joint.Axis : Vector3.Zero);
        }

        return hash.GetHashAndReset();
    }

    private static void Add(IncrementalHash hash, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Add(hash, bytes.Length);
        hash.AppendData(bytes);
    }

    private static void Add(IncrementalHash hash, Vector3 vector) => Add(hash, vector.X, vector.Y, vector.Z);

    private static void Add(IncrementalHash hash, params ReadOnlySpan<float> numbers)
    {
        Span<byte> bytes = stackalloc byte[4];
        foreach (float number in numbers)
        {
            // Zero has two signs and one meaning.
            BinaryPrimitives.WriteSingleLittleEndian(bytes, number == 0 ? 0 : number);
            hash.AppendData(bytes);
        }
    }

    private static void Add(IncrementalHash hash, params ReadOnlySpan<int> numbers)
    {
        Span<byte> bytes = stackalloc byte[4];
        foreach (int number in numbers)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
            hash.AppendData(bytes);
        }
    }
}
