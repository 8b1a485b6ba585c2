namespace Motion.Sim.Tracking;

/// <summary>
/// Draws the frames at which episodes start (reference state initialisation: Peng et al., "DeepMimic", 2018, section 6.1), some of them where
/// episodes have lately failed.
/// </summary>
internal sealed class StartSampler
{
    private const float Forgetting = 0.999f;
    private readonly ReferenceTable _table;
    private readonly TrackingOptions _options;
    private readonly CounterRandom[] _random;
    private readonly ulong[] _drawn;
    private readonly int _binFrames;
    private readonly float[][] _failures;

    public StartSampler(ReferenceTable table, TrackingOptions options, int worlds, ulong seed)
    {
        _table = table;
        _options = options;
        _random = [.. Enumerable.Range(0, worlds).Select(world => CounterRandom.For(seed, 0x57A57 + (ulong)world))];
        _drawn = new ulong[worlds];
        _binFrames = Math.Max(1, options.ControlRate / 3);
        _failures = [.. table.Clips.Select(clip => new float[(clip.Last / _binFrames) + 1])];
    }

    /// <summary>Draws a clip and a frame of it for a world, and a stream for what else is random about the start.</summary>
    public (int Clip, int Frame, CounterRandom Random) Draw(int world)
    {
        CounterRandom random = _random[world];
        ulong place = 5 * _drawn[world]++;
        CounterRandom own = new(random.Bits(place + 4));
        int clip = random.Below(place, _table.Clips.Count);
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

    /// <summary>Notes how an episode ended: a failure counts where it happened, and where the episode that led to it began.</summary>
    public void Note(int clip, int start, int frame, bool failed)
    {
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

        foreach (float failures in _failures.SelectMany(clip => clip))
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

        foreach (float[] failures in _failures)
        {
            for (int bin = 0; bin < failures.Length; bin++)
            {
                failures[bin] = reader.ReadSingle();
            }
        }
    }

    private int BinOf(int clip, int frame) => Math.Min((frame % _table.Clips[clip].Last) / _binFrames, _failures[clip].Length - 1);

    private int FailingBin(int clip, float share)
    {
        float[] failures = _failures[clip];
        float sum = 0;
        foreach (float failed in failures)
        {
            sum += failed;
        }

        float left = share * sum;
        for (int bin = 0; bin < failures.Length; bin++)
        {
            left -= failures[bin];
            if (left < 0)
            {
                return bin;
            }
        }

        return -1;
    }
}
