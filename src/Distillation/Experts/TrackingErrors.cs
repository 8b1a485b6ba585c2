using System.Numerics;
using Motion.Sim.Tracking;

namespace Motion.Distillation.Experts;

/// <summary>A mean in the making.</summary>
internal struct MeanValue
{
    public double Sum { get; private set; }

    public long Count { get; private set; }

    public void Add(double value)
    {
        Sum += value;
        Count++;
    }
}

/// <summary>Errors of one world against its reference, step after step.</summary>
internal sealed class TrackingErrors(int bodies)
{
    private const float BearingForce = 20;

    // The last four steps, newest first.
    private readonly Vector3[][] _places = [.. Enumerable.Range(0, 4).Select(_ => new Vector3[bodies])];
    private readonly Vector3[][] _references = [.. Enumerable.Range(0, 4).Select(_ => new Vector3[bodies])];
    private MeanValue _distance;
    private MeanValue _rootDistance;
    private MeanValue _velocity;
    private MeanValue _acceleration;
    private MeanValue _jerk;
    private MeanValue _slide;
    private int _steps;

    public MeanValue Distance => _distance;

    public MeanValue RootDistance => _rootDistance;

    public MeanValue Velocity => _velocity;

    public MeanValue Acceleration => _acceleration;

    public MeanValue Jerk => _jerk;

    public MeanValue Slide => _slide;

    /// <summary>Takes the present step of a world.</summary>
    public void Add(TrackingTask task, int world, float seconds)
    {
        Turn(_places);
        Turn(_references);
        task.ReferenceBodies(world, _references[0]);
        int worlds = task.WorldCount;
        ReadOnlySpan<float> all = task.Batch.BodyPositions;
        for (int body = 0; body < bodies; body++)
        {
            int at = (3 * body * worlds) + world;
            _places[0][body] = new Vector3(all[at], all[at + worlds], all[at + (2 * worlds)]);
        }

        _steps++;
        for (int body = 0; body < bodies; body++)
        {
            AddBody(body, seconds);
        }

        AddFeet(task, world);
    }

    private static void Turn(Vector3[][] steps)
    {
        Vector3[] oldest = steps[^1];
        Array.Copy(steps, 0, steps, 1, steps.Length - 1);
        steps[0] = oldest;
    }

    private void AddBody(int body, float seconds)
    {
        Vector3 off = Difference(0, body);
        _distance.Add(off.Length());
        if (body > 0)
        {
            _rootDistance.Add((off - Difference(0, 0)).Length());
        }

        if (_steps >= 2)
        {
            _velocity.Add((off - Difference(1, body)).Length() / seconds);
        }

        if (_steps >= 3)
        {
            _acceleration.Add((off - (2 * Difference(1, body)) + Difference(2, body)).Length() / (seconds * seconds));
        }

        if (_steps >= 4)
        {
            Vector3 change = _places[0][body] - (3 * _places[1][body]) + (3 * _places[2][body]) - _places[3][body];
            _jerk.Add(change.Length() / (seconds * seconds * seconds));
        }
    }

    private void AddFeet(TrackingTask task, int world)
    {
        if (_steps < 2)
        {
            return;
        }

        ReadOnlySpan<float> forces = task.Batch.ContactForces;
        foreach (string name in task.Options.Feet)
        {
            int foot = task.Batch.Scene.Character.BodyIndex(name);
            if (forces[(((3 * foot) + 2) * task.WorldCount) + world] > BearingForce)
            {
                Vector3 way = _places[0][foot] - _places[1][foot];
                _slide.Add(new Vector2(way.X, way.Y).Length());
            }
        }
    }

    private Vector3 Difference(int age, int body) => _places[age][body] - _references[age][body];
}
