using System.Collections.Immutable;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Retargeting;
using Motion.Sim.Clips.Writing;

namespace Motion.Sim.Clips.Recording;

/// <summary>What a character did: its positions at an even pace, wherever they come from, with what travels along.</summary>
public sealed record MotionRecording
{
    /// <summary>Name of the recording.</summary>
    public required string Name { get; init; }

    /// <summary>Who moved.</summary>
    public required Character Character { get; init; }

    /// <summary>Frames per second.</summary>
    public required double FrameRate { get; init; }

    /// <summary>Position vectors in MuJoCo's layout: [frame × <see cref="Characters.Character.PositionCount"/>].</summary>
    public required float[] Positions { get; init; }

    /// <summary>Licence identifier of the motion it was made from, empty when unknown.</summary>
    public string Licence { get; init; } = "";

    /// <summary>Sentences about it.</summary>
    public ImmutableArray<string> Captions { get; init; } = [];

    /// <summary>How many frames it has.</summary>
    public int FrameCount => Positions.Length / Character.PositionCount;

    /// <summary>A clip of the character as a recording.</summary>
    public static MotionRecording Of(CharacterClip clip)
    {
        ArgumentNullException.ThrowIfNull(clip);
        return new MotionRecording
        {
            Name = clip.Name,
            Character = clip.Character,
            FrameRate = clip.FrameRate,
            Positions = clip.Positions,
            Licence = clip.Licence,
            Captions = clip.Captions,
        };
    }

    /// <summary>The motion as a clip: its velocities told by its positions, its contacts by which heels and toes are within a centimetre of the ground.</summary>
    /// <exception cref="MotionException">The character is not a person, or there are fewer than two frames.</exception>
    public CharacterClip ToClip()
    {
        const float Touching = 0.01f;
        if (FrameCount < 2)
        {
            throw new MotionException(ExitCode.BadInput, $"recording '{Name}' has {FrameCount} frame: motion wants two or more");
        }

        CharacterRig rig = new(Character);
        ArticulatedTree tree = new(Character);
        FootContacts[] contacts = new FootContacts[FrameCount];
        for (int frame = 0; frame < contacts.Length; frame++)
        {
            tree.Place(Positions.AsSpan(frame * Character.PositionCount, Character.PositionCount));
            for (int side = 0; side < 2; side++)
            {
                FootSole sole = rig.Soles[side];
                contacts[frame] |= tree.Point(sole.Body, sole.Heel).Z < Touching ? (FootContacts)(1 << (2 * side)) : 0;
                bool toes = Math.Min(tree.Point(sole.Body, sole.ToeLeft).Z, tree.Point(sole.Body, sole.ToeRight).Z) < Touching;
                contacts[frame] |= toes ? (FootContacts)(2 << (2 * side)) : 0;
            }
        }

        return new CharacterClip
        {
            Name = Name,
            Character = Character,
            FrameRate = FrameRate,
            Positions = Positions,
            Velocities = [],
            Contacts = contacts,
            Captions = Captions,
            Licence = Licence,
        }.WithVelocities();
    }

    /// <summary>The motion as animation tools take it: on the character's skeleton, resting in a T-pose, with its shapes for a body.</summary>
    public ExportMotion OnCharacter() => OnCharacter(CharacterSkeleton.Of(Character));

    /// <summary>As <see cref="OnCharacter()"/>, where the skeleton is made already.</summary>
    /// <param name="skeleton">The character's skeleton.</param>
    public ExportMotion OnCharacter(CharacterSkeleton skeleton)
    {
        ArgumentNullException.ThrowIfNull(skeleton);
        return new ExportMotion(WithCredits(skeleton.ToClip(Name, FrameRate, Positions))) { Mesh = skeleton.Mesh, Remarks = skeleton.Approximations };
    }

    /// <summary>The motion on a rig of the user's own.</summary>
    /// <param name="rig">The rig.</param>
    /// <exception cref="MotionException">The character is not a person.</exception>
    public ExportMotion OnRig(RigFile rig)
    {
        ArgumentNullException.ThrowIfNull(rig);
        return new ExportMotion(WithCredits(new SkeletonReturn(Character, rig.Understood).Apply(Name, FrameRate, Positions))) { Rig = rig };
    }

    private Clip WithCredits(Clip clip) => clip with { Licence = Licence, Captions = Captions };
}
