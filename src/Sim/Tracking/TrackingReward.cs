using System.Numerics;
using Motion.Sim.Characters;
using Motion.Sim.Physics.Wide;

namespace Motion.Sim.Tracking;

/// <summary>The reward of one pose against another, outside any world: what <see cref="TrackingTask"/> gives for the same two.</summary>
public sealed unsafe class TrackingReward : IDisposable
{
    private readonly TrackingModel _model;
    private readonly BlockRows _rows;
    private readonly AlignedMemory _memory;
    private readonly TrackingKernel<Lanes1> _kernel;
    private readonly RewardTerm[] _terms;

    /// <param name="character">Whose poses.</param>
    /// <param name="options">Weights and scales.</param>
    /// <exception cref="MotionException">Options are out of range or do not fit the character.</exception>
    public TrackingReward(Character character, TrackingOptions options)
    {
        ArgumentNullException.ThrowIfNull(character);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _model = new TrackingModel(character, options);
        _rows = new BlockRows(_model);
        _memory = new AlignedMemory((long)_rows.Count * Rows.Width);
        _kernel = new TrackingKernel<Lanes1>(_model, _rows);
        _terms = options.Reward.Terms;
    }

    /// <summary>Compares two poses.</summary>
    /// <param name="pose">Position and velocity vectors of the world.</param>
    /// <param name="reference">Those that it should have.</param>
    /// <returns>The reward, from 0 to the weights' sum; the errors in the order of <see cref="RewardOptions.Terms"/>; the furthest body's distance, m.</returns>
    public (float Reward, float[] Errors, float Deviation) Compare(
        (float[] Positions, float[] Velocities) pose, (float[] Positions, float[] Velocities) reference)
    {
        Fill(pose, _rows.State);
        Fill(reference, _rows.Reference);
        _kernel.Judge(_memory.Pointer);
        float[] errors = [.. Enumerable.Range(0, _terms.Length).Select(term => Read(_rows.Terms + term))];
        return (RewardOptions.Sum(_terms, errors), errors, Read(_rows.Deviation));
    }

    /// <summary>What is observed of a pose when the given ones are the targets, in the order of <see cref="TrackingOptions.TargetSteps"/>.</summary>
    /// <param name="pose">Position and velocity vectors of the world.</param>
    /// <param name="targets">One for each of the target steps.</param>
    public float[] Observe((float[] Positions, float[] Velocities) pose, params (float[] Positions, float[] Velocities)[] targets)
    {
        ArgumentNullException.ThrowIfNull(targets);
        Fill(pose, _rows.State);
        _kernel.ObserveState(_memory.Pointer);
        int targetCount = (_model.Layout.Count - _model.Layout.StateCount) / targets.Length;
        for (int target = 0; target < targets.Length; target++)
        {
            Fill(targets[target], _rows.Reference);
            _kernel.ObserveTarget(_memory.Pointer, _model.Layout.StateCount + (target * targetCount));
        }

        return [.. Enumerable.Range(0, _model.Layout.Count).Select(feature => Read(_rows.Features + feature))];
    }

    /// <inheritdoc/>
    public void Dispose() => _memory.Dispose();

    private void Fill((float[] Positions, float[] Velocities) pose, int row)
    {
        Vector3[] places = new Vector3[_model.BodyCount];
        ForwardKinematics.Compute(_model.Character, pose.Positions, places, new Quaternion[_model.BodyCount]);
        Write(pose.Positions, row);
        Write(pose.Velocities, row + _rows.VelocityStart);
        Write([.. places.SelectMany(place => new[] { place.X, place.Y, place.Z })], row + _rows.BodyStart);
    }

    private void Write(float[] values, int row)
    {
        for (int index = 0; index < values.Length; index++)
        {
            _memory.Pointer[(row + index) * Rows.Width] = values[index];
        }
    }

    private float Read(int row) => _memory.Pointer[row * Rows.Width];
}
