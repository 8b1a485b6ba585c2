namespace Motion.Sim.Tracking;

/// <summary>
/// Draws the frames at which episodes start (reference state initialisation: Peng et al., "DeepMimic", 2018, section 6.1), some of them where
/// episodes have lately failed.
/// </summary>
internal sealed class StartSampler
{
    private const float Forgetting = 0.999f;
    private const float ClipForgetting = 0.98f;

    // Places in a start's own stream, beyond those that noise takes.
    private const ulong ClipPlace = 1 << 20;
    private const ulong TransitionPlace = 1 << 21;
    private const ulong PosePlace = 1 << 22;
    private const int None = -1;

    // A clip that never fails is still drawn.
    private const float LeastFailures = 0.02f;
    private readonly ReferenceTable _table;
    private readonly EntryFrames _entries;
    private readonly TrackingOptions _options;
    private readonly CounterRandom[] _random;
    private readonly ulong[] _drawn;
    private readonly int _binFrames;
    private readonly float[][] _failures;
    private readonly float[] _clipFailures;
    private readonly float[] _poseFailures;
    private readonly int[] _poses;
    private readonly int _followed;

    public StartSampler(ReferenceTable table, EntryFrames entries, TrackingOptions options, (int Worlds, int Followed) counts, ulong seed)
    {
        _table = table;
        _entries = entries;
        _options = options;
        _random = [.. Enumerable.Range(0, counts.Worlds).Select(world => CounterRandom.For(seed, 0x57A57 + (ulong)world))];
        _drawn = new ulong[counts.Worlds];
        _followed = counts.Followed;
        _binFrames = Math.Max(1, options.ControlRate / 3);
        _failures = [.. table.Clips.Select(clip => new float[(clip.Last / _binFrames) + 1])];
        _clipFailures = new float[counts.Followed];
        _poseFailures = new float[table.Clips.Count];
        _poses = new int[counts.Worlds];
    }

    /// <summary>Draws a clip and a frame of it for a world, and a stream for what else is random about the start.</summary>
    public (int Clip, int Frame, CounterRandom Random) Draw(int world)
    {
        CounterRandom random = _random[world];
        ulong place = 5 * _drawn[world]++;
        CounterRandom own = new(random.Bits(place + 4));
        int clip = own.Uniform(ClipPlace) < _options.FailureWeightedClips ? FailingClip(own.Uniform(ClipPlace + 1)) : random.Below(place, _followed);
        ReferenceClip track = _table.Clips[clip];
        float choice = random.Uniform(place + 1);
        if (!track.IsLoop && choice < _options.FirstFrameStarts)
        {
            return (clip, 0, own);
        }

        bool fails = choice > 1 - _options.FailureWeightedStarts;
        int frame = fails && FailingBin(clip, random.Uniform(place + 2)) is int bin and >= 0
            ? (bin * _binFrames) - _binFrames + random.Below(place + 3, 2 * _binFrames)
            : random.Below(place + 3, track.Last);
        return (clip, Math.Clamp(frame, 0, track.Last - 1), own);
    }

    /// <summary>Whether a start shall be at rest.</summary>
    /// <param name="own">The start's stream.</param>
    public bool DrawRest(CounterRandom own) => own.Uniform(TransitionPlace) >= 1 - _options.RestStarts;

    /// <summary>
    /// The clip and frame whose pose a start shall take before it enters the clip that it follows, or null when it shall take that clip's. It may be of
    /// the same clip: one that does not loop is entered from its own end, too.
    /// </summary>
    /// <param name="world">The world.</param>
    /// <param name="clip">The clip that is followed.</param>
    /// <param name="own">The start's stream.</param>
    public (int Clip, int Frame)? DrawPose(int world, int clip, CounterRandom own)
    {
        _poses[world] = None;
        if (_table.Clips.Count == 1 || own.Uniform(TransitionPlace) >= _options.TransitionStarts)
        {
            return null;
        }

        (int Clip, int Frame) best = default;
        float least = float.PositiveInfinity;
        for (ulong draw = 0; draw < (ulong)_options.TransitionDraws; draw++)
        {
            int other = own.Uniform(PosePlace + (2 * draw)) < _options.FailureWeightedPoses
                ? Math.Max(0, WeightedDraw.IndexOf(_poseFailures, LeastFailures, own.Uniform(PosePlace + 1 + (2 * draw))))
                : own.Below(TransitionPlace + 1 + (2 * draw), _table.Clips.Count);
            int frame = own.Below(TransitionPlace + 2 + (2 * draw), _table.Clips[other].Last);
            float distance = _options.TransitionDraws == 1 ? 0 : DistanceTo(clip, other, frame);
            if (distance < least)
            {
                (best, least) = ((other, frame), distance);
            }
        }

        _poses[world] = best.Clip;
        return best;
    }

    /// <summary>Notes how a world's episode ended: a failure counts where it happened, and where the episode that led to it began.</summary>
    public void Note(int world, int clip, int start, int frame, bool failed)
    {
        if (_poses[world] is >= 0 and int pose)
        {
            _poseFailures[pose] = (ClipForgetting * _poseFailures[pose]) + (failed ? 1 - ClipForgetting : 0);
        }

        _clipFailures[clip] = (ClipForgetting * _clipFailures[clip]) + (failed ? 1 - ClipForgetting : 0);
        float[] failures = _failures[clip];
        if (failed)
        {
            failures[BinOf(clip, start)]++;
            failures[BinOf(clip, frame)]++;
        }

        for (int index = 0; index < failures.Length; index++)
        {
            failures[index] *= Forgetting;
        }
    }

    public void Save(BinaryWriter writer)
    {
        foreach (ulong drawn in _drawn)
        {
            writer.Write(drawn);
        }

        foreach (int pose in _poses)
        {
            writer.Write(pose);
        }

        foreach (float failures in _failures.Append(_clipFailures).Append(_poseFailures).SelectMany(clip => clip))
        {
            writer.Write(failures);
        }
    }

    public void Restore(BinaryReader reader)
    {
        for (int world = 0; world < _drawn.Length; world++)
        {
            _drawn[world] = reader.ReadUInt64();
        }

        for (int world = 0; world < _poses.Length; world++)
        {
            _poses[world] = reader.ReadInt32();
        }

        foreach (float[] failures in _failures.Append(_clipFailures).Append(_poseFailures))
        {
            for (int bin = 0; bin < failures.Length; bin++)
            {
                failures[bin] = reader.ReadSingle();
            }
        }
    }

    private float DistanceTo(int clip, int other, int frame)
    {
        _ = _entries.Nearest(clip, _table.Positions(other, frame), _table.Velocities(other, frame), out float distance);
        return distance;
    }

    private int BinOf(int clip, int frame) => Math.Min((frame % _table.Clips[clip].Last) / _binFrames, _failures[clip].Length - 1);

    private int FailingBin(int clip, float share) => WeightedDraw.IndexOf(_failures[clip], 0, share);

    private int FailingClip(float share) => Math.Max(0, WeightedDraw.IndexOf(_clipFailures, LeastFailures, share));
}
