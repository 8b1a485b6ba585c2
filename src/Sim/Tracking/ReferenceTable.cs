using System.Numerics;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Library;
using Motion.Sim.Clips.Retargeting;

namespace Motion.Sim.Tracking;

/// <summary>One clip of a <see cref="ReferenceTable"/>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="First">Row of its first frame.</param>
/// <param name="Last">Frames after the first one.</param>
/// <param name="IsLoop">Whether it goes on past its last frame.</param>
/// <param name="Licence">Licence identifier of the motion.</param>
public sealed record ReferenceClip(string Name, int First, int Last, bool IsLoop, string Licence);

/// <summary>
/// The frames that worlds track, at the control rate: one row for each with positions, velocities, the places of all bodies, and the controls that
/// stand for the pose. Read-only.
/// </summary>
public sealed class ReferenceTable
{
    private readonly Character _character;
    private readonly float[] _rows;
    private readonly GroundDisplacement[][] _cycles;

    private ReferenceTable(Character character, ReferenceClip[] clips, float[] rows, int controlRate)
    {
        (_character, Clips, _rows, ControlRate) = (character, clips, rows, controlRate);
        VelocityStart = character.PositionCount;
        BodyStart = VelocityStart + character.VelocityCount;
        ControlStart = BodyStart + (3 * character.Bodies.Length);
        Stride = StrideOf(character);
        _cycles = [.. clips.Select(CyclesOf)];
        ContactAllowed = [.. clips.Select(ContactsOf)];
    }

    /// <summary>The clips.</summary>
    public IReadOnlyList<ReferenceClip> Clips { get; }

    /// <summary>Frames per second.</summary>
    public int ControlRate { get; }

    /// <summary>Frames of all clips.</summary>
    public int RowCount => _rows.Length / Stride;

    internal int Stride { get; }

    internal int VelocityStart { get; }

    internal int BodyStart { get; }

    internal int ControlStart { get; }

    /// <summary>Which bodies a clip itself brings to the ground: [clip][body].</summary>
    internal bool[][] ContactAllowed { get; }

    /// <summary>Reads clips of a library.</summary>
    /// <param name="library">Where the clips are.</param>
    /// <param name="clips">Indices of clips, each once.</param>
    /// <param name="options">Says the control rate and what stands for a pose.</param>
    /// <exception cref="MotionException">A clip cannot be tracked: names clip, frame and joint.</exception>
    public static ReferenceTable Read(ClipLibrary library, ReadOnlySpan<int> clips, TrackingOptions options)
    {
        ArgumentNullException.ThrowIfNull(library);
        ArgumentNullException.ThrowIfNull(options);
        List<CharacterClip> read = [];
        foreach (int index in clips)
        {
            read.Add(ReadClip(library, index, options.ControlRate));
        }

        return Of(read, options);
    }

    /// <summary>Takes clips as they are, resampled to the control rate.</summary>
    /// <param name="clips">At least one clip; all of one character.</param>
    /// <param name="options">Says the control rate and what stands for a pose.</param>
    /// <exception cref="MotionException">A clip cannot be tracked: names clip, frame and joint.</exception>
    public static ReferenceTable Of(IReadOnlyList<CharacterClip> clips, TrackingOptions options)
    {
        ArgumentNullException.ThrowIfNull(clips);
        ArgumentNullException.ThrowIfNull(options);
        Character character = clips[0].Character;
        PoseControls controls = new(character, options.ActionCenter);
        ReferenceClip[] table = new ReferenceClip[clips.Count];
        CharacterClip[] sampled = [.. clips.Select(clip => clip.Resample(options.ControlRate))];
        float[] rows = new float[sampled.Sum(clip => clip.FrameCount) * StrideOf(character)];
        int first = 0;
        for (int index = 0; index < sampled.Length; index++)
        {
            CharacterClip clip = sampled[index];
            TrackableClip.Check(clip, options);
            table[index] = new ReferenceClip(clip.Name, first, clip.FrameCount - 1, clip.IsLoop, clip.Licence);
            for (int frame = 0; frame < clip.FrameCount; frame++)
            {
                FillRow(clip, frame, controls, rows.AsSpan((first + frame) * StrideOf(character), StrideOf(character)));
            }

            first += clip.FrameCount;
        }

        return new ReferenceTable(character, table, rows, options.ControlRate);
    }

    /// <summary>Position vector of a frame of a clip, before any loop's displacement.</summary>
    public ReadOnlySpan<float> Positions(int clip, int frame) => Row(clip, frame)[..VelocityStart];

    /// <summary>Velocity vector of a frame of a clip.</summary>
    public ReadOnlySpan<float> Velocities(int clip, int frame) => Row(clip, frame)[VelocityStart..BodyStart];

    /// <summary>The row of a frame that may lie past the clip's end, and where loops have carried the clip by then.</summary>
    /// <param name="clip">Index of the clip.</param>
    /// <param name="frame">Frame from the clip's start, 0 or more; past the end, a loop goes on and another clip stays on its last frame.</param>
    internal (int Row, GroundDisplacement Moved) Locate(int clip, int frame)
    {
        ReferenceClip track = Clips[clip];
        if (!track.IsLoop || frame < track.Last)
        {
            return (track.First + Math.Min(frame, track.Last), default);
        }

        int cycle = frame / track.Last;
        GroundDisplacement[] known = _cycles[clip];
        return (track.First + (frame % track.Last), cycle < known.Length ? known[cycle] : known[1].Repeated(cycle));
    }

    /// <summary>Where a cycle of a loop carries it; nowhere for another clip.</summary>
    internal GroundDisplacement CycleOf(int clip) => _cycles[clip][1];

    internal ReadOnlySpan<float> RowAt(int row) => _rows.AsSpan(row * Stride, Stride);

    private static int StrideOf(Character character) =>
        (character.PositionCount + character.VelocityCount + (3 * character.Bodies.Length) + character.Actuators.Length + 15) / 16 * 16;

    private static CharacterClip ReadClip(ClipLibrary library, int index, int rate)
    {
        LibraryClip entry = library.Clips[index];
        Character character = library.Character;
        CharacterClip clip = new()
        {
            Name = entry.Name,
            Character = character,
            FrameRate = entry.FrameRate,
            Positions = new float[entry.FrameCount * character.PositionCount],
            Velocities = new float[entry.FrameCount * character.VelocityCount],
            Contacts = new FootContacts[entry.FrameCount],
            IsLoop = entry.IsLoop,
            Captions = entry.Captions,
            Licence = entry.Licence,
        };
        float[] position = new float[character.PositionCount];
        float[] velocity = new float[character.VelocityCount];
        for (int frame = 0; frame < entry.FrameCount; frame++)
        {
            library.Sample([index], [(float)(frame / entry.FrameRate)], position, velocity);
            position.CopyTo(clip.PositionsAt(frame));
            velocity.CopyTo(clip.VelocitiesAt(frame));
        }

        // Sampling a loop at its very end gives the start of the next cycle; the last frame closes the loop and is that start, moved.
        return clip.Resample(rate);
    }

    private static void FillRow(CharacterClip clip, int frame, PoseControls controls, Span<float> row)
    {
        Character character = clip.Character;
        int velocityStart = character.PositionCount, bodyStart = velocityStart + character.VelocityCount;
        clip.PositionsAt(frame).CopyTo(row);
        clip.VelocitiesAt(frame).CopyTo(row[velocityStart..]);
        Span<Vector3> places = stackalloc Vector3[character.Bodies.Length];
        Span<Quaternion> rotations = stackalloc Quaternion[character.Bodies.Length];
        ForwardKinematics.Compute(character, clip.PositionsAt(frame), places, rotations);
        for (int body = 0; body < places.Length; body++)
        {
            (row[bodyStart + (3 * body)], row[bodyStart + (3 * body) + 1], row[bodyStart + (3 * body) + 2]) = (places[body].X, places[body].Y, places[body].Z);
        }

        controls.Of(clip.PositionsAt(frame), clip.VelocitiesAt(frame), row[(bodyStart + (3 * places.Length))..]);
    }

    private ReadOnlySpan<float> Row(int clip, int frame) => RowAt(Clips[clip].First + frame);

    private GroundDisplacement[] CyclesOf(ReferenceClip clip)
    {
        const int Known = 64;
        GroundDisplacement cycle = clip.IsLoop
            ? GroundDisplacement.Between(_character, RowAt(clip.First)[..VelocityStart], RowAt(clip.First + clip.Last)[..VelocityStart])
            : default;
        return [.. Enumerable.Range(0, Known).Select(cycle.Repeated)];
    }

    private bool[] ContactsOf(ReferenceClip clip)
    {
        const float NearGround = 0.12f;
        float[] lowest = new float[_character.Bodies.Length];
        Array.Fill(lowest, float.PositiveInfinity);
        for (int frame = 0; frame <= clip.Last; frame++)
        {
            ReadOnlySpan<float> row = RowAt(clip.First + frame);
            for (int body = 0; body < lowest.Length; body++)
            {
                lowest[body] = MathF.Min(lowest[body], row[BodyStart + (3 * body) + 2]);
            }
        }

        return [.. lowest.Select(height => height < NearGround)];
    }
}
