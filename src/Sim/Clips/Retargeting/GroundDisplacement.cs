using System.Numerics;
using Motion.Sim.Characters;

namespace Motion.Sim.Clips.Retargeting;

/// <summary>A move on the ground: a turn about the world's vertical through the origin, then a shift. It changes nothing that physics can feel.</summary>
/// <param name="Yaw">Turn, rad.</param>
/// <param name="Shift">Shift, m; its height is 0.</param>
public readonly record struct GroundDisplacement(float Yaw, Vector3 Shift)
{
    /// <summary>The move that brings one pose's root over another's, facing the same way.</summary>
    public static GroundDisplacement Between(Character character, ReadOnlySpan<float> from, ReadOnlySpan<float> to)
    {
        Joint root = RootOf(character);
        float yaw = Heading(PositionVector.Rotation(root, to) * Quaternion.Conjugate(PositionVector.Rotation(root, from)));
        Vector3 shift = PositionVector.RootPosition(root, to) - Vector3.Transform(PositionVector.RootPosition(root, from), Turn(yaw));
        return new GroundDisplacement(yaw, shift with { Z = 0 });
    }

    /// <summary>Moves a pose.</summary>
    public void Apply(Character character, Span<float> positions)
    {
        Joint root = RootOf(character);
        Quaternion turn = Turn(Yaw);
        PositionVector.SetRootPosition(root, positions, Vector3.Transform(PositionVector.RootPosition(root, positions), turn) + Shift);
        PositionVector.SetRotation(root, positions, Quaternion.Normalize(turn * PositionVector.Rotation(root, positions)));
    }

    /// <summary>This move and another after it, as one.</summary>
    public GroundDisplacement Then(GroundDisplacement next) => new(Yaw + next.Yaw, Vector3.Transform(Shift, Turn(next.Yaw)) + next.Shift);

    /// <summary>The move made a whole number of times, backwards when it is negative.</summary>
    public GroundDisplacement Repeated(int times)
    {
        // The shifts are a geometric series of turned vectors: their sum is the shift seen about the turn's fixed point.
        float yaw = times * Yaw;
        float half = Yaw / 2;
        if (MathF.Abs(MathF.Sin(half)) < 1e-6f)
        {
            return new GroundDisplacement(yaw, Shift * times);
        }

        float size = MathF.Sin(yaw / 2) / MathF.Sin(half);
        return new GroundDisplacement(yaw, Vector3.Transform(Shift, Turn((yaw / 2) - half)) * size);
    }

    /// <summary>Turn about the vertical that a rotation holds (its twist), rad, in (−π, π].</summary>
    public static float Heading(Quaternion rotation)
    {
        float angle = 2 * MathF.Atan2(rotation.Z, rotation.W);
        return angle > MathF.PI ? angle - MathF.Tau : angle <= -MathF.PI ? angle + MathF.Tau : angle;
    }

    private static Quaternion Turn(float yaw) => Quaternion.CreateFromAxisAngle(Vector3.UnitZ, yaw);

    private static Joint RootOf(Character character) => character.Joints.First(joint => joint.Kind == JointKind.Free);
}
