using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Motion.Sim.Clips.Library;

/// <summary>Where each lane of eight worlds is in a library: the frame before its time, the share of the way to the next one, and its cycle.</summary>
internal unsafe struct FrameBlock
{
    public fixed long Before[FrameLanes.Count];
    public fixed float Share[FrameLanes.Count];
    public fixed int Cycle[FrameLanes.Count];
}

/// <summary>Turns frames, rows of coordinates, into coordinates of eight worlds side by side, and tiles of them into a batch.</summary>
internal static unsafe class FrameLanes
{
    /// <summary>Worlds side by side in a vector.</summary>
    public const int Count = 8;

    /// <summary>Worlds from one row of a tile to the next.</summary>
    public const int Tile = 8 * Count;

    /// <summary>Asks memory for both frames of each lane.</summary>
    public static void Prefetch(float* frames, int stride, ref FrameBlock block)
    {
        if (!Sse.IsSupported)
        {
            return;
        }

        for (int lane = 0; lane < Count; lane++)
        {
            float* frame = frames + (block.Before[lane] * stride);
            for (int at = 0; at < 2 * stride; at += 16)
            {
                Sse.Prefetch0(frame + at);
            }
        }
    }

    /// <summary>Copies the rows of a tile to where they belong in a batch.</summary>
    public static void Store(float* tile, int rows, int worlds, float* to, int stride)
    {
        for (int row = 0; row < rows; row++)
        {
            new ReadOnlySpan<float>(tile + (row * Tile), worlds).CopyTo(new Span<float>(to + ((long)row * stride), worlds));
        }
    }

    /// <summary>One frame of each lane's world, from rows of coordinates to coordinates of lanes.</summary>
    public static void ToLanes(float* frames, int stride, int count, ref FrameBlock block, int ahead, float* lanes)
    {
        float** rows = stackalloc float*[Count];
        for (int lane = 0; lane < Count; lane++)
        {
            rows[lane] = frames + ((block.Before[lane] + ahead) * stride);
        }

        if (!Avx.IsSupported)
        {
            for (int at = 0; at < count; at++)
            {
                for (int lane = 0; lane < Count; lane++)
                {
                    lanes[(at * Count) + lane] = rows[lane][at];
                }
            }

            return;
        }

        for (int at = 0; at < count; at += Count)
        {
            Transpose(rows, at, lanes + (at * Count));
        }
    }

    /// <summary>
    /// Eight coordinates of each lane's world along the straight line between two frames, into a tile: what may be interpolated before it is turned into lanes
    /// needs one turn in place of two.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Between(float** rows, float* shares, int at, float* tile)
    {
        Vector256<float> Row(int lane)
        {
            Vector256<float> from = Vector256.Load(rows[lane] + at);
            return from + (Vector256.Create(shares[lane]) * (Vector256.Load(rows[Count + lane] + at) - from));
        }

        if (!Avx.IsSupported)
        {
            for (int lane = 0; lane < Count; lane++)
            {
                Vector256<float> row = Row(lane);
                for (int column = 0; column < Count; column++)
                {
                    tile[(column * Tile) + lane] = row[column];
                }
            }

            return;
        }

        Vector256<float> a = Row(0);
        Vector256<float> b = Row(1);
        Vector256<float> c = Row(2);
        Vector256<float> d = Row(3);
        Vector256<float> e = Row(4);
        Vector256<float> f = Row(5);
        Vector256<float> g = Row(6);
        Vector256<float> h = Row(7);
        Four(Avx.Permute2x128(a, e, 0x20), Avx.Permute2x128(b, f, 0x20), Avx.Permute2x128(c, g, 0x20), Avx.Permute2x128(d, h, 0x20), tile, Tile);
        Four(Avx.Permute2x128(a, e, 0x31), Avx.Permute2x128(b, f, 0x31), Avx.Permute2x128(c, g, 0x31), Avx.Permute2x128(d, h, 0x31), tile + (4 * Tile), Tile);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose(float** rows, int at, float* lanes)
    {
        // Halves of rows four apart share a register, so that the rest happens within halves.
        Vector256<float> a = Halves(rows[0] + at, rows[4] + at);
        Vector256<float> b = Halves(rows[1] + at, rows[5] + at);
        Vector256<float> c = Halves(rows[2] + at, rows[6] + at);
        Vector256<float> d = Halves(rows[3] + at, rows[7] + at);
        Four(a, b, c, d, lanes, Count);
        Four(Halves(rows[0] + at + 4, rows[4] + at + 4), Halves(rows[1] + at + 4, rows[5] + at + 4), Halves(rows[2] + at + 4, rows[6] + at + 4), Halves(rows[3] + at + 4, rows[7] + at + 4), lanes + (4 * Count), Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Halves(float* low, float* high) => Vector256.Create(Vector128.Load(low), Vector128.Load(high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Four(Vector256<float> a, Vector256<float> b, Vector256<float> c, Vector256<float> d, float* lanes, int stride)
    {
        Vector256<float> ab = Avx.UnpackLow(a, b);
        Vector256<float> cd = Avx.UnpackLow(c, d);
        Vector256<float> abHigh = Avx.UnpackHigh(a, b);
        Vector256<float> cdHigh = Avx.UnpackHigh(c, d);
        Avx.Shuffle(ab, cd, 0x44).Store(lanes);
        Avx.Shuffle(ab, cd, 0xEE).Store(lanes + stride);
        Avx.Shuffle(abHigh, cdHigh, 0x44).Store(lanes + (2 * stride));
        Avx.Shuffle(abHigh, cdHigh, 0xEE).Store(lanes + (3 * stride));
    }
}
