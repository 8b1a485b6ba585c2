using Motion.Sim.Characters;
using Motion.Sim.Tracking;

namespace Motion.Sim.Skills;

/// <summary>Actions that are added to the joint targets of the rest pose: one is the turn at which a drive gives all its torque.</summary>
public sealed class ActionSpace
{
    private readonly float[] _center;
    private readonly float[] _scales;
    private readonly (float Lower, float Upper)[] _bounds;

    /// <param name="character">Who acts.</param>
    public ActionSpace(Character character)
    {
        ArgumentNullException.ThrowIfNull(character);
        PoseControls controls = new(character, ActionCenter.Reference);
        _center = new float[character.Actuators.Length];
        controls.Of(PositionVector.Rest(character), new float[character.VelocityCount], _center);
        _scales = controls.Scales(1);
        _bounds = controls.Bounds();
    }

    /// <summary>Joint targets, rad, of an action: [action] to [control].</summary>
    public void ToTargets(ReadOnlySpan<float> action, Span<float> targets)
    {
        for (int control = 0; control < _center.Length; control++)
        {
            (float lower, float upper) = _bounds[control];
            targets[control] = Math.Clamp(_center[control] + (_scales[control] * action[control]), lower, upper);
        }
    }

    /// <summary>The action that has joint targets, rad: [control] to [action].</summary>
    public void FromTargets(ReadOnlySpan<float> targets, Span<float> action)
    {
        for (int control = 0; control < _center.Length; control++)
        {
            action[control] = (targets[control] - _center[control]) / _scales[control];
        }
    }
}
