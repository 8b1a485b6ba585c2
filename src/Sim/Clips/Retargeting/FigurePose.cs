using System.Numerics;

namespace Motion.Sim.Clips.Retargeting;

/// <summary>One pose of a skeleton in the making, told by world rotations.</summary>
internal sealed class FigurePose(Skeleton skeleton)
{
    /// <summary>World rotations: [joint].</summary>
    public Quaternion[] Rotations { get; } = new Quaternion[skeleton.Joints.Length];

    /// <summary>World positions after <see cref="Place"/>, m: [joint].</summary>
    public Vector3[] Positions { get; } = new Vector3[skeleton.Joints.Length];

    /// <summary>Places every joint from the rotations.</summary>
    public void Place(Vector3 root)
    {
        Positions[0] = root;
        for (int joint = 1; joint < Positions.Length; joint++)
        {
            SkeletonJoint at = skeleton.Joints[joint];
            Positions[joint] = Positions[at.Parent] + Vector3.Transform(at.Offset, Rotations[at.Parent]);
        }
    }

    /// <summary>
    /// Brings a leg's end to a place, or as near as it reaches: the knee opens or closes, then the whole leg swings. What hangs on the end keeps
    /// its world rotation.
    /// </summary>
    /// <param name="hip">Joint at the top of the leg.</param>
    /// <param name="knee">Joint in its middle.</param>
    /// <param name="ankle">Joint at its end.</param>
    /// <param name="left">The knee's own axis in the world, about which it bends backwards.</param>
    /// <param name="place">Where the end shall be, m.</param>
    public void Reach(int hip, int knee, int ankle, Vector3 left, Vector3 place)
    {
        // The bend's plane and the knee's own axis differ a little, so the first try is not exact.
        for (int attempt = 0; attempt < 3; attempt++)
        {
            Vector3 thigh = Positions[knee] - Positions[hip];
            Vector3 shin = Positions[ankle] - Positions[knee];
            float lengths = thigh.Length() * shin.Length();
            if (lengths < 1e-8f)
            {
                return;
            }

            // A straight leg hardly tells the plane that it bends in.
            Vector3 bend = Vector3.Cross(thigh, shin) / lengths;
            Vector3 axis = Directions.Unit(bend + (0.1f * left));
            float now = MathF.Atan2(Vector3.Dot(bend, axis), Vector3.Dot(thigh, shin) / lengths);
            float cosine = (Vector3.DistanceSquared(place, Positions[hip]) - thigh.LengthSquared() - shin.LengthSquared()) / (2 * lengths);
            Swing(knee, ankle, Quaternion.CreateFromAxisAngle(axis, MathF.Acos(Math.Clamp(cosine, -0.99f, 1)) - now));
        }

        Swing(hip, ankle, Characters.Rotations.Between(Positions[ankle] - Positions[hip], place - Positions[hip]));
    }

    /// <summary>Rotations in the parents' frames; identity for end sites.</summary>
    public void WriteLocal(Span<Quaternion> local)
    {
        for (int joint = 0; joint < Rotations.Length; joint++)
        {
            SkeletonJoint at = skeleton.Joints[joint];
            local[joint] = at.IsEnd ? Quaternion.Identity
                : at.Parent < 0 ? Rotations[joint]
                : Quaternion.Normalize(Quaternion.Conjugate(Rotations[at.Parent]) * Rotations[joint]);
        }
    }

    /// <summary>Turns a joint and all that hangs on it, but what hangs on a joint further down keeps its world rotation and only moves along.</summary>
    public void Swing(int joint, int end, Quaternion turn)
    {
        bool[] turns = new bool[Rotations.Length];
        turns[joint] = true;
        for (int below = joint; below < turns.Length; below++)
        {
            turns[below] |= below != end && below != joint && turns[skeleton.Joints[below].Parent];
            if (turns[below])
            {
                Rotations[below] = Quaternion.Normalize(turn * Rotations[below]);
            }
        }

        Place(Positions[0]);
    }
}
