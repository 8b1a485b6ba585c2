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

    // A clip that never fails is still drawn.
    private const float LeastFailures = 0.02f;
    private readonly ReferenceTable _table;
    private readonly TrackingOptions _options;
    private readonly CounterRandom[] _random;
    private readonly ulong[] _drawn;
    private readonly int _binFrames;
    private readonly float[][] _failures;
    private readonly float[] _clipFailures;
    private readonly int _followed;

    public StartSampler(ReferenceTable table, TrackingOptions options, (int Worlds, int Followed) counts, ulong seed)
    {
        _table = table;
        _options = options;
        _random = [.. Enumerable.Range(0, counts.Worlds).Select(world => CounterRandom.For(seed, 0x57A57 + (ulong)world))];
        _drawn = new ulong[counts.Worlds];
        _followed = counts.Followed;
        _binFrames = Math.Max(1, options.ControlRate / 3);
        _failures = [.. table.Clips.Select(clip => new float[(clip.Last / _binFrames) + 1])];
        _clipFailures = new float[counts.Followed];
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

    /// <summary>The clip and frame whose pose a start shall take while it follows another clip, or null when it shall take that clip's.</summary>
    /// <param name="clip">The clip that is followed.</param>
    /// <param name="own">The start's stream.</param>
    public (int Clip, int Frame)? DrawPose(int clip, CounterRandom own)
    {
        if (_table.Clips.Count == 1 || own.Uniform(TransitionPlace) >= _options.TransitionStarts)
        {
            return null;
        }

        int other = own.Below(TransitionPlace + 1, _table.Clips.Count - 1);
        other += other < clip ? 0 : 1;
        return (other, own.Below(TransitionPlace + 2, _table.Clips[other].Last));
    }

    /// <summary>Notes how an episode ended: a failure counts where it happened, and where the episode that led to it began.</summary>
    public void Note(int clip, int start, int frame, bool failed)
    {
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

        foreach (float failures in _failures.Append(_clipFailures).SelectMany(clip => clip))
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

        foreach (float[] failures in _failures.Append(_clipFailures))
        {
            for (int bin = 0; bin < failures.Length; bin++)
            {
                failures[bin] = reader.ReadSingle();
            }
        }
    }

    private int BinOf(int clip, int frame) => Math.Min((frame % _table.Clips[clip].Last) / _binFrames, _failures[clip].Length - 1);

    private int FailingBin(int clip, float share) => Chosen(_failures[clip], 0, share);

    private int FailingClip(float share) => Math.Max(0, Chosen(_clipFailures, LeastFailures, share));

    /// <summary>The index at which a share of the weights' sum, each raised by something, is reached; −1 when there is no weight.</summary>
    private static int Chosen(float[] weights, float raised, float share)
    {
        float sum = raised * weights.Length;
        foreach (float weight in weights)
        {
            sum += weight;
        }

        float left = share * sum;
        for (int index = 0; index < weights.Length; index++)
        {
            left -= weights[index] + raised;
            if (left < 0)
            {
                return index;
            }
        }

        return -1;
    }
}
