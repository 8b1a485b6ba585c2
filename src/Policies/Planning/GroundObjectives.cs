using System.Collections.Immutable;
using System.Numerics;

namespace Motion.Policies.Planning;

/// <summary>
/// Go to a point and stay there. Further off than <see cref="Near"/>, a step earns the speed at which the point comes closer, up to
/// <see cref="Speed"/>, and <see cref="Facing"/>, less evenly with the angle by which it faces elsewhere; nearer, it earns <see cref="Speed"/> less half of the
/// speed that is left.
/// </summary>
/// <param name="Target">In the world, m.</param>
public sealed record GoToPoint(Vector2 Target) : IObjective
{
    /// <summary>Distance at which the point is reached, m.</summary>
    public float Near { get; init; } = 0.4f;

    /// <summary>Speed that is fast enough, m/s.</summary>
    public float Speed { get; init; } = 1.3f;

    /// <summary>What facing a point that is further off earns, and having one's back to it loses: a turn pays before it has brought it any closer.</summary>
    public float Facing { get; init; } = 1;

    /// <inheritdoc/>
    public double Reward(in RootState root)
    {
        Vector2 way = Target - root.Place.Position;
        float distance = way.Length();
        Vector2 velocity = Ground.VelocityWorld(root);
        return distance > Near
            ? Math.Min(Speed, Vector2.Dot(velocity, way) / distance) - (0.25 * distance) + (Facing * (1 - (Math.Abs(Math.IEEERemainder(root.Place.Heading - MathF.Atan2(way.Y, way.X), Math.Tau)) / (Math.PI / 2))))
            : Speed - (0.5 * velocity.Length());
    }
}

/// <summary>Face a direction: the cosine of what is missing.</summary>
/// <param name="Heading">Direction in the world, rad from x toward y.</param>
public sealed record FaceDirection(float Heading) : IObjective
{
    /// <inheritdoc/>
    public double Reward(in RootState root) => Math.Cos(root.Place.Heading - Heading);
}

/// <summary>Keep a speed over the ground: minus what is missing or too much, m/s.</summary>
/// <param name="Speed">m/s.</param>
public sealed record KeepSpeed(float Speed) : IObjective
{
    /// <inheritdoc/>
    public double Reward(in RootState root) => -Math.Abs(new Vector2(root.VelocityHeading.X, root.VelocityHeading.Y).Length() - Speed);
}

/// <summary>Go no faster than a speed over the ground: minus what is too much, m/s.</summary>
/// <param name="Speed">m/s.</param>
public sealed record SpeedLimit(float Speed) : IObjective
{
    /// <inheritdoc/>
    public double Reward(in RootState root) => Math.Min(0, Speed - new Vector2(root.VelocityHeading.X, root.VelocityHeading.Y).Length());
}

/// <summary>Follow a path on the ground: the speed along it, up to one that is fast enough, less the distance from it.</summary>
/// <param name="Points">At least two points, in the world, m.</param>
public sealed record FollowPath(ImmutableArray<Vector2> Points) : IObjective
{
    /// <summary>Speed that is fast enough, m/s.</summary>
    public float Speed { get; init; } = 1.3f;

    /// <inheritdoc/>
    public double Reward(in RootState root)
    {
        Vector2 place = root.Place.Position;
        float nearest = float.PositiveInfinity;
        Vector2 along = default;
        for (int index = 0; index + 1 < Points.Length; index++)
        {
            Vector2 side = Points[index + 1] - Points[index];
            float length2 = side.LengthSquared();
            float share = length2 > 0 ? Math.Clamp(Vector2.Dot(place - Points[index], side) / length2, 0, 1) : 0;
            float distance = Vector2.Distance(place, Points[index] + (share * side));

            // Where two pieces are equally near, at their corner, the later one is followed.
            if (length2 > 0 && distance <= nearest)
            {
                (nearest, along) = (distance, share >= 1 && index + 2 == Points.Length ? default : side / MathF.Sqrt(length2));
            }
        }

        return Math.Min(Speed, Vector2.Dot(Ground.VelocityWorld(root), along)) - nearest;
    }
}

/// <summary>Stay out of circles on the ground: minus how deep in one the root is, m, and a margin about them.</summary>
/// <param name="Circles">Centres, in the world, and radii, m.</param>
public sealed record AvoidCircles(ImmutableArray<(Vector2 Centre, float Radius)> Circles) : IObjective
{
    /// <summary>Distance that is kept from a circle, m.</summary>
    public float Margin { get; init; } = 0.3f;

    /// <inheritdoc/>
    public double Reward(in RootState root)
    {
        double depth = 0;
        foreach ((Vector2 centre, float radius) in Circles)
        {
            depth += Math.Max(0, radius + Margin - Vector2.Distance(root.Place.Position, centre));
        }

        return -depth;
    }
}

/// <summary>Do what a sentence says: the cosine of what a plan means and a latent.</summary>
/// <param name="Sentence">Latent of the sentence.</param>
public sealed record LikeSentence(ImmutableArray<float> Sentence) : IObjective
{
    /// <inheritdoc/>
    public double Reward(in RootState root) => 0;

    /// <inheritdoc/>
    public double RewardOfMeaning(ReadOnlySpan<float> meaning)
    {
        if (meaning.Length != Sentence.Length)
        {
            throw new MotionException(ExitCode.BadInput, $"the sentence's latent has {Sentence.Length} numbers, the planner's model gives {meaning.Length}: it was trained beside another embedding, or none");
        }

        double product = 0, one = 0, other = 0;
        for (int index = 0; index < meaning.Length; index++)
        {
            product += meaning[index] * Sentence[index];
            one += meaning[index] * meaning[index];
            other += Sentence[index] * Sentence[index];
        }

        return product / Math.Sqrt(Math.Max(1e-12, one * other));
    }
}

internal static class Ground
{
    /// <summary>Velocity over the ground, in the world.</summary>
    public static Vector2 VelocityWorld(in RootState root)
    {
        (float sine, float cosine) = MathF.SinCos(root.Place.Heading);
        Vector3 seen = root.VelocityHeading;
        return new Vector2((cosine * seen.X) - (sine * seen.Y), (sine * seen.X) + (cosine * seen.Y));
    }
}
