using System.Collections.Immutable;

namespace Motion.Viewer.Live;

/// <summary>A session before one control step.</summary>
/// <param name="Step">Control steps since the start.</param>
/// <param name="World">The world.</param>
/// <param name="Driver">Index of the driver in charge.</param>
/// <param name="DriverState">What it saved.</param>
/// <param name="Said">Blocks of the timeline that were said at this step already.</param>
/// <param name="Push">What a person was doing to the character.</param>
internal sealed record SavedMoment(long Step, SavedWorld World, int Driver, object DriverState, ImmutableArray<int> Said, PushState? Push);

/// <summary>The latest moments of a session, so many at most.</summary>
internal sealed class SavedMoments(int capacity)
{
    private readonly SavedMoment?[] _ring = new SavedMoment?[capacity];
    private int _newest = -1;

    public int Count { get; private set; }

    public void Push(SavedMoment moment)
    {
        _newest = (_newest + 1) % _ring.Length;
        _ring[_newest] = moment;
        Count = Math.Min(Count + 1, _ring.Length);
    }

    /// <summary>Takes the newest, or null when there is none.</summary>
    public SavedMoment? Pop()
    {
        if (Count == 0)
        {
            return null;
        }

        SavedMoment? moment = _ring[_newest];
        _ring[_newest] = null;
        _newest = (_newest + _ring.Length - 1) % _ring.Length;
        Count--;
        return moment;
    }

    public void Clear()
    {
        Array.Clear(_ring);
        Count = 0;
    }
}
