using System.Numerics;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Retargeting;
using Motion.Sim.Physics;

namespace Motion.Distillation.Planning;

/// <summary>Mean jerk of all bodies' origins, m/s³, from third differences of their places at the control rate.</summary>
/// <param name="bodies">How many bodies.</param>
/// <param name="rate">Control steps per second.</param>
public sealed class JerkMeter(int bodies, int rate)
{
    private readonly Vector3[][] _places = [.. Enumerable.Range(0, 4).Select(_ => new Vector3[bodies])];
    private double _sum;
    private long _count;
    private int _steps;

    /// <summary>The mean so far; 0 before four steps.</summary>
    public double Mean => _count > 0 ? _sum / _count : 0;

    /// <summary>Takes the present step of a world.</summary>
    public void Add(IWorldBatch worlds, int world)
    {
        ArgumentNullException.ThrowIfNull(worlds);
        int count = worlds.WorldCount;
        ReadOnlySpan<float> places = worlds.BodyPositions;
        Span<Vector3> now = stackalloc Vector3[bodies];
        for (int body = 0; body < bodies; body++)
        {
            int at = (3 * body * count) + world;
            now[body] = new Vector3(places[at], places[at + count], places[at + (2 * count)]);
        }

        Add(now);
    }

    /// <summary>Mean jerk of a recorded motion.</summary>
    /// <param name="clip">The motion.</param>
    /// <param name="rate">Control steps per second.</param>
    public static double Of(CharacterClip clip, int rate)
    {
        ArgumentNullException.ThrowIfNull(clip);
        Character character = clip.Character;
        CharacterClip sampled = clip.Resample(rate);
        JerkMeter meter = new(character.Bodies.Length, rate);
        Vector3[] places = new Vector3[character.Bodies.Length];
        Quaternion[] rotations = new Quaternion[places.Length];
        for (int frame = 0; frame < sampled.FrameCount; frame++)
        {
            ForwardKinematics.Compute(character, sampled.PositionsAt(frame), places, rotations);
            meter.Add(places);
        }

        return meter.Mean;
    }

    /// <summary>Takes places of one step: [body], m.</summary>
    public void Add(ReadOnlySpan<Vector3> places)
    {
        Vector3[] oldest = _places[^1];
        Array.Copy(_places, 0, _places, 1, _places.Length - 1);
        _places[0] = oldest;
        places.CopyTo(oldest);
        if (++_steps < 4)
        {
            return;
        }

        for (int body = 0; body < bodies; body++)
        {
            Vector3 change = _places[0][body] - (3 * _places[1][body]) + (3 * _places[2][body]) - _places[3][body];
            _sum += change.Length() * rate * rate * rate;
            _count++;
        }
    }
}
