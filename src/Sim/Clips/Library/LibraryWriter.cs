using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Retargeting;

namespace Motion.Sim.Clips.Library;

/// <summary>Packs clips of one character into the file that <see cref="ClipLibrary"/> maps into memory.</summary>
public static class LibraryWriter
{
    /// <summary>Writes a library, whole or not at all.</summary>
    /// <param name="path">Where it shall be.</param>
    /// <param name="clips">At least one clip; names differ, all belong to characters of one fingerprint.</param>
    /// <exception cref="MotionException">Clips of two characters, two clips of one name, no clip, or a place that cannot be written.</exception>
    public static void Write(string path, IReadOnlyList<CharacterClip> clips)
    {
        ArgumentNullException.ThrowIfNull(clips);
        byte[] fingerprint = CheckedFingerprint(clips);
        Character character = clips[0].Character;
        LibraryFormat format = new(character.PositionCount, character.VelocityCount, clips.Sum(clip => (long)clip.FrameCount));
        AtomicFile.Write(path, stream =>
        {
            stream.Write(new byte[LibraryFormat.HeaderSize]);
            using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            void Put(ReadOnlySpan<byte> bytes)
            {
                hash.AppendData(bytes);
                stream.Write(bytes);
            }

            float[] positions = new float[format.PositionStride];
            foreach (CharacterClip clip in clips)
            {
                for (int frame = 0; frame < clip.FrameCount; frame++)
                {
                    ReadOnlySpan<float> before = frame == 0 ? [] : [.. positions];
                    clip.PositionsAt(frame).CopyTo(positions);
                    KeepHemisphere(character, before, positions);
                    Put(MemoryMarshal.AsBytes(positions.AsSpan()));
                }
            }

            float[] velocities = new float[format.VelocityStride];
            foreach (CharacterClip clip in clips)
            {
                for (int frame = 0; frame < clip.FrameCount; frame++)
                {
                    clip.VelocitiesAt(frame).CopyTo(velocities);
                    Put(MemoryMarshal.AsBytes(velocities.AsSpan()));
                }
            }

            foreach (CharacterClip clip in clips)
            {
                Put(MemoryMarshal.AsBytes(clip.Contacts.AsSpan()));
            }

            Put(new byte[format.TableAt - format.ContactsAt - format.FrameCount]);
            byte[] table = LibraryFormat.WriteTable(character.Name, Entries(clips));
            stream.Write(table);
            byte[] header = new byte[LibraryFormat.HeaderSize];
            LibraryFormat.WriteHeader(header, format, fingerprint, table.Length, hash.GetHashAndReset(), SHA256.HashData(table));
            stream.Position = 0;
            stream.Write(header);
        });
    }

    private static IEnumerable<LibraryClip> Entries(IReadOnlyList<CharacterClip> clips)
    {
        long first = 0;
        foreach (CharacterClip clip in clips)
        {
            yield return LibraryFormat.Entry(clip, first);
            first += clip.FrameCount;
        }
    }

    // A quaternion and its negative are one rotation; stored next to each other they must not lie on opposite sides.
    private static void KeepHemisphere(Character character, ReadOnlySpan<float> before, Span<float> positions)
    {
        foreach (Joint joint in character.Joints.Where(joint => joint.Kind != JointKind.Hinge))
        {
            int at = joint.PositionIndex + (joint.Kind == JointKind.Free ? 3 : 0);
            float dot = before.IsEmpty ? positions[at]
                : (before[at] * positions[at]) + (before[at + 1] * positions[at + 1]) + (before[at + 2] * positions[at + 2]) + (before[at + 3] * positions[at + 3]);
            if (dot < 0)
            {
                for (int part = at; part < at + 4; part++)
                {
                    positions[part] = -positions[part];
                }
            }
        }
    }

    private static byte[] CheckedFingerprint(IReadOnlyList<CharacterClip> clips)
    {
        if (clips.Count == 0)
        {
            throw new MotionException(ExitCode.BadInput, "a clip library needs at least one clip");
        }

        byte[] first = CharacterFingerprint.Of(clips[0].Character);
        Character known = clips[0].Character;
        HashSet<string> names = [];
        foreach (CharacterClip clip in clips)
        {
            if (!ReferenceEquals(clip.Character, known) && !CharacterFingerprint.Of(clip.Character).AsSpan().SequenceEqual(first))
            {
                throw new MotionException(
                    ExitCode.BadInput,
                    $"clip '{clip.Name}' belongs to another skeleton ('{clip.Character.Name}') than clip '{clips[0].Name}' ('{known.Name}'): keep them in two libraries, or import it for '{known.Name}'");
            }

            if (!names.Add(clip.Name))
            {
                throw new MotionException(ExitCode.BadInput, $"two clips are called '{clip.Name}': give one of them another name");
            }

            if (clip.FrameCount < 2)
            {
                throw new MotionException(ExitCode.BadInput, $"clip '{clip.Name}' has {clip.FrameCount} frame: a library holds motion, two frames or more");
            }
        }

        return first;
    }
}
