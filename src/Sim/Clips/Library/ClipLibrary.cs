using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Retargeting;

namespace Motion.Sim.Clips.Library;

/// <summary>
/// Thousands of clips of one character, mapped into memory from one packed file and read-only from there on. Sampling allocates nothing and is
/// safe from many threads at once. The caller disposes.
/// </summary>
public sealed unsafe class ClipLibrary : IDisposable
{
    private readonly MappedFile _file;
    private readonly ClipSampler _sampler;
    private readonly byte* _contacts;
    private readonly Dictionary<string, int> _indices;

    private ClipLibrary(MappedFile file, Character character, LibraryFormat format, ImmutableArray<LibraryClip> clips)
    {
        _file = file;
        Character = character;
        Clips = clips;
        _indices = clips.Select((clip, index) => (clip.Name, index)).ToDictionary(entry => entry.Name, entry => entry.index);
        _sampler = new ClipSampler(
            character, format, clips, (float*)(file.Pointer + LibraryFormat.PositionsAt), (float*)(file.Pointer + format.VelocitiesAt));
        _contacts = file.Pointer + format.ContactsAt;
    }

    /// <summary>Whose clips they are.</summary>
    public Character Character { get; }

    /// <summary>The clips, by the index that sampling takes.</summary>
    public ImmutableArray<LibraryClip> Clips { get; }

    /// <summary>Opens a library.</summary>
    /// <param name="path">A file that <see cref="LibraryWriter"/> made.</param>
    /// <param name="character">Who shall move by it.</param>
    /// <param name="verifyFrames">Whether to check every frame against the file's checksum (about a second per gigabyte); the header and the table of clips always are.</param>
    /// <exception cref="InputException">The file is not a library, is damaged, or belongs to another skeleton.</exception>
    public static ClipLibrary Open(string path, Character character, bool verifyFrames = true)
    {
        ArgumentNullException.ThrowIfNull(character);
        MappedFile file = new(path);
        try
        {
            (LibraryFormat format, byte[] fingerprint, int tableLength, byte[] framesHash, byte[] tableHash) = LibraryFormat.ReadHeader(
                path, file.Bytes(0, (int)Math.Min(file.Length, LibraryFormat.HeaderSize)), file.Length);
            ReadOnlySpan<byte> table = file.Bytes(format.TableAt, tableLength);
            if (!SHA256.HashData(table).AsSpan().SequenceEqual(tableHash) || (verifyFrames && !FramesHash(file, format).AsSpan().SequenceEqual(framesHash)))
            {
                throw new InputException(path, 0, 0, "is damaged: its content does not match its checksum; build it again from its clips");
            }

            LibraryTable clips = LibraryFormat.ReadTable(table);
            if (!CharacterFingerprint.Of(character).AsSpan().SequenceEqual(fingerprint))
            {
                throw new InputException(
                    path, 0, 0, $"holds clips of another skeleton ('{clips.Character}') than '{character.Name}' has: import the clips for '{character.Name}'");
            }

            return new ClipLibrary(file, character, format, clips.Clips);
        }
        catch (JsonException problem)
        {
            file.Dispose();
            throw new InputException(path, 0, 0, "is damaged: its table of clips cannot be read", problem);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Index of the clip of that name, or −1.</summary>
    public int IndexOf(string name) => _indices.GetValueOrDefault(name, -1);

    /// <summary>
    /// Samples a pose for every world of a batch. Times before a clip's start give its first pose; times past its end give its last frame,
    /// or for a loop the pose of the running cycle, moved on the ground by the cycles before. Rotations go along the shorter great
    /// circle (within 1e-4 rad of an even pace), everything else linearly.
    /// </summary>
    /// <param name="clips">Index of the clip in each world: [world].</param>
    /// <param name="times">Seconds from the start of the clip: [world].</param>
    /// <param name="positions">Receives position vectors: [position, world], world fastest.</param>
    /// <param name="velocities">Receives velocity vectors: [velocity, world]; may be empty.</param>
    /// <exception cref="ArgumentException">A span has another length than it should.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A clip index is out of range.</exception>
    public void Sample(ReadOnlySpan<int> clips, ReadOnlySpan<float> times, Span<float> positions, Span<float> velocities = default) =>
        _sampler.Sample(clips, times, positions, velocities);

    /// <summary>Which feet are on the ground in each world at those times (of the nearest frame): [world].</summary>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public void SampleContacts(ReadOnlySpan<int> clips, ReadOnlySpan<float> times, Span<FootContacts> contacts)
    {
        if (clips.Length != times.Length || clips.Length != contacts.Length)
        {
            throw new ArgumentException($"{clips.Length} clips, {times.Length} times and room for {contacts.Length} contacts should be as many");
        }

        for (int world = 0; world < clips.Length; world++)
        {
            contacts[world] = (FootContacts)_contacts[_sampler.NearestFrame(clips[world], times[world])];
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static byte[] FramesHash(MappedFile file, LibraryFormat format)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        const int Chunk = 1 << 24;
        for (long at = LibraryFormat.PositionsAt; at < format.TableAt; at += Chunk)
        {
            hash.AppendData(file.Bytes(at, (int)Math.Min(Chunk, format.TableAt - at)));
        }

        return hash.GetHashAndReset();
    }
}
