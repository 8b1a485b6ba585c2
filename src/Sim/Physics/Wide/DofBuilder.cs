using Motion.Sim.Characters;

namespace Motion.Sim.Physics.Wide;

/// <summary>Orders the degrees of freedom into chains and gives them their drives.</summary>
internal static class DofBuilder
{
    public static Dof[] Build(Link[] links, WideJoint[] joints, SceneBodies scene, BatchOptions options, out ControlMap[] controls)
    {
        var dofs = new Dof[joints.Sum(joint => joint.VelocityCount)];
        float[] inertias = RestInertia.OfJoints(scene);
        int row = 0;
        for (int link = 0; link < links.Length; link++)
        {
            int parent = links[link].Parent < 0 ? -1 : links[links[link].Parent].DofEnd - 1;
            for (int joint = links[link].FirstJoint; joint < links[link].FirstJoint + links[link].JointCount; joint++)
            {
                for (int axis = 0; axis < joints[joint].VelocityCount; axis++)
                {
                    int dof = joints[joint].Velocity + axis;
                    int depth = parent < 0 ? 0 : dofs[parent].Depth + 1;
                    float stiffness = scene.Joints[joint].Stiffness;
                    dofs[dof] = new Dof
                    {
                        Parent = parent,
                        Depth = depth,
                        Row = row,
                        Armature = scene.Joints[joint].Armature,
                        Damping = scene.Joints[joint].Damping + ImplicitDamping(stiffness, inertias[joint], options),
                        TorqueLower = float.NegativeInfinity,
                        TorqueUpper = float.PositiveInfinity,
                        Falls = -1,
                    };
                    row += depth + 1;
                    parent = dof;
                }
            }
        }

        controls = AddDrives(dofs, joints, scene.Scene.Character, inertias, options);
        return dofs;
    }

    /// <summary>
    /// A spring of stiffness k taken at the end of the step damps by k·h more than it should, which keeps stiff ones stable. Where a joint
    /// turns little in a step, ω·h well below 1, it needs no such help and gets only a share of it: the motion is then right to second order.
    /// </summary>
    private static float ImplicitDamping(float stiffness, float inertia, BatchOptions options)
    {
        float turned = stiffness * options.PhysicsSeconds * options.PhysicsSeconds / inertia;
        return stiffness * options.PhysicsSeconds * MathF.Min(1, 100 * turned);
    }

    private static ControlMap[] AddDrives(Dof[] dofs, WideJoint[] joints, Character character, float[] inertias, BatchOptions options)
    {
        var controls = new ControlMap[character.Actuators.Length];
        var driven = new string?[dofs.Length];
        for (int index = 0; index < controls.Length; index++)
        {
            Actuator actuator = character.Actuators[index];
            int dof = joints[actuator.Joint].Velocity + actuator.Axis;
            if (driven[dof] is string other)
            {
                throw new MotionException(ExitCode.BadInput, $"actuators '{other}' and '{actuator.Name}' drive the same axis of joint '{character.Joints[actuator.Joint].Name}'; one is allowed");
            }

            driven[dof] = actuator.Name;
            bool isTorque = actuator.Kp == 0 || options.Control == ControlMode.Torques;
            float gear = actuator.Gear;
            dofs[dof].Kp = isTorque ? 0 : actuator.Kp * gear * gear;
            dofs[dof].Kd = options.Control == ControlMode.Torques ? 0 : (actuator.Kd * gear * gear) + ImplicitDamping(dofs[dof].Kp, inertias[actuator.Joint], options);
            dofs[dof].TorqueLower = Math.Min(gear * actuator.ForceLower, gear * actuator.ForceUpper);
            dofs[dof].TorqueUpper = Math.Max(gear * actuator.ForceLower, gear * actuator.ForceUpper);
            controls[index] = options.Control == ControlMode.Torques
                ? new ControlMap(actuator.Joint, dof, actuator.Axis, IsTorque: true, 1, 0, float.NegativeInfinity, float.PositiveInfinity)
                : new ControlMap(
                    actuator.Joint,
                    dof,
                    actuator.Axis,
                    isTorque,
                    isTorque ? gear * actuator.Gain : actuator.Gain / (gear * actuator.Kp),
                    isTorque ? gear * actuator.Bias : actuator.Bias / (gear * actuator.Kp),
                    actuator.ControlLower,
                    actuator.ControlUpper);
        }

        return controls;
    }
}
