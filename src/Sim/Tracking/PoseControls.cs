using System.Numerics;
using Motion.Sim.Characters;

namespace Motion.Sim.Tracking;

/// <summary>The controls that an action of zero stands for, and what an action of one adds to them.</summary>
internal sealed class PoseControls
{
    private readonly Character _character;
    private readonly ActionCenter _center;

    public PoseControls(Character character, ActionCenter center) => (_character, _center) = (character, center);

    /// <summary>What an action of one adds to each control, rad: [actuator].</summary>
    public float[] Scales(float scale) => [.. _character.Actuators.Select(actuator => scale * ScaleOf(actuator))];

    /// <summary>Smallest and largest control that actions can reach, rad: [actuator].</summary>
    public (float Lower, float Upper)[] Bounds() => [.. _character.Actuators.Select(BoundsOf)];

    /// <summary>Controls of an action of zero for a pose: [actuator].</summary>
    public void Of(ReadOnlySpan<float> positions, ReadOnlySpan<float> velocities, Span<float> controls)
    {
        for (int index = 0; index < _character.Actuators.Length; index++)
        {
            Actuator actuator = _character.Actuators[index];
            if (actuator.IsMotor)
            {
                controls[index] = 0;
                continue;
            }

            if (_center == ActionCenter.Range)
            {
                (float lower, float upper) = BoundsOf(actuator);
                controls[index] = (lower + upper) / 2;
                continue;
            }

            Joint joint = _character.Joints[actuator.Joint];
            float lead = _center == ActionCenter.ReferenceDrive ? actuator.Kd / actuator.Kp : 0;
            if (joint.Kind == JointKind.Hinge)
            {
                controls[index] = positions[joint.PositionIndex] + (lead * velocities[joint.VelocityIndex]);
                continue;
            }

            Vector3 turn = new(velocities[joint.VelocityIndex], velocities[joint.VelocityIndex + 1], velocities[joint.VelocityIndex + 2]);
            Vector3 target = Rotations.ToVector(Quaternion.Normalize(PositionVector.Rotation(joint, positions) * Rotations.FromVector(turn * lead)));
            controls[index] = target[actuator.Axis];
        }
    }

    // A rotation vector may leave the limit by a fifth, a hinge its range by two fifths of a half: targets past the limit are what makes torque near it.
    private (float Lower, float Upper) BoundsOf(Actuator actuator)
    {
        Joint joint = _character.Joints[actuator.Joint];
        if (actuator.IsMotor || !joint.Limited)
        {
            float reach = actuator.IsMotor ? 1 : MathF.PI;
            return (MathF.Max(actuator.ControlLower, -reach), MathF.Min(actuator.ControlUpper, reach));
        }

        if (joint.Kind == JointKind.Ball)
        {
            float most = 1.2f * MathF.Max(MathF.Abs(joint.Lower), MathF.Abs(joint.Upper));
            return (-most, most);
        }

        float middle = (joint.Lower + joint.Upper) / 2, half = 1.4f * (joint.Upper - joint.Lower) / 2;
        return (middle - half, middle + half);
    }

    private float ScaleOf(Actuator actuator)
    {
        (float lower, float upper) = BoundsOf(actuator);
        return _center == ActionCenter.Range || actuator.Kp == 0 || !float.IsFinite(actuator.ForceUpper)
            ? (upper - lower) / 2
            : MathF.Min(actuator.ForceUpper / actuator.Kp, (upper - lower) / 2);
    }
}
