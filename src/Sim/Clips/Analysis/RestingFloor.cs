using System.Numerics;

namespace Motion.Sim.Clips.Analysis;

/// <summary>Tells where the floor is from feet at rest.</summary>
internal static class RestingFloor
{
    /// <summary>How far toe joints and their ends lie above the sole, about, m.</summary>
    public const float ToeHeight = 0.015f;

    /// <summary>How far ankles lie above the sole, about, m.</summary>
    public const float AnkleHeight = 0.08f;

    // A foot on the floor moves slower than this, m/s, whatever the capture's noise.
    private const float RestingSpeed = 0.25f;
    private const float MostRestingSpeed = 0.6f;

    // Feet farther than this from a sloping floor do not tell its slope, m; no capture volume is steeper than this, metres in a metre.
    private const float SlopeWindow = 0.1f;
    private const float SteepestFloor = 0.04f;

    // Standard deviation of the resting places along the slope below which feet, not floors, differ in height, m.
    private const float LeastWay = 0.5f;

    /// <summary>Height of the floor along Z of a clip that is already in metres and Z up, m.</summary>
    public static Finding<float> Find(Figure figure, JointRoles roles, Skeleton skeleton, double frameRate)
    {
        (List<Vector3> resting, List<float> all) = Feet(figure, roles, skeleton, frameRate);
        float[] heights = [.. resting.Select(foot => foot.Z).Order()];
        bool toes = roles.Has(JointRole.LeftToe) && roles.Has(JointRole.RightToe);
        float clearance = toes ? ToeHeight : AnkleHeight;

        // A foot held still in the air rests too: only heights near the lowest tenth of the resting ones count.
        float low = heights.Length > 0 ? heights[heights.Length / 10] : 0;
        float[] onFloor = [.. heights.Where(height => height < low + 0.04f && height > low - 0.04f)];
        if (onFloor.Length < Math.Max(3, all.Count / 25))
        {
            all.Sort();
            return new Finding<float>(all[all.Count / 20] - clearance, 0.5f, "feet hardly ever rest: the lowest twentieth of their heights");
        }

        float spread = onFloor[onFloor.Length * 9 / 10] - onFloor[onFloor.Length / 10];
        return new Finding<float>(
            onFloor[onFloor.Length / 2] - clearance, spread < 0.03f ? 0.95f : 0.8f, $"{onFloor.Length} resting feet, eight in ten of them within {spread * 100:0.0} cm");
    }

    /// <summary>
    /// How much the floor rises along X and Y: capture volumes are often levelled to no better than a centimetre in a metre. Zero unless the person
    /// gets around and a sloping floor explains the heights of resting feet clearly better than a level one.
    /// </summary>
    public static Finding<Vector2> FindSlope(Figure figure, JointRoles roles, Skeleton skeleton, double frameRate)
    {
        (List<Vector3> resting, _) = Feet(figure, roles, skeleton, frameRate);
        float[] heights = [.. resting.Select(foot => foot.Z).Order()];
        Finding<Vector2> level = new(Vector2.Zero, 0.9f, "a level floor explains the resting feet");
        if (heights.Length < 12)
        {
            return level;
        }

        float low = heights[heights.Length / 10];
        List<Vector3> near = [.. resting.Where(foot => MathF.Abs(foot.Z - low) < SlopeWindow)];
        Vector2 slope = Vector2.Zero;
        for (int sweep = 0; sweep < 4 && near.Count >= 12; sweep++)
        {
            slope = Plane(near, out Vector3 middle);

            // Feet that rest on nothing do not lie on the plane: they are left out of the next fit.
            near = [.. resting.Where(foot => MathF.Abs(Over(foot, middle, slope)) < SlopeWindow / (1 + sweep))];
        }

        if (near.Count < Math.Max(12, resting.Count / 2))
        {
            return level;
        }

        slope = Plane(near, out Vector3 center);
        float before = MathF.Sqrt(near.Average(foot => (foot.Z - center.Z) * (foot.Z - center.Z)));
        float after = MathF.Sqrt(near.Average(foot => Over(foot, center, slope) * Over(foot, center, slope)));
        Vector2 along = slope.Length() > 0 ? slope / slope.Length() : Vector2.UnitX;
        float way = MathF.Sqrt(near.Average(foot => MathF.Pow(Vector2.Dot(new Vector2(foot.X - center.X, foot.Y - center.Y), along), 2)));
        return before > 0.006f && after < 0.7f * before && slope.Length() < SteepestFloor && way > LeastWay
            ? new Finding<Vector2>(slope, 0.7f, $"a floor that rises {slope.Length() * 100:0.0} cm in a metre leaves {after * 1000:0} of {before * 1000:0} mm between resting feet")
            : level;
    }

    private static float Over(Vector3 foot, Vector3 middle, Vector2 slope) =>
        foot.Z - middle.Z - (slope.X * (foot.X - middle.X)) - (slope.Y * (foot.Y - middle.Y));

    // Least squares, with little belief in slopes across the way that the person went.
    private static Vector2 Plane(List<Vector3> feet, out Vector3 middle)
    {
        Vector3 mean = feet.Aggregate(Vector3.Zero, (sum, foot) => sum + foot) / feet.Count;
        float xx = 0.05f, yy = 0.05f, xy = 0, xz = 0, yz = 0;
        foreach (Vector3 foot in feet)
        {
            Vector3 from = foot - mean;
            xx += from.X * from.X / feet.Count;
            yy += from.Y * from.Y / feet.Count;
            xy += from.X * from.Y / feet.Count;
            xz += from.X * from.Z / feet.Count;
            yz += from.Y * from.Z / feet.Count;
        }

        middle = mean;
        float determinant = (xx * yy) - (xy * xy);
        return new Vector2(((yy * xz) - (xy * yz)) / determinant, ((xx * yz) - (xy * xz)) / determinant);
    }

    // The lowest point of each foot in each frame: where it is when it moves slowly, and its height always.
    private static (List<Vector3> Resting, List<float> All) Feet(Figure figure, JointRoles roles, Skeleton skeleton, double frameRate)
    {
        List<(Vector3 Place, float Speed)> feet = [];
        for (int side = 0; side < 2; side++)
        {
            int[] points = LowPoints(skeleton, roles, side);
            for (int frame = 0; frame < figure.FrameCount; frame++)
            {
                int lowest = Lowest(figure, frame, points);
                int before = Math.Max(frame - 1, 0);
                int after = Math.Min(frame + 1, figure.FrameCount - 1);
                float speed = after == before ? 0 :
                    (float)(Vector3.Distance(figure.Position(after, lowest), figure.Position(before, lowest)) * frameRate / (after - before));
                feet.Add((figure.Position(frame, lowest), speed));
            }
        }

        // In recordings whose feet never quite rest, the slowest fifth is what rest there is.
        float slow = feet.Select(foot => foot.Speed).Order().ElementAt(feet.Count / 5);
        float resting = Math.Clamp(slow, RestingSpeed, MostRestingSpeed);
        return ([.. feet.Where(foot => foot.Speed <= resting).Select(foot => foot.Place)], [.. feet.Select(foot => foot.Place.Z)]);
    }

    private static int Lowest(Figure figure, int frame, int[] points)
    {
        int lowest = points[0];
        foreach (int point in points)
        {
            lowest = figure.Position(frame, point).Z < figure.Position(frame, lowest).Z ? point : lowest;
        }

        return lowest;
    }

    // Toes and whatever hangs on them; the foot itself when there are no toes.
    private static int[] LowPoints(Skeleton skeleton, JointRoles roles, int side)
    {
        int top = roles[JointRole.LeftToe + side] >= 0 ? roles[JointRole.LeftToe + side] : roles[JointRole.LeftFoot + side];
        List<int> points = [top];
        for (int joint = top + 1; joint < skeleton.Joints.Length; joint++)
        {
            if (points.Contains(skeleton.Joints[joint].Parent))
            {
                points.Add(joint);
            }
        }

        return [.. points];
    }
}
