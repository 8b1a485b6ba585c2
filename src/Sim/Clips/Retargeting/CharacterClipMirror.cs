using System.Numerics;
using Motion.Sim.Characters;

namespace Motion.Sim.Clips.Retargeting;

/// <summary>Exchanges left and right in motions of one character. One instance is used by one thread.</summary>
public sealed class CharacterClipMirror
{
    // Bodies whose rest places mirror each other within this are partners, m.
    private const float PartnerTolerance = 0.01f;

    private readonly Character _character;
    private readonly ArticulatedTree _tree;
    private readonly JointCoordinates _coordinates;
    private readonly int[] _partner;
    private readonly Quaternion[] _rest;

    /// <param name="character">Whose motions. It must be the same on both sides: every body has a partner in its mirror image at rest, or is its own.</param>
    /// <exception cref="MotionException">A body has no partner.</exception>
    public CharacterClipMirror(Character character)
    {
        ArgumentNullException.ThrowIfNull(character);
        _character = character;
        _tree = new ArticulatedTree(character);
        _coordinates = new JointCoordinates(_tree);
        Vector3[] places = new Vector3[character.Bodies.Length];
        _rest = new Quaternion[places.Length];
        ForwardKinematics.Compute(character, PositionVector.Rest(character), places, _rest);
        _partner = new int[places.Length];
        for (int body = 0; body < places.Length; body++)
        {
            _partner[body] = PartnerOf(body, places);
        }
    }

    /// <summary>
    /// The motion as a mirror in the plane of X and Z shows it: what the left did the right does. Captions that tell left from right are
    /// mirrored too. Twice gives the motion back.
    /// </summary>
    /// <param name="clip">A motion of the character.</param>
    /// <param name="name">Name of the mirrored clip.</param>
    public CharacterClip Mirror(CharacterClip clip, string name)
    {
        ArgumentNullException.ThrowIfNull(clip);
        float[] positions = new float[clip.Positions.Length];
        Quaternion[] figure = new Quaternion[_partner.Length];
        for (int frame = 0; frame < clip.FrameCount; frame++)
        {
            Span<float> at = positions.AsSpan(frame * _tree.PositionCount, _tree.PositionCount);
            (frame == 0 ? clip.PositionsAt(0) : positions.AsSpan((frame - 1) * _tree.PositionCount, _tree.PositionCount)).CopyTo(at);
            MirrorPose(clip.PositionsAt(frame), at, figure);
        }

        return (clip with
        {
            Name = name,
            Positions = positions,
            Velocities = new float[clip.Velocities.Length],
            Contacts = [.. clip.Contacts.Select(Mirror)],
            Captions = [.. clip.Captions.Select(CaptionMirror.Mirror)],
        }).WithVelocities();
    }

    private void MirrorPose(ReadOnlySpan<float> from, Span<float> to, Span<Quaternion> figure)
    {
        // Turns against the rest pose are told in the world's axes, which the mirror knows: a turn about Y stays, about X and Z it reverses.
        _tree.Place(from);
        for (int body = 0; body < _partner.Length; body++)
        {
            Quaternion turn = _tree.Rotations[body] * Quaternion.Conjugate(_rest[body]);
            figure[_partner[body]] = new Quaternion(-turn.X, turn.Y, -turn.Z, turn.W);
        }

        foreach (Joint joint in _character.Joints.Where(joint => joint.Kind == JointKind.Free))
        {
            Vector3 place = PositionVector.RootPosition(joint, from);
            PositionVector.SetRootPosition(joint, to, place with { Y = -place.Y });
            PositionVector.SetRotation(joint, to, Quaternion.Normalize(figure[joint.Body] * _rest[joint.Body]));
        }

        for (int body = 0; body < _partner.Length; body++)
        {
            if (_tree.JointsOf(body) is not [{ Kind: JointKind.Free }])
            {
                _coordinates.Turn(body, Quaternion.Normalize(figure[body] * _rest[body]), to);
            }

            _tree.PlaceBody(body, to);
        }
    }

    private static FootContacts Mirror(FootContacts contacts) =>
        (FootContacts)((((int)contacts & (int)FootContacts.Left) << 2) | (((int)contacts & (int)FootContacts.Right) >> 2));

    private int PartnerOf(int body, Vector3[] places)
    {
        Vector3 mirrored = places[body] with { Y = -places[body].Y };
        int partner = -1;
        float best = PartnerTolerance;
        for (int other = 0; other < places.Length; other++)
        {
            // Bodies in one place (a wrist and what is welded to it) are told apart by their depth and their parent's partner.
            bool fits = Depth(other) == Depth(body) && (_character.Bodies[body].Parent < 0 || _partner[_character.Bodies[body].Parent] == _character.Bodies[other].Parent);
            float distance = Vector3.Distance(places[other], mirrored);
            if (fits && distance < best)
            {
                (partner, best) = (other, distance);
            }
        }

        return partner >= 0 ? partner : throw new MotionException(
            ExitCode.BadInput, $"character '{_character.Name}' cannot be mirrored: body '{_character.Bodies[body].Name}' has no counterpart on the other side");
    }

    private int Depth(int body)
    {
        int depth = 0;
        for (; body >= 0; body = _character.Bodies[body].Parent)
        {
            depth++;
        }

        return depth;
    }
}
