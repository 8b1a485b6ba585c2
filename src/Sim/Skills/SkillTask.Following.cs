using Motion.Sim.Characters;
using Motion.Sim.Clips.Retargeting;
using Motion.Sim.Physics;
using Motion.Sim.Tracking;

namespace Motion.Sim.Skills;

/// <content>How worlds begin, and what they follow while they are told one skill after another.</content>
public sealed partial class SkillTask
{
    /// <summary>Starts a world at rest, standing for as long as can be remembered, and tells it a clip.</summary>
    public void StartAtRest(int world, int clip, int variant = 0)
    {
        PutAtRest(world, clip);
        Tell(world, clip, variant);
        _stale = true;
    }

    /// <summary>Starts a world at a frame of a clip, with the frames before as its past, and tells it that clip.</summary>
    public void StartAt(int world, int clip, int frame, int variant = 0)
    {
        _tracking.Start(world, clip, frame);
        _skills[world] = clip;
        Remember(world, clip, frame);
        Tell(world, clip, variant);
        _stale = true;
    }

    /// <summary>Takes over a world as it stands, as if it had stood like that for as long as can be remembered, and tells it a clip.</summary>
    public void StartHere(int world, int clip, int variant = 0)
    {
        Look();
        for (int ago = 1; ago <= _past.Reach; ago++)
        {
            _past.Set(world, ago, StateOf(world), _past.PlaceAt(world, 0));
        }

        Switch(world, clip, variant);
    }

    /// <summary>Tells a world another clip, from where it is now.</summary>
    public void Switch(int world, int clip, int variant = 0)
    {
        _skills[world] = clip;
        _stale = true;
        Tell(world, clip, variant);
        if (Routes is null)
        {
            _tracking.Enter(world, clip);
        }
        else if (clip != _tracking.ClipOf(world) && Routes.ChangeAt(clip, _tracking.ClipOf(world), _tracking.FrameOf(world)) is { } next)
        {
            _tracking.Enter(world, next);
        }
    }

    /// <summary>
    /// Takes notice of what somebody else did to the worlds, a step or another start: what was observed before it is past now. Nothing is told and no episode
    /// ends.
    /// </summary>
    public void Notice()
    {
        _past.Advance();
        for (int world = 0; world < WorldCount; world++)
        {
            // Where the followed clip lies is not asked for; what the world is like is read anew.
            _tracking.Follow(world, _tracking.ClipOf(world), _tracking.FrameOf(world), default);
        }

        Look();
    }

    /// <summary>The same task for other worlds, in which nothing changes by itself.</summary>
    /// <param name="batch">The worlds, of the same scene; not disposed by it.</param>
    public SkillTask For(IWorldBatch batch) =>
        new(batch, _tracking.References, _conditions, _options.Unattended() with { LostDistance = 0 }, _tracking.Options, seed: 0);

    /// <summary>A world that was just observed as it is, for <see cref="Put"/>: what it was like before and what it is told, too.</summary>
    public SkillSnapshot Snapshot(int world)
    {
        LookIfStale();
        int count = _tracking.ObservationCount;
        return new SkillSnapshot(_tracking.Batch.Save(world), _tracking.ClipOf(world), _tracking.FrameOf(world))
        {
            Past = _past.Of(world),
            Told = Told(world).ToArray(),
            Observation = _trackingObservations[(world * count)..((world + 1) * count)],
        };
    }

    /// <summary>Makes a world the copy of one of a task of the same kind. What it is observed to be like is copied too: it need not be looked at.</summary>
    public void Put(int world, SkillSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        _tracking.Batch.Restore(world, snapshot.World);
        _tracking.Follow(world, snapshot.Clip, snapshot.Frame, default);
        _skills[world] = snapshot.Clip;
        _past.Put(world, snapshot.Past);
        snapshot.Told.CopyTo(Told(world));

        // A world that was put back does not know yet what its feet bear.
        snapshot.Observation.CopyTo(_trackingObservations, world * snapshot.Observation.Length);
    }

    /// <summary>Gives a world that was just put at a frame its past, and perhaps another start.</summary>
    private void Begin(int world)
    {
        int clip = _skills[world] = _tracking.ClipOf(world), from = clip;
        float choice = _random.Uniform(_place++);
        if (choice < _options.RestStarts)
        {
            from = _changes.Rest;
            clip = DrawAfter(from);
            PutAtRest(world, clip);
        }
        else
        {
            Remember(world, clip, _tracking.FrameOf(world));
            if (choice < _options.RestStarts + _options.OtherClipStarts)
            {
                SwitchToAny(world);
                return;
            }
        }

        _changes.Begin(world, from, clip);
        Tell(world, clip, _random.Below(_place++, _conditions.VariantsOf(clip)));
    }

    private void GoOn(int world)
    {
        int clip = _tracking.ClipOf(world), frame = _tracking.FrameOf(world), skill = _skills[world];
        ReferenceClip track = _tracking.References.Clips[clip];
        bool ends = !track.IsLoop && frame >= track.Last - 1;
        if (_options.SwitchSeconds > 0 && --_untilSwitch[world] <= 0)
        {
            _changes.End(world, fell: false);
            SwitchToAny(world);
        }
        else if (Routes is { } routes && (ends || _tracking.StepsFollowed(world) >= routes.Dwell) && routes.ChangeAt(skill, clip, ends ? track.Last : frame) is { } next)
        {
            _tracking.Enter(world, next);
        }
        else if (ends)
        {
            // Once more.
            _tracking.Enter(world, clip);
        }
        else if (_options.LostDistance > 0 && _tracking.IsSettled(world) && _tracking.Deviations[world] > _options.LostDistance)
        {
            // It follows the same clip from the frame that is nearest to it.
            _tracking.Enter(world, clip);
        }
    }

    private void SwitchToAny(int world)
    {
        int from = _skills[world], clip = DrawAfter(from);
        _changes.Begin(world, from, clip);
        Switch(world, clip, _random.Below(_place++, _conditions.VariantsOf(clip)));
    }

    private int DrawAfter(int from) => _changes.Draw(from, _random.Uniform(_place++), _random.Uniform(_place++));

    private void PutAtRest(int world, int clip)
    {
        Character character = _tracking.Batch.Scene.Character;
        float[] rest = PositionVector.Stand(character);
        Array.Clear(_velocities);
        _skills[world] = clip;
        _tracking.StartFrom(world, clip, _tracking.Entries.Nearest(clip, rest, _velocities), rest, _velocities);
        for (int ago = 0; ago <= _past.Reach; ago++)
        {
            _past.Set(world, ago, _references.Rest, PastStates.PlaceOf(character, rest));
        }
    }

    /// <summary>Makes the frames before a frame a world's past; a clip that does not loop is taken to have stood on its first one.</summary>
    private void Remember(int world, int clip, int frame)
    {
        ReferenceTable table = _tracking.References;
        ReferenceClip track = table.Clips[clip];
        for (int ago = 1; ago <= _past.Reach; ago++)
        {
            int then = frame - ago, cycles = track.IsLoop && then < 0 ? ((-then - 1) / track.Last) + 1 : 0;
            (int row, GroundDisplacement moved) = table.Locate(clip, Math.Max(0, then + (cycles * track.Last)));
            _references.Positions(row).CopyTo(_positions);
            moved.Then(table.CycleOf(clip).Repeated(-cycles)).Apply(_tracking.Batch.Scene.Character, _positions);
            _past.Set(world, ago, _references.State(row), PastStates.PlaceOf(_tracking.Batch.Scene.Character, _positions));
        }
    }

    private void Tell(int world, int clip, int variant)
    {
        _conditions.Of(clip, variant).CopyTo(Told(world));
        float wait = -MathF.Log(1 - _random.Uniform(_place++)) * _options.SwitchSeconds;
        _untilSwitch[world] = Math.Max(1, (int)(wait * _tracking.Options.ControlRate));
    }
}
