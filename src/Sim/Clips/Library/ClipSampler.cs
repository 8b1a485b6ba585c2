using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Retargeting;

namespace Motion.Sim.Clips.Library;

/// <summary>
/// Samples frames for whole batches: eight worlds at a time, their two neighbouring frames turned from rows into lanes and interpolated there.
/// </summary>
internal sealed unsafe class ClipSampler
{
    private const int Lanes = FrameLanes.Count;
    private const int Tile = FrameLanes.Tile;

    private readonly float* _positions;
    private readonly float* _velocities;
    private readonly LibraryFormat _format;
    private readonly Track[] _tracks;
    private readonly int[] _linear;
    private readonly int[] _quaternions;
    private readonly int _root;
    private readonly int _rootVelocity;

    private readonly record struct Track(long FirstFrame, int Last, float FrameRate, bool IsLoop, GroundDisplacement Cycle);

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
            SampleTiles(clips, times, toPositions, toVelocities);
        }
    }

    // Rows of a batch lie whole pages apart, and stores that hop from row to row would push each other out of the cache: a tile of worlds is put
    // together where it fits, then its rows are copied.
    [SkipLocalsInit]
    private void SampleTiles(ReadOnlySpan<int> clips, ReadOnlySpan<float> times, float* toPositions, float* toVelocities)
    {
        float* positions = stackalloc float[_format.PositionStride * Tile];
        float* velocities = stackalloc float[_format.VelocityStride * Tile];
        int worlds = clips.Length;
        FrameBlock now = default;
        if (worlds > 0)
        {
            Locate(clips[..Math.Min(Lanes, worlds)], times, ref now);
        }

        for (int tile = 0; tile < worlds; tile += Tile)
        {
            int end = Math.Min(tile + Tile, worlds);
            for (int world = tile; world < end; world += Lanes)
            {
                // The next block's frames are on their way from memory while this one is worked on.
                FrameBlock next = default;
                int after = world + Lanes;
                if (after < worlds)
                {
                    int count = Math.Min(Lanes, worlds - after);
                    Locate(clips.Slice(after, count), times.Slice(after, count), ref next);
                    FrameLanes.Prefetch(_positions, _format.PositionStride, ref next);
                }

                ReadOnlySpan<int> inBlock = clips[world..Math.Min(after, worlds)];
                SamplePositions(ref now, inBlock, positions + (world - tile));
                if (toVelocities != null)
                {
                    if (after < worlds)
                    {
                        FrameLanes.Prefetch(_velocities, _format.VelocityStride, ref next);
                    }

                    SampleVelocities(ref now, inBlock, velocities + (world - tile));
                }

                now = next;
            }

            FrameLanes.Store(positions, _format.PositionCount, end - tile, toPositions + tile, worlds);
            if (toVelocities != null)
            {
                FrameLanes.Store(velocities, _format.VelocityCount, end - tile, toVelocities + tile, worlds);
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

    private void Locate(ReadOnlySpan<int> clips, ReadOnlySpan<float> times, ref FrameBlock block)
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

    [SkipLocalsInit]
    private void SamplePositions(ref FrameBlock block, ReadOnlySpan<int> clips, float* tile)
    {
        int rows = _format.PositionStride;
        float* before = stackalloc float[rows * Lanes];
        float* after = stackalloc float[rows * Lanes];
        FrameLanes.ToLanes(_positions, rows, _format.PositionCount, ref block, 0, before);
        FrameLanes.ToLanes(_positions, rows, _format.PositionCount, ref block, 1, after);
        Vector256<float> share;
        fixed (float* shares = block.Share)
        {
            share = Vector256.Load(shares);
        }

        foreach (int row in _linear)
        {
            Vector256<float> from = Vector256.Load(before + (row * Lanes));
            Vector256<float> value = from + (share * (Vector256.Load(after + (row * Lanes)) - from));
            value.Store(tile + (row * Tile));
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
            float* to = tile + (row * Tile);
            (w * scale).Store(to);
            (x * scale).Store(to + Tile);
            (y * scale).Store(to + (2 * Tile));
            (z * scale).Store(to + (3 * Tile));
        }

        for (int lane = 0; lane < clips.Length; lane++)
        {
            if (block.Cycle[lane] != 0)
            {
                MoveRoot(tile + (_root * Tile) + lane, _tracks[clips[lane]].Cycle, block.Cycle[lane]);
            }
        }

    }

    [SkipLocalsInit]
    private void SampleVelocities(ref FrameBlock block, ReadOnlySpan<int> clips, float* tile)
    {
        float** rows = stackalloc float*[2 * Lanes];
        for (int lane = 0; lane < Lanes; lane++)
        {
            rows[lane] = _velocities + (block.Before[lane] * _format.VelocityStride);
            rows[Lanes + lane] = rows[lane] + _format.VelocityStride;
        }

        fixed (float* shares = block.Share)
        {
            for (int at = 0; at < _format.VelocityCount; at += Lanes)
            {
                FrameLanes.Between(rows, shares, at, tile + (at * Tile));
            }
        }

        // Only the root's linear velocity is told in the world's axes, so only it turns with the cycles.
        for (int lane = 0; lane < clips.Length; lane++)
        {
            if (block.Cycle[lane] != 0)
            {
                float* velocity = tile + (_rootVelocity * Tile) + lane;
                (float sine, float cosine) = MathF.SinCos(block.Cycle[lane] * _tracks[clips[lane]].Cycle.Yaw);
                (velocity[0], velocity[Tile]) = ((cosine * velocity[0]) - (sine * velocity[Tile]), (sine * velocity[0]) + (cosine * velocity[Tile]));
            }
        }
    }

    // Moves a root by a whole number of cycles: position x y z and quaternion w x y z, each a row of a tile.
    private static void MoveRoot(float* root, GroundDisplacement cycle, int cycles)
    {
        GroundDisplacement moved = cycle.Repeated(cycles);
        Quaternion turn = Quaternion.CreateFromAxisAngle(Vector3.UnitZ, moved.Yaw);
        Vector3 position = Vector3.Transform(new Vector3(root[0], root[Tile], root[2 * Tile]), turn) + moved.Shift;
        Quaternion rotation = turn * new Quaternion(root[4 * Tile], root[5 * Tile], root[6 * Tile], root[3 * Tile]);
        (root[0], root[Tile]) = (position.X, position.Y);
        (root[3 * Tile], root[4 * Tile], root[5 * Tile], root[6 * Tile]) = (rotation.W, rotation.X, rotation.Y, rotation.Z);
    }
}
