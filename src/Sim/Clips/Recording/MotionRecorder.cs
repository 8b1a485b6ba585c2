using Motion.Sim.Characters;

namespace Motion.Sim.Clips.Recording;

/// <summary>Keeps what one world does, control step by control step.</summary>
public sealed class MotionRecorder
{
    private readonly Character _character;
    private readonly double _frameRate;
    private float[] _positions;
    private int _used;

    /// <param name="character">Who moves.</param>
    /// <param name="frameRate">Control steps per second, above 0.</param>
    public MotionRecorder(Character character, double frameRate)
    {
        ArgumentNullException.ThrowIfNull(character);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(frameRate);
        (_character, _frameRate) = (character, frameRate);
        _positions = new float[256 * character.PositionCount];
    }

    /// <summary>How many frames are kept.</summary>
    public int FrameCount => _used / _character.PositionCount;

    /// <summary>Keeps a world's positions.</summary>
    /// <param name="positions">Position vector: [<see cref="Character.PositionCount"/>].</param>
    /// <exception cref="ArgumentException">It has another length.</exception>
    public void Add(ReadOnlySpan<float> positions)
    {
        Span<float> room = NextFrame(positions.Length);
        positions.CopyTo(room);
    }

    /// <summary>Keeps the positions of one world of a batch.</summary>
    /// <param name="batch">Position vectors of all worlds: [position, world], world fastest.</param>
    /// <param name="worldCount">How many worlds there are.</param>
    /// <param name="world">Which one.</param>
    /// <exception cref="ArgumentException">The batch has another length.</exception>
    public void Add(ReadOnlySpan<float> batch, int worldCount, int world)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(batch.Length % worldCount, 0, nameof(batch));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)world, (uint)worldCount, nameof(world));
        Span<float> room = NextFrame(batch.Length / worldCount);
        for (int position = 0; position < room.Length; position++)
        {
            room[position] = batch[(position * worldCount) + world];
        }
    }

    /// <summary>Forgets the latest frames.</summary>
    /// <param name="frames">How many, 0 or more; all when there are fewer.</param>
    public void TakeBack(int frames)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(frames);
        _used -= Math.Min(frames, FrameCount) * _character.PositionCount;
    }

    /// <summary>What was kept so far; recording may go on.</summary>
    /// <param name="name">Name of the recording.</param>
    /// <exception cref="MotionException">Nothing was kept.</exception>
    public MotionRecording Finish(string name) => _used == 0
        ? throw new MotionException(ExitCode.BadInput, $"recording '{name}' has no frames: nothing was written")
        : new MotionRecording { Name = name, Character = _character, FrameRate = _frameRate, Positions = _positions[.._used] };

    private Span<float> NextFrame(int length)
    {
        if (length != _character.PositionCount)
        {
            throw new ArgumentException($"'{_character.Name}' has {_character.PositionCount} positions, not {length}");
        }

        if (_used + length > _positions.Length)
        {
            Array.Resize(ref _positions, 2 * _positions.Length);
        }

        _used += length;
        return _positions.AsSpan(_used - length, length);
    }
}
