using System.Numerics;

namespace Motion.Viewer.Live;

/// <summary>Bodies between two control steps: pictures come oftener than steps, and motion shall not stutter.</summary>
internal sealed class FrameBlend
{
    private LiveFrame? _before;
    private LiveFrame? _now;
    private double _since;

    /// <summary>Origins of the bodies, m.</summary>
    public Vector3[] Places { get; private set; } = [];

    /// <summary>Orientations of the bodies.</summary>
    public Quaternion[] Rotations { get; private set; } = [];

    /// <summary>Moves on.</summary>
    /// <param name="frame">The latest frame.</param>
    /// <param name="seconds">Since the last call.</param>
    /// <param name="rate">Control steps per second.</param>
    public void Take(LiveFrame frame, double seconds, int rate)
    {
        _since += seconds;
        if (!ReferenceEquals(frame, _now) && frame.Step != _now?.Step)
        {
            // Only what follows on is blended: after a step back, a pause or a late picture the body is where it is.
            _before = _now is { IsPaused: false } && frame.Step == _now.Step + 1 && !frame.IsPaused ? _now : null;
            _since = 0;
        }

        _now = frame;
        double share = frame.IsPaused ? 1 : Math.Min(1, _since * rate * frame.Pace);
        if (_before is null || share >= 1)
        {
            (Places, Rotations) = (frame.Places, frame.Rotations);
            return;
        }

        Places = [.. _before.Places.Zip(frame.Places, (from, to) => Vector3.Lerp(from, to, (float)share))];
        Rotations = [.. _before.Rotations.Zip(frame.Rotations, (from, to) => Quaternion.Slerp(from, to, (float)share))];
    }
}
