using System.Collections.Immutable;
using System.Numerics;
using Motion.Sim.Characters;
using Motion.Viewer.Drawing;

namespace Motion.Viewer.Live;

/// <summary>What the latest control steps measured, for curves and the trail. Stepping back takes steps off again.</summary>
internal sealed class PlayHistory(Character character)
{
    /// <summary>Control steps that are kept.</summary>
    public const int Most = 300;

    private readonly List<PlaySample> _samples = [];
    private readonly int[] _left = FeetOf(character, "left"), _right = FeetOf(character, "right");

    /// <summary>The steps, oldest first.</summary>
    public IReadOnlyList<PlaySample> Samples => _samples;

    /// <summary>Names of the reward's terms of the latest steps; empty when no clip is followed.</summary>
    public ImmutableArray<string> TermNames { get; private set; } = [];

    /// <summary>Where a camera has to look so that it does not fall behind: ahead of a place by what it lags.</summary>
    /// <param name="place">What is followed, m.</param>
    /// <param name="controlRate">Control steps per second.</param>
    public Vector3 Ahead(Vector3 place, int controlRate)
    {
        const int Steps = 8;
        const float Fastest = 8;
        if (_samples.Count <= Steps)
        {
            return place;
        }

        // A character that is put elsewhere is no fast one.
        Vector3 velocity = (_samples[^1].Place - _samples[^(Steps + 1)].Place) * controlRate / Steps;
        return velocity.Length() < Fastest ? place + (FollowCamera.Calm * velocity) : place;
    }

    /// <summary>Takes a frame; one that was taken already changes nothing.</summary>
    public void Add(LiveFrame frame)
    {
        if (_samples.Count > 0 && _samples[^1].Step == frame.Step)
        {
            return;
        }

        _samples.RemoveAll(sample => sample.Step >= frame.Step);
        _samples.RemoveRange(0, Math.Max(0, _samples.Count - Most + 1));
        TermNames = frame.Reference?.TermNames ?? [];
        _samples.Add(new PlaySample(
            frame.Step, frame.Speed, Force(frame, _left), Force(frame, _right), frame.Reference?.Terms ?? [], frame.CentreOfMass with { Z = 0 }));
    }

    private static float Force(LiveFrame frame, int[] bodies) => bodies.Sum(body => frame.ContactForces[body].Length());

    private static int[] FeetOf(Character character, string side) =>
        [.. Enumerable.Range(0, character.Bodies.Length).Where(body => character.Bodies[body].Name.StartsWith(side, StringComparison.Ordinal) && character.Bodies[body].Name.EndsWith("foot", StringComparison.Ordinal))];
}

/// <summary>What one control step measured.</summary>
/// <param name="Step">Which one.</param>
/// <param name="Speed">Of the centre of mass over the ground, m/s.</param>
/// <param name="LeftForce">On the left foot, N.</param>
/// <param name="RightForce">On the right foot, N.</param>
/// <param name="Terms">The reward's terms; empty when no clip is followed.</param>
/// <param name="Place">The centre of mass on the ground, m.</param>
internal sealed record PlaySample(long Step, float Speed, float LeftForce, float RightForce, ImmutableArray<float> Terms, Vector3 Place);
