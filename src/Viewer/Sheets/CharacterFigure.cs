using System.Collections.Immutable;
using System.Numerics;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Analysis;
using Motion.Sim.Clips.Retargeting;

namespace Motion.Viewer.Sheets;

/// <summary>A character as it is at a time of a clip, ready to be drawn.</summary>
internal sealed class CharacterFigure
{
    private readonly CharacterClip _clip;
    private readonly Vector3[] _positions;
    private readonly Quaternion[] _rotations;
    private readonly JointRoles _roles;
    private readonly ImmutableArray<Colour> _colours;
    private int _frame;

    public CharacterFigure(CharacterClip clip)
    {
        _clip = clip;
        _positions = new Vector3[clip.Character.Bodies.Length];
        _rotations = new Quaternion[_positions.Length];
        (_roles, _colours) = FigureColours.Of(clip.Character);
        Vector3 forward = Vector3.Transform(Vector3.UnitX, PositionVector.Rotation(clip.Character.Joints.First(joint => joint.Kind == JointKind.Free), clip.PositionsAt(0)));
        StartHeading = MathF.Atan2(forward.Y, forward.X);
    }

    /// <summary>Where it faces at first, rad from X.</summary>
    public float StartHeading { get; }

    /// <summary>Where its root is, m.</summary>
    public Vector3 Root => _positions[0];

    /// <summary>Ankles of the feet that rest, and their colours.</summary>
    public IEnumerable<(Vector3 Place, Colour Colour)> RestingFeet
    {
        get
        {
            for (int side = 0; side < 2; side++)
            {
                if ((_clip.Contacts[_frame] & (side == 0 ? FootContacts.Left : FootContacts.Right)) != 0)
                {
                    yield return (_positions[_roles[JointRole.LeftFoot + side]], side == 0 ? Colour.Left : Colour.Right);
                }
            }
        }
    }

    /// <summary>The round shapes' axes and radii, a ball around everything else: what casts a shadow.</summary>
    public IEnumerable<(Vector3 From, Vector3 To, float Radius)> Blobs =>
        from shape in _clip.Character.Shapes
        where shape.Body >= 0
        let middle = _positions[shape.Body] + Vector3.Transform(shape.Position, _rotations[shape.Body])
        let half = shape.Kind == ShapeKind.Capsule ? Vector3.Transform(new Vector3(0, 0, shape.Size.Y), _rotations[shape.Body] * shape.Rotation) : Vector3.Zero
        select (middle - half, middle + half, shape.Kind == ShapeKind.Box ? (shape.Size.X + shape.Size.Y) / 2 : shape.Size.X);

    /// <summary>Puts it where it is at the frame nearest to a time.</summary>
    public void Place(double seconds)
    {
        _frame = Math.Clamp((int)Math.Round(seconds * _clip.FrameRate), 0, _clip.FrameCount - 1);
        ForwardKinematics.Compute(_clip.Character, _clip.PositionsAt(_frame), _positions, _rotations);
    }

    /// <summary>Draws its shapes.</summary>
    public void Draw(IStage stage)
    {
        foreach (Shape shape in _clip.Character.Shapes.Where(shape => shape.Body >= 0))
        {
            Solids.Draw(stage, shape, _positions[shape.Body], _rotations[shape.Body], _colours[shape.Body]);
        }
    }
}
