using Motion.Sim.Characters;

namespace Motion.Sim.Tests.Physics;

/// <summary>Characters of one or two bodies whose motion is known in closed form.</summary>
internal static class PhysicsCharacters
{
    /// <summary>From the insides of <c>worldbody</c> and <c>actuator</c>.</summary>
    public static Character Of(string bodies, string actuators = "") => CharacterReader.Parse(
        $"""
        <mujoco model="test">
          <compiler angle="radian" autolimits="true"/>
          <worldbody>{bodies}</worldbody>
          <actuator>{actuators}</actuator>
        </mujoco>
        """,
        "test");

    /// <summary>A free ball of 2 kg and 0.1 m radius.</summary>
    public static Character Ball(float friction = 1) => Of($"""
        <body name="ball">
          <freejoint/>
          <geom size="0.1" mass="2" friction="{friction}"/>
        </body>
        """);

    /// <summary>A free box of 3 kg and 0.4 × 0.3 × 0.2 m.</summary>
    public static Character Box(float friction = 1) => Of($"""
        <body name="box" pos="0 0 0.1">
          <freejoint/>
          <geom type="box" size="0.2 0.15 0.1" mass="3" friction="{friction}"/>
        </body>
        """);

    /// <summary>A wheel of inertia 0.5 kg·m² on a vertical axle, which gravity does not turn.</summary>
    public static Character Wheel(string actuator, string joint = "") => Of(
        $"""
        <body name="wheel" pos="0 0 1">
          <joint name="axle" axis="0 0 1" {joint}/>
          <inertial pos="0 0 0" mass="1" diaginertia="0.5 0.5 0.5"/>
        </body>
        """,
        actuator);

    /// <summary>The same inertia about every axis, on a ball joint.</summary>
    public static Character Gimbal(string actuators, string joint = "") => Of(
        $"""
        <body name="gimbal" pos="0 0 1">
          <joint name="pivot" type="ball" {joint}/>
          <inertial pos="0 0 0" mass="1" diaginertia="0.5 0.5 0.5"/>
        </body>
        """,
        actuators);

    /// <summary>A proportional–derivative drive.</summary>
    public static string Drive(string joint, float kp, float kd, float limit = 1e9f, string gear = "1") =>
        $"""<general name="{joint}_{gear[0]}" joint="{joint}" gear="{gear}" gainprm="{kp}" biastype="affine" biasprm="0 {-kp} {-kd}" forcerange="{-limit} {limit}"/>""";

    /// <summary>A motor.</summary>
    public static string Motor(string joint, float limit = 1e9f, float gear = 1) =>
        $"""<motor name="{joint}" joint="{joint}" gear="{gear}" forcerange="{-limit} {limit}"/>""";
}
