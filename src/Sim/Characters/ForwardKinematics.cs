using System.Numerics;

namespace Motion.Sim.Characters;

/// <summary>Where a character's bodies are, given its positions.</summary>
public static class ForwardKinematics
{
    /// <summary>Computes every body's transform in the world.</summary>
    /// <param name="character">The character.</param>
    /// <param name="positions">Position vector in MuJoCo's layout: [<see cref="Character.PositionCount"/>].</param>
    /// <param name="bodyPositions">Result: origins of the bodies, m: [body].</param>
    /// <param name="bodyRotations">Result: orientations of the bodies: [body].</param>
    /// <exception cref="ArgumentException">A span is too short.</exception>
    public static void Compute(
        Character character, ReadOnlySpan<float> positions, Span<Vector3> bodyPositions, Span<Quaternion> bodyRotations)
    {
        ArgumentNullException.ThrowIfNull(character);
        if (positions.Length < character.PositionCount || bodyPositions.Length < character.Bodies.Length || bodyRotations.Length < character.Bodies.Length)
        {
            throw new ArgumentException(
                $"'{character.Name}' has {character.PositionCount} positions and {character.Bodies.Length} bodies; "
                + $"got {positions.Length} positions, room for {bodyPositions.Length} and {bodyRotations.Length} bodies");
        }

        for (int index = 0; index < character.Bodies.Length; index++)
        {
            Body body = character.Bodies[index];
            Vector3 parentPosition = body.Parent < 0 ? Vector3.Zero : bodyPositions[body.Parent];
            Quaternion parentRotation = body.Parent < 0 ? Quaternion.Identity : bodyRotations[body.Parent];
            Vector3 position = parentPosition + Vector3.Transform(body.Position, parentRotation);
            Quaternion rotation = parentRotation * body.Rotation;
            for (int j = body.FirstJoint; j < body.FirstJoint + body.JointCount; j++)
            {
                Joint joint = character.Joints[j];
                if (joint.Kind == JointKind.Free)
                {
                    position = PositionVector.RootPosition(joint, positions);
                    rotation = PositionVector.Rotation(joint, positions);
                    continue;
                }

                // The body turns about its anchor, so the anchor stays where it was.
                Vector3 anchor = position + Vector3.Transform(joint.Anchor, rotation);
                rotation *= PositionVector.Rotation(joint, positions);
                position = anchor - Vector3.Transform(joint.Anchor, rotation);
            }

            bodyPositions[index] = position;
            bodyRotations[index] = Quaternion.Normalize(rotation);
        }
    }
}
