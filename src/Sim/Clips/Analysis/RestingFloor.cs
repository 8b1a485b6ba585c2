using System.Numerics;

namespace Motion.Sim.Clips.Analysis;

/// <summary>Tells where the floor is from feet at rest.</summary>
internal static class RestingFloor
{
    // Toe joints and their ends lie about this far above the sole.
    private const float ToeHeight = 0.015f;
    private const float AnkleHeight = 0.08f;

    // A foot on the floor moves slower than this, m/s, whatever the capture's noise.
    private const float RestingSpeed = 0.25f;

    /// <summary>Height of the floor along Z of a clip that is already in metres and Z up, m.</summary>
    public static Finding<float> Find(Figure figure, JointRoles roles, Skeleton skeleton, double frameRate)
    {
        List<float> resting = [];
        List<float> all = [];
        bool toes = roles.Has(JointRole.LeftToe) && roles.Has(JointRole.RightToe);
        for (int side = 0; side < 2; side++)
        {
            int[] points = LowPoints(skeleton, roles, side);
            for (int frame = 0; frame < figure.FrameCount; frame++)
            {
                int lowest = points.MinBy(point => figure.Position(frame, point).Z);
                float height = figure.Position(frame, lowest).Z;
                all.Add(height);
                int before = Math.Max(frame - 1, 0);
                int after = Math.Min(frame + 1, figure.FrameCount - 1);
                float speed = after == before ? 0 :
                    (float)(Vector3.Distance(figure.Position(after, lowest), figure.Position(before, lowest)) * frameRate / (after - before));
                if (speed < RestingSpeed)
                {
                    resting.Add(height);
                }
            }
        }

        all.Sort();
        resting.Sort();
        float clearance = toes ? ToeHeight : AnkleHeight;

        // A foot held still in the air rests too: only heights near the lowest tenth of the resting ones count.
        float low = resting.Count > 0 ? resting[resting.Count / 10] : 0;
        float[] onFloor = [.. resting.Where(height => height < low + 0.04f && height > low - 0.04f)];
        if (onFloor.Length < Math.Max(3, all.Count / 25))
        {
            return new Finding<float>(all[all.Count / 20] - clearance, 0.5f, "feet hardly ever rest: the lowest twentieth of their heights");
        }

        float spread = onFloor[onFloor.Length * 9 / 10] - onFloor[onFloor.Length / 10];
        return new Finding<float>(
            onFloor[onFloor.Length / 2] - clearance, spread < 0.03f ? 0.95f : 0.8f, $"{onFloor.Length} resting feet, eight in ten of them within {spread * 100:0.0} cm");
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
