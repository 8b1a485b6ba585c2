using System.Collections.Immutable;
using Motion.Sim.Characters;

namespace Motion.Sim.Clips.Retargeting;

/// <summary>
/// A motion of a character: position and velocity vectors in MuJoCo's layout (see <see cref="Character"/>), the feet's contacts, and what
/// travels with every clip: its name, captions and licence.
/// </summary>
public sealed record CharacterClip
{
    /// <summary>Identity of the clip.</summary>
    public required string Name { get; init; }

    /// <summary>The character it belongs to.</summary>
    public required Character Character { get; init; }

    /// <summary>Frames per second.</summary>
    public required double FrameRate { get; init; }

    /// <summary>Position vectors: [frame × <see cref="Characters.Character.PositionCount"/>].</summary>
    public required float[] Positions { get; init; }

    /// <summary>Velocity vectors: [frame × <see cref="Characters.Character.VelocityCount"/>].</summary>
    public required float[] Velocities { get; init; }

    /// <summary>Which feet are on the ground: [frame].</summary>
    public required FootContacts[] Contacts { get; init; }

    /// <summary>
    /// Whether the motion repeats: the last frame is the first one again, moved and turned on the ground. Time past the end then goes on from
    /// the start, from where the last cycle left the character.
    /// </summary>
    public bool IsLoop { get; init; }

    /// <summary>Sentences about it.</summary>
    public ImmutableArray<string> Captions { get; init; } = [];

    /// <summary>Licence identifier of the motion, empty when unknown.</summary>
    public string Licence { get; init; } = "";

    /// <summary>How many frames it has.</summary>
    public int FrameCount => Contacts.Length;

    /// <summary>Seconds from the first frame to the last.</summary>
    public double Duration => (FrameCount - 1) / FrameRate;

    /// <summary>Position vector of a frame.</summary>
    public Span<float> PositionsAt(int frame) => Positions.AsSpan(frame * Character.PositionCount, Character.PositionCount);

    /// <summary>Velocity vector of a frame.</summary>
    public Span<float> VelocitiesAt(int frame) => Velocities.AsSpan(frame * Character.VelocityCount, Character.VelocityCount);
}

/// <summary>Which parts of the feet rest on the ground.</summary>
[Flags]
public enum FootContacts : byte
{
    /// <summary>Neither foot.</summary>
    None = 0,

    /// <summary>The left heel.</summary>
    LeftHeel = 1,

    /// <summary>The left toes.</summary>
    LeftToe = 2,

    /// <summary>The right heel.</summary>
    RightHeel = 4,

    /// <summary>The right toes.</summary>
    RightToe = 8,

    /// <summary>Any part of the left foot.</summary>
    Left = LeftHeel | LeftToe,

    /// <summary>Any part of the right foot.</summary>
    Right = RightHeel | RightToe,
}
