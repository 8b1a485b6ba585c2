using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Retargeting;

namespace Motion.Sim.Clips.Library;

/// <summary>
/// Samples frames for whole batches: eight worlds at a time, their two neighbouring frames turned from rows into lanes and interpolated there.
/// </summary>
internal sealed unsafe class ClipSampler
{
    private const int Lanes = 8;

    private readonly float* _positions;
    private readonly float* _velocities;
    private readonly LibraryFormat _format;
    private readonly Track[] _tracks;
    private readonly int[] _linear;
    private readonly int[] _quaternions;
    private readonly int _root;
    private readonly int _rootVelocity;

    private readonly record struct Track(long FirstFrame, int Last, float FrameRate, bool IsLoop, GroundDisplacement Cycle);

    private struct Block
    {
        public fixed long Before[Lanes];
        public fixed float Share[Lanes];
        public fixed int Cycle[Lanes];
    }

    public ClipSampler(Character character, LibraryFormat format, ImmutableArray<LibraryClip> clips, float* positions, float* velocities)
    {
        _format = format;
        _positions = positions;
        _velocities = velocities;
        Joint root = character.Joints.First(joint => joint.Kind == JointKind.Free);
        (_root, _rootVelocity) = (root.PositionIndex, root.VelocityIndex);
        _quaternions = [.. character.Joints.Where(joint => joint.Kind != JointKind.Hinge).Select(joint => joint.PositionIndex + (joint.Kind == JointKind.Free ? 3 : 0))];
        _linear = [.. Enumerable.Range(0, format.PositionCount).Where(index => !_quaternions.Any(quaternion => index >= quaternion && index < quaternion + 4))];
        _tracks = [.. clips.Select(clip => TrackOf(character, clip))];
    }

    public void Sample(ReadOnlySpan<int> clips, ReadOnlySpan<float> times, Span<float> positions, Span<float> velocities)
    {
        int worlds = clips.Length;
        if (times.Length != worlds || positions.Length != worlds * _format.PositionCount || (velocities.Length != worlds * _format.VelocityCount && !velocities.IsEmpty))
        {
            throw new ArgumentException(
                $"{worlds} clips want {worlds} times, {worlds * _format.PositionCount} positions and {worlds * _format.VelocityCount} (or no) velocities; "
                + $"got {times.Length}, {positions.Length} and {velocities.Length}");
        }

        fixed (float* toPositions = positions, toVelocities = velocities)
        {
            int count = Math.Min(Lanes, worlds);
            Block now = default;
            if (worlds > 0)
            {
                Locate(clips[..count], times[..count], ref now);
            }

            for (int world = 0; world < worlds; world += Lanes)
            {
                // The next block's frames are on their way from memory while this one is worked on.
                Block next = default;
                int after = world + Lanes;
                if (after < worlds)
                {
                    int nextCount = Math.Min(Lanes, worlds - after);
                    Locate(clips.Slice(after, nextCount), times.Slice(after, nextCount), ref next);
                    Prefetch(ref next);
                }

                count = Math.Min(Lanes, worlds - world);
                SamplePositions(ref now, clips.Slice(world, count), toPositions + world, worlds);
                if (toVelocities != null)
                {
                    SampleVelocities(ref now, clips.Slice(world, count), toVelocities + world, worlds);
                }

                now = next;
            }
        }
    }

    /// <summary>The frame of the library nearest to a time of a clip.</summary>
    public long NearestFrame(int clip, float time)
    {
        (long before, float share, _) = Locate(_tracks[clip], time);
        return share < 0.5f ? before : before + 1;
    }

    private Track TrackOf(Character character, LibraryClip clip)
    {
        ReadOnlySpan<float> first = new(_positions + (clip.FirstFrame * _format.PositionStride), _format.PositionCount);
        ReadOnlySpan<float> last = new(_positions + ((clip.FirstFrame + clip.FrameCount - 1) * _format.PositionStride), _format.PositionCount);
        GroundDisplacement cycle = clip.IsLoop ? GroundDisplacement.Between(character, first, last) : default;
        return new Track(clip.FirstFrame, clip.FrameCount - 1, (float)clip.FrameRate, clip.IsLoop, cycle);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (long Before, float Share, int Cycle) Locate(in Track track, float time)
    {
        float frame = time * track.FrameRate;
        int cycle = 0;
        if (track.IsLoop)
        {
            cycle = (int)MathF.Floor(frame / track.Last);
            frame -= (float)cycle * track.Last;
        }

        frame = MathF.Max(0, MathF.Min(frame, track.Last));
        int before = Math.Clamp((int)frame, 0, track.Last - 1);
        return (track.FirstFrame + before, frame - before, cycle);
    }

    private void Locate(ReadOnlySpan<int> clips, ReadOnlySpan<float> times, ref Block block)
    {
        for (int lane = 0; lane < clips.Length; lane++)
        {
            (block.Before[lane], block.Share[lane], block.Cycle[lane]) = Locate(_tracks[clips[lane]], times[lane]);
        }

        // Lanes without a world repeat the last one.
        for (int lane = clips.Length; lane < Lanes; lane++)
        {
            block.Before[lane] = block.Before[clips.Length - 1];
            block.Share[lane] = block.Share[clips.Length - 1];
        }
    }

    private void Prefetch(ref Block block)
    {
        if (!Sse.IsSupported)
        {
            return;
        }

        for (int lane = 0; lane < Lanes; lane++)
        {
            float* frame = _positions + (block.Before[lane] * _format.PositionStride);
            for (int at = 0; at < 2 * _format.PositionStride; at += 16)
            {
                Sse.Prefetch0(frame + at);
            }
        }
    }

    [SkipLocalsInit]
    private void SamplePositions(ref Block block, ReadOnlySpan<int> clips, float* to, int worlds)
    {
        int rows = _format.PositionStride;
        float* before = stackalloc float[rows * Lanes];
        float* after = stackalloc float[rows * Lanes];
        ToLanes(_positions, rows, _format.PositionCount, ref block, 0, before);
        ToLanes(_positions, rows, _format.PositionCount, ref block, 1, after);
        Vector256<float> share;
        fixed (float* shares = block.Share)
        {
            share = Vector256.Load(shares);
        }

        foreach (int row in _linear)
        {
            Vector256<float> from = Vector256.Load(before + (row * Lanes));
            Vector256<float> value = from + (share * (Vector256.Load(after + (row * Lanes)) - from));
            value.Store(before + (row * Lanes));
        }

        // A straight line between unit quaternions runs ahead in its middle; its pace evened to third order in the angle φ between them is
        // s = t + (1 − cos φ)/3 · t(1 − t)(1 − 2t).
        Vector256<float> pace = share * (Vector256<float>.One - share) * (Vector256<float>.One - share - share) * Vector256.Create(1 / 3f);
        foreach (int row in _quaternions)
        {
            float* q = before + (row * Lanes);
            float* r = after + (row * Lanes);
            Vector256<float> w = Vector256.Load(q);
            Vector256<float> x = Vector256.Load(q + Lanes);
            Vector256<float> y = Vector256.Load(q + (2 * Lanes));
            Vector256<float> z = Vector256.Load(q + (3 * Lanes));
            Vector256<float> w1 = Vector256.Load(r);
            Vector256<float> x1 = Vector256.Load(r + Lanes);
            Vector256<float> y1 = Vector256.Load(r + (2 * Lanes));
            Vector256<float> z1 = Vector256.Load(r + (3 * Lanes));
            Vector256<float> cosine = (w * w1) + (x * x1) + (y * y1) + (z * z1);
            Vector256<float> s = share + (pace * (Vector256<float>.One - cosine));
            w += s * (w1 - w);
            x += s * (x1 - x);
            y += s * (y1 - y);
            z += s * (z1 - z);
            Vector256<float> scale = Vector256<float>.One / Vector256.Sqrt((w * w) + (x * x) + (y * y) + (z * z));
            (w * scale).Store(q);
            (x * scale).Store(q + Lanes);
            (y * scale).Store(q + (2 * Lanes));
            (z * scale).Store(q + (3 * Lanes));
        }

        for (int lane = 0; lane < clips.Length; lane++)
        {
            if (block.Cycle[lane] != 0)
            {
                MoveRoot(before + (_root * Lanes) + lane, _tracks[clips[lane]].Cycle, block.Cycle[lane]);
            }
        }

        Store(before, _format.PositionCount, clips.Length, to, worlds);
    }

    [SkipLocalsInit]
    private void SampleVelocities(ref Block block, ReadOnlySpan<int> clips, float* to, int worlds)
    {
        int rows = _format.VelocityStride;
        float* before = stackalloc float[rows * Lanes];
        float* after = stackalloc float[rows * Lanes];
        ToLanes(_velocities, rows, _format.VelocityCount, ref block, 0, before);
        ToLanes(_velocities, rows, _format.VelocityCount, ref block, 1, after);
        Vector256<float> share;
        fixed (float* shares = block.Share)
        {
            share = Vector256.Load(shares);
        }

        for (int at = 0; at < _format.VelocityCount * Lanes; at += Lanes)
        {
            Vector256<float> from = Vector256.Load(before + at);
            (from + (share * (Vector256.Load(after + at) - from))).Store(before + at);
        }

        // Only the root's linear velocity is told in the world's axes, so only it turns with the cycles.
        for (int lane = 0; lane < clips.Length; lane++)
        {
            if (block.Cycle[lane] != 0)
            {
                float* velocity = before + (_rootVelocity * Lanes) + lane;
                (float sine, float cosine) = MathF.SinCos(block.Cycle[lane] * _tracks[clips[lane]].Cycle.Yaw);
                (velocity[0], velocity[Lanes]) = ((cosine * velocity[0]) - (sine * velocity[Lanes]), (sine * velocity[0]) + (cosine * velocity[Lanes]));
            }
        }

        Store(before, _format.VelocityCount, clips.Length, to, worlds);
    }

    // Moves a root by a whole number of cycles: position x y z and quaternion w x y z, each a row of lanes.
    private static void MoveRoot(float* root, GroundDisplacement cycle, int cycles)
    {
        GroundDisplacement moved = cycle.Repeated(cycles);
        Quaternion turn = Quaternion.CreateFromAxisAngle(Vector3.UnitZ, moved.Yaw);
        Vector3 position = Vector3.Transform(new Vector3(root[0], root[Lanes], root[2 * Lanes]), turn) + moved.Shift;
        Quaternion rotation = turn * new Quaternion(root[4 * Lanes], root[5 * Lanes], root[6 * Lanes], root[3 * Lanes]);
        (root[0], root[Lanes]) = (position.X, position.Y);
        (root[3 * Lanes], root[4 * Lanes], root[5 * Lanes], root[6 * Lanes]) = (rotation.W, rotation.X, rotation.Y, rotation.Z);
    }

    private static void Store(float* lanes, int rows, int worlds, float* to, int stride)
    {
        if (worlds == Lanes)
        {
            for (int row = 0; row < rows; row++)
            {
                Vector256.Load(lanes + (row * Lanes)).Store(to + ((long)row * stride));
            }

            return;
        }

        for (int row = 0; row < rows; row++)
        {
            for (int lane = 0; lane < worlds; lane++)
            {
                to[((long)row * stride) + lane] = lanes[(row * Lanes) + lane];
            }
        }
    }

    // One frame of each lane's world, from rows of coordinates to coordinates of lanes.
    private static void ToLanes(float* frames, int stride, int count, ref Block block, int ahead, float* lanes)
    {
        float** rows = stackalloc float*[Lanes];
        for (int lane = 0; lane < Lanes; lane++)
        {
            rows[lane] = frames + ((block.Before[lane] + ahead) * stride);
        }

        if (!Avx.IsSupported)
        {
            for (int at = 0; at < count; at++)
            {
                for (int lane = 0; lane < Lanes; lane++)
                {
                    lanes[(at * Lanes) + lane] = rows[lane][at];
                }
            }

            return;
        }

        for (int at = 0; at < count; at += Lanes)
        {
            Transpose(rows, at, lanes + (at * Lanes));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose(float** rows, int at, float* lanes)
    {
        // Halves of rows four apart share a register, so that the rest happens within halves.
        Vector256<float> a = Halves(rows[0] + at, rows[4] + at);
        Vector256<float> b = Halves(rows[1] + at, rows[5] + at);
        Vector256<float> c = Halves(rows[2] + at, rows[6] + at);
        Vector256<float> d = Halves(rows[3] + at, rows[7] + at);
        Four(a, b, c, d, lanes);
        Four(Halves(rows[0] + at + 4, rows[4] + at + 4), Halves(rows[1] + at + 4, rows[5] + at + 4), Halves(rows[2] + at + 4, rows[6] + at + 4), Halves(rows[3] + at + 4, rows[7] + at + 4), lanes + (4 * Lanes));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Halves(float* low, float* high) => Vector256.Create(Vector128.Load(low), Vector128.Load(high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Four(Vector256<float> a, Vector256<float> b, Vector256<float> c, Vector256<float> d, float* lanes)
    {
        Vector256<float> ab = Avx.UnpackLow(a, b);
        Vector256<float> cd = Avx.UnpackLow(c, d);
        Vector256<float> abHigh = Avx.UnpackHigh(a, b);
        Vector256<float> cdHigh = Avx.UnpackHigh(c, d);
        Avx.Shuffle(ab, cd, 0x44).Store(lanes);
        Avx.Shuffle(ab, cd, 0xEE).Store(lanes + Lanes);
        Avx.Shuffle(abHigh, cdHigh, 0x44).Store(lanes + (2 * Lanes));
        Avx.Shuffle(abHigh, cdHigh, 0xEE).Store(lanes + (3 * Lanes));
    }
}
