using System.Numerics;
using Motion.Sim.Clips.Retargeting;
using Motion.Sim.Physics.Wide;

namespace Motion.Sim.Tracking;

/// <content>Changing what a world follows while it moves, and acting with controls instead of actions.</content>
public sealed unsafe partial class TrackingTask
{
    // Long enough ago that nothing is left of what it differed by.
    private const int Settled = 1 << 20;

    /// <summary>Lets a world follow another place of the clips from where it is: the reference is laid under the character, facing as it does.</summary>
    /// <param name="world">The world.</param>
    /// <param name="clip">Index of the clip.</param>
    /// <param name="frame">Frame of the clip.</param>
    public void Follow(int world, int clip, int frame)
    {
        Span<float> positions = stackalloc float[_model.PositionCount], velocities = stackalloc float[_model.VelocityCount];
        ReadPositions(world, positions);
        ReadVelocities(world, velocities);
        FollowFrom(world, clip, frame, positions, velocities);
    }

    /// <summary>Lets a world follow a clip from where it is, from the frame that is nearest to it.</summary>
    /// <param name="world">The world.</param>
    /// <param name="clip">Index of the clip.</param>
    public void Enter(int world, int clip)
    {
        Span<float> positions = stackalloc float[_model.PositionCount], velocities = stackalloc float[_model.VelocityCount];
        ReadPositions(world, positions);
        ReadVelocities(world, velocities);
        FollowFrom(world, clip, Entries.Nearest(clip, positions, velocities), positions, velocities);
    }

    /// <summary>Lets a world follow a clip from a frame on without moving anything in it: its episode begins as the world stands.</summary>
    /// <param name="world">The world.</param>
    /// <param name="clip">Index of the clip.</param>
    /// <param name="frame">Frame of the clip.</param>
    /// <param name="placement">Where the clip's origin lies on the ground.</param>
    public void Follow(int world, int clip, int frame, GroundDisplacement placement)
    {
        _tracks[world] = new WorldTrack(clip, frame, 0, placement);
        _stale[world / Rows.Width] = true;
    }

    /// <summary>Starts an episode of a world in a pose of one's own, following a clip from there.</summary>
    /// <param name="world">The world.</param>
    /// <param name="clip">Index of the clip.</param>
    /// <param name="frame">Frame of the clip.</param>
    /// <param name="positions">Position vector.</param>
    /// <param name="velocities">Velocity vector.</param>
    public void StartFrom(int world, int clip, int frame, ReadOnlySpan<float> positions, ReadOnlySpan<float> velocities)
    {
        Batch.Reset([world], positions, velocities);
        _tracks[world].Steps = 0;
        FollowFrom(world, clip, frame, positions, velocities);
    }

    /// <summary>Whether a world's reference is the clip's alone again after it was last told to follow.</summary>
    public bool IsSettled(int world) => _tracks[world].Followed > _graceSteps;

    /// <summary>Control steps since a world was last told to follow another place.</summary>
    public int StepsFollowed(int world) => _tracks[world].Followed;

    /// <summary>The joint targets that an action stands for now.</summary>
    /// <param name="world">The world.</param>
    /// <param name="action">[action].</param>
    /// <param name="controls">Result, rad: [control].</param>
    public void ControlsOf(int world, ReadOnlySpan<float> action, Span<float> controls)
    {
        ReadOnlySpan<float> center = BlendedRow(world, 1, stackalloc float[_table.Stride], out _)[_table.ControlStart..];
        for (int control = 0; control < action.Length; control++)
        {
            (float lower, float upper) = _bounds[control];
            controls[control] = MathF.Min(MathF.Max(center[control] + (_scales[control] * action[control]), lower), upper);
        }
    }

    /// <summary>Where the bodies of a world's reference are now, in the world, m.</summary>
    /// <param name="world">The world.</param>
    /// <param name="places">Result: [body].</param>
    public void ReferenceBodies(int world, Span<Vector3> places)
    {
        (int row, GroundDisplacement moved) = Locate(_tracks[world], 0);
        ReadOnlySpan<float> bodies = _table.RowAt(row)[_table.BodyStart..];
        Quaternion turn = Quaternion.CreateFromAxisAngle(Vector3.UnitZ, moved.Yaw);
        for (int body = 0; body < places.Length; body++)
        {
            places[body] = Vector3.Transform(new Vector3(bodies[3 * body], bodies[(3 * body) + 1], bodies[(3 * body) + 2]), turn) + moved.Shift;
        }
    }

    /// <summary>Acts once in every world with joint targets, rad: [world × control].</summary>
    public void StepTargets(ReadOnlySpan<float> targets)
    {
        int worlds = WorldCount, controls = ActionCount;
        for (int world = 0; world < worlds; world++)
        {
            for (int control = 0; control < controls; control++)
            {
                _controls[(control * worlds) + world] = targets[(world * controls) + control];
            }
        }

        Advance();
    }

    /// <summary>A world's position vector.</summary>
    /// <param name="world">The world.</param>
    /// <param name="positions">Result: [position].</param>
    public void ReadPositions(int world, Span<float> positions)
    {
        ReadOnlySpan<float> all = Batch.Positions;
        for (int index = 0; index < positions.Length; index++)
        {
            positions[index] = all[(index * WorldCount) + world];
        }
    }

    /// <summary>A world's velocity vector.</summary>
    /// <param name="world">The world.</param>
    /// <param name="velocities">Result: [velocity].</param>
    public void ReadVelocities(int world, Span<float> velocities)
    {
        ReadOnlySpan<float> all = Batch.Velocities;
        for (int index = 0; index < velocities.Length; index++)
        {
            velocities[index] = all[(index * WorldCount) + world];
        }
    }

    private void FollowFrom(int world, int clip, int frame, ReadOnlySpan<float> positions, ReadOnlySpan<float> velocities)
    {
        (int row, GroundDisplacement moved) = _table.Locate(clip, frame);
        _blend.Note(world, row, positions, velocities);
        GroundDisplacement under = GroundDisplacement.Between(_model.Character, MovedRow(row, moved, stackalloc float[_model.PositionCount]), positions);
        _tracks[world] = new WorldTrack(clip, frame, _tracks[world].Steps, under, Followed: 0);
        _stale[world / Rows.Width] = true;
    }

    /// <summary>The row that a world should match some steps ahead, with what is left of what it differed by, and where it is moved to.</summary>
    private ReadOnlySpan<float> BlendedRow(int world, int ahead, Span<float> room, out GroundDisplacement moved)
    {
        (int row, moved) = Locate(_tracks[world], ahead);
        float weight = _blend.WeightAfter(_tracks[world].Followed + ahead);
        if (weight == 0)
        {
            return _table.RowAt(row);
        }

        _blend.Fill(world, row, weight, room);
        return room;
    }

    private ReadOnlySpan<float> MovedRow(int row, GroundDisplacement moved, Span<float> positions)
    {
        _table.RowAt(row)[..positions.Length].CopyTo(positions);
        if (moved != default)
        {
            moved.Apply(_model.Character, positions);
        }

        return positions;
    }

    /// <summary>Carries the reference towards the character, all the way while it is new.</summary>
    private void Carry(int world)
    {
        ref WorldTrack track = ref _tracks[world];
        float share = track.Followed < _graceSteps ? 1 : Options.Carry;
        track.Followed = Math.Min(track.Followed + 1, Settled);
        if (share == 0)
        {
            return;
        }

        Span<float> positions = stackalloc float[_model.PositionCount], reference = stackalloc float[_model.PositionCount];
        ReadPositions(world, positions);
        (int row, GroundDisplacement moved) = Locate(track, 0);
        _ = MovedRow(row, moved, reference);
        GroundDisplacement whole = GroundDisplacement.Between(_model.Character, reference, positions);
        Vector3 root = new(reference[_model.RootPosition], reference[_model.RootPosition + 1], 0);
        Vector3 place = new(positions[_model.RootPosition], positions[_model.RootPosition + 1], 0);
        float yaw = share * Options.CarryFacing * MathF.IEEERemainder(whole.Yaw, MathF.Tau);

        // The turn is about the reference's own root.
        Vector3 shift = root + (share * (place - root)) - Vector3.Transform(root, Quaternion.CreateFromAxisAngle(Vector3.UnitZ, yaw));
        track.Placement = track.Placement.Then(new GroundDisplacement(yaw, shift));
    }

    /// <summary>The frame of a clip at which to enter it from the pose of a start.</summary>
    private int EntryOf(int clip, int slot)
    {
        int count = _model.PositionCount;
        return Entries.Nearest(clip, _startPositions.AsSpan(slot * count, count), _startVelocities.AsSpan(slot * _model.VelocityCount, _model.VelocityCount));
    }
}
