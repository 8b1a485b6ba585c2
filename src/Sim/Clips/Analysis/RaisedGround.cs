namespace Motion.Sim.Clips.Analysis;

/// <summary>
/// Finds where a person stands on something that is not the floor: a mat, a step, a dip of the capture volume. A foot at rest that is the lowest part of the
/// body carries it, so the ground is there. Characters move on level ground, so the heights are taken out of the motion.
/// </summary>
internal static class RaisedGround
{
    // A foot that carries the body is slower than this, m/s, for at least this long, s, and nothing is lower by more than this, m.
    private const float RestingSpeed = 0.3f;
    private const double ShortestRest = 0.12;
    private const float LowestBy = 0.02f;

    // Smaller heights are the capture's own and left to the contacts, m.
    private const float LeastHeight = 0.045f;

    private sealed record Rest(int Start, int End, float Height);

    /// <summary>Height of the ground over the floor in each frame, m; null when it is the floor throughout.</summary>
    /// <param name="figure">The clip, standing on 0.</param>
    /// <param name="roles">Its roles.</param>
    /// <param name="frameRate">Frames per second.</param>
    /// <param name="restingHeight">Height of the lowest joint of a foot that rests on the floor, m.</param>
    public static float[]? Find(Figure figure, JointRoles roles, double frameRate, float restingHeight)
    {
        List<Rest> rests = [.. Rests(figure, roles, frameRate).Select(rest => rest with { Height = rest.Height - restingHeight })];
        if (!rests.Exists(rest => MathF.Abs(rest.Height) > LeastHeight))
        {
            return null;
        }

        float[] heights = new float[figure.FrameCount];
        for (int next = 0; next <= rests.Count; next++)
        {
            Rest? before = next > 0 ? rests[next - 1] : null;
            Rest? after = next < rests.Count ? rests[next] : null;
            (int start, int end) = (before?.End ?? 0, after?.Start ?? figure.FrameCount);
            for (int frame = start; frame < end; frame++)
            {
                float share = (frame - start + 1f) / (end - start + 1f);
                float smooth = share * share * (3 - (2 * share));
                float from = Beyond(before?.Height ?? after!.Height);
                heights[frame] = from + (smooth * (Beyond(after?.Height ?? before!.Height) - from));
            }

            if (after is not null)
            {
                Array.Fill(heights, Beyond(after.Height), after.Start, after.End - after.Start);
            }
        }

        return heights;
    }

    private static float Beyond(float height) => MathF.Abs(height) > LeastHeight ? height : 0;

    private static List<Rest> Rests(Figure figure, JointRoles roles, double frameRate)
    {
        int shortest = Math.Max(2, (int)Math.Ceiling(ShortestRest * frameRate));
        List<Rest> rests = [];
        int start = -1;
        for (int frame = 0; frame <= figure.FrameCount; frame++)
        {
            bool carried = frame < figure.FrameCount && Carries(figure, roles, frameRate, frame);
            if (carried && start < 0)
            {
                start = frame;
            }
            else if (!carried && start >= 0)
            {
                if (frame - start >= shortest)
                {
                    float[] heights = [.. Enumerable.Range(start, frame - start).Select(at => LowestJoint(figure, at)).Order()];
                    rests.Add(new Rest(start, frame, heights[heights.Length / 2]));
                }

                start = -1;
            }
        }

        return rests;
    }

    private static bool Carries(Figure figure, JointRoles roles, double frameRate, int frame)
    {
        float lowest = LowestJoint(figure, frame);
        for (JointRole foot = JointRole.LeftFoot; foot <= JointRole.RightFoot; foot++)
        {
            int low = roles.Has(foot + 2) && figure.Position(frame, roles[foot + 2]).Z < figure.Position(frame, roles[foot]).Z ? roles[foot + 2] : roles[foot];
            int before = Math.Max(frame - 1, 0);
            int after = Math.Min(frame + 1, figure.FrameCount - 1);
            float speed = (float)(System.Numerics.Vector3.Distance(figure.Position(before, low), figure.Position(after, low)) * frameRate / Math.Max(1, after - before));
            if (speed < RestingSpeed && figure.Position(frame, low).Z < lowest + LowestBy)
            {
                return true;
            }
        }

        return false;
    }

    private static float LowestJoint(Figure figure, int frame)
    {
        float lowest = float.MaxValue;
        foreach (System.Numerics.Vector3 position in figure.PositionsAt(frame))
        {
            lowest = Math.Min(lowest, position.Z);
        }

        return lowest;
    }
}
