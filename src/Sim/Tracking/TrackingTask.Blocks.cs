using Motion.Sim.Clips.Retargeting;
using Motion.Sim.Physics;
using Motion.Sim.Physics.Wide;

namespace Motion.Sim.Tracking;

/// <content>What is done to sixteen worlds at a time.</content>
public sealed unsafe partial class TrackingTask
{
    /// <summary>Turns actions, [world × action], into controls, [control, world].</summary>
    private void ControlBlock(int block)
    {
        int worlds = WorldCount, actions = ActionCount;
        Span<float> controls = stackalloc float[actions];
        for (int world = block * Rows.Width; world < Math.Min((block + 1) * Rows.Width, worlds); world++)
        {
            ControlsOf(world, new ReadOnlySpan<float>(_given + (world * actions), actions), controls);
            for (int control = 0; control < actions; control++)
            {
                _controls[(control * worlds) + world] = controls[control];
            }
        }
    }

    /// <summary>Compares worlds with their reference after a step.</summary>
    private void JudgeBlock(int block)
    {
        float* start = Block(block);
        int first = block * Rows.Width, count = Math.Min(Rows.Width, WorldCount - first);
        for (int lane = 0; lane < count; lane++)
        {
            _tracks[first + lane].Frame++;
            _tracks[first + lane].Steps++;
            Carry(first + lane);
        }

        GatherState(block);
        GatherReference(block, 0);
        _kernel.Judge(start);
        for (int lane = 0; lane < count; lane++)
        {
            JudgeWorld(start + lane, first + lane);
        }

        if (_truncated.AsSpan(first, count).Contains(true))
        {
            ObserveInto(block, _final);
        }
    }

    private void JudgeWorld(float* column, int world)
    {
        WorldTrack track = _tracks[world];
        Span<float> errors = stackalloc float[BlockRows.TermCount];
        for (int term = 0; term < errors.Length; term++)
        {
            errors[term] = column[(_rows.Terms + term) * Rows.Width];
        }

        float deviation = column[_rows.Deviation * Rows.Width];
        _deviations[world] = deviation;
        _fallen[world] = Lies(world, _table.ContactAllowed[track.Clip]);
        bool failed = Batch.Failed[world]
            || (Options.FailureDistance > 0 && track.Followed > _graceSteps && !(deviation <= Options.FailureDistance))
            || (Options.FailOnContact && _fallen[world]);
        _failed[world] = failed;
        _terminated[world] = failed || (!Options.Repeats && Ends(track, 0));
        _truncated[world] = !_terminated[world] && track.Steps >= _episodeSteps;
        _rewards[world] = failed ? 0 : RewardOptions.Sum(_terms, errors);
    }

    private bool Ends(in WorldTrack track, int before) => !_table.Clips[track.Clip].IsLoop && track.Frame >= _table.Clips[track.Clip].Last - before;

    private bool Lies(int world, bool[] allowed)
    {
        ReadOnlySpan<float> forces = Batch.ContactForces, places = Batch.BodyPositions;
        for (int body = 0; body < allowed.Length; body++)
        {
            if (!allowed[body] && !_model.Feet.AsSpan().Contains(body) && GroundTouch.Lies(places, forces, WorldCount, world, body))
            {
                return true;
            }
        }

        return false;
    }

    private void ObserveBlock(int block)
    {
        if (_stale[block])
        {
            GatherState(block);
            _stale[block] = false;
        }

        int first = block * Rows.Width, count = Math.Min(Rows.Width, WorldCount - first);
        ObserveInto(block, new Span<float>(_given + (first * ObservationCount), count * ObservationCount), 0);
    }

    private void ObserveInto(int block, Span<float> all) => ObserveInto(block, all, block * Rows.Width);

    /// <summary>Writes the block's observations, [world × feature], from a world of the span on.</summary>
    private void ObserveInto(int block, Span<float> observations, int firstWorld)
    {
        float* start = Block(block);
        int count = Math.Min(Rows.Width, WorldCount - (block * Rows.Width)), features = ObservationCount;
        _kernel.ObserveState(start);
        for (int target = 0; target < Options.TargetSteps.Length; target++)
        {
            GatherReference(block, Options.TargetSteps[target]);
            _kernel.ObserveTarget(start, features - ((Options.TargetSteps.Length - target) * _targetFeatures));
        }

        float* rows = start + (_rows.Features * Rows.Width);
        for (int lane = 0; lane < count; lane++)
        {
            Span<float> observation = observations.Slice((firstWorld + lane) * features, features);
            for (int feature = 0; feature < features; feature++)
            {
                observation[feature] = rows[(feature * Rows.Width) + lane];
            }
        }
    }

    private void GatherState(int block)
    {
        int first = block * Rows.Width, count = Math.Min(Rows.Width, WorldCount - first);
        float* state = Block(block) + (_rows.State * Rows.Width);
        Gather(Batch.Positions, _model.PositionCount, first, count, state);
        Gather(Batch.Velocities, _model.VelocityCount, first, count, state + (_rows.VelocityStart * Rows.Width));
        Gather(Batch.BodyPositions, 3 * _model.BodyCount, first, count, state + (_rows.BodyStart * Rows.Width));
    }

    private void Gather(ReadOnlySpan<float> table, int rows, int first, int count, float* to)
    {
        for (int row = 0; row < rows; row++)
        {
            table.Slice((row * WorldCount) + first, count).CopyTo(new Span<float>(to + (row * Rows.Width), count));
        }
    }

    /// <summary>Turns the reference's rows of a block's worlds into columns, and carries them to where loops and placements put them.</summary>
    private void GatherReference(int block, int ahead)
    {
        float* start = Block(block);
        float* reference = start + (_rows.Reference * Rows.Width);
        float* moves = start + (_rows.Moved * Rows.Width);
        int first = block * Rows.Width, count = Math.Min(Rows.Width, WorldCount - first), used = _rows.PoseRows;
        bool anyMoved = false;
        Span<float> room = stackalloc float[_table.Stride];
        for (int lane = 0; lane < count; lane++)
        {
            ReadOnlySpan<float> values = BlendedRow(first + lane, ahead, room, out GroundDisplacement moved)[..used];
            for (int index = 0; index < values.Length; index++)
            {
                reference[(index * Rows.Width) + lane] = values[index];
            }

            (float sine, float cosine) = moved.Yaw == 0 ? (0, 1) : MathF.SinCos(moved.Yaw);
            (float halfSine, float halfCosine) = moved.Yaw == 0 ? (0, 1) : MathF.SinCos(moved.Yaw / 2);
            moves[lane] = cosine;
            moves[Rows.Width + lane] = sine;
            moves[(2 * Rows.Width) + lane] = halfCosine;
            moves[(3 * Rows.Width) + lane] = halfSine;
            moves[(4 * Rows.Width) + lane] = moved.Shift.X;
            moves[(5 * Rows.Width) + lane] = moved.Shift.Y;
            anyMoved |= moved != default;
        }

        if (anyMoved)
        {
            _kernel.Move(start);
        }
    }

    private float* Block(int block) => _memory.Pointer + ((long)block * _rows.Count * Rows.Width);
}
