using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Motion.Sim.Clips.Retargeting;

/// <summary>Inverse of a small symmetric positive definite matrix, in place.</summary>
internal static class SymmetricInverse
{
    /// <summary>Doubles from one row to the next of a matrix of that size.</summary>
    public static int Stride(int size) => (size + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count;

    /// <summary>
    /// Inverts by sweeping pivots (Gauss–Jordan without exchange of rows, which positive definite matrices do not need), two at a time, so that every
    /// other row is read and written half as often.
    /// </summary>
    /// <param name="matrix">Rows, each padded with zeros to <see cref="Stride"/>.</param>
    /// <param name="size">Rows and columns.</param>
    public static void Invert(Span<double> matrix, int size)
    {
        int stride = Stride(size);
        int pivot = 0;
        for (; pivot + 1 < size; pivot += 2)
        {
            SweepPair(matrix, size, stride, pivot);
        }

        if (pivot < size)
        {
            SweepOne(matrix, size, stride, pivot);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SweepPair(Span<double> matrix, int size, int stride, int pivot)
    {
        Span<double> first = matrix.Slice(pivot * stride, stride);
        Span<double> second = matrix.Slice((pivot + 1) * stride, stride);

        // The 2×2 pivot's inverse.
        (double a, double b, double c) = (first[pivot], first[pivot + 1], second[pivot + 1]);
        double scale = 1 / ((a * c) - (b * b));
        (double inverseA, double inverseB, double inverseC) = (c * scale, -b * scale, a * scale);
        Span<Vector<double>> firstWide = MemoryMarshal.Cast<double, Vector<double>>(first);
        Span<Vector<double>> secondWide = MemoryMarshal.Cast<double, Vector<double>>(second);
        (first[pivot], first[pivot + 1], second[pivot], second[pivot + 1]) = (1, 0, 0, 1);
        for (int at = 0; at < firstWide.Length; at++)
        {
            (Vector<double> x, Vector<double> y) = (firstWide[at], secondWide[at]);
            firstWide[at] = (x * inverseA) + (y * inverseB);
            secondWide[at] = (x * inverseB) + (y * inverseC);
        }

        for (int row = 0; row < size; row++)
        {
            if (row == pivot || row == pivot + 1)
            {
                continue;
            }

            Span<double> other = matrix.Slice(row * stride, stride);
            Vector<double> factorFirst = new(-other[pivot]);
            Vector<double> factorSecond = new(-other[pivot + 1]);
            (other[pivot], other[pivot + 1]) = (0, 0);
            Span<Vector<double>> wide = MemoryMarshal.Cast<double, Vector<double>>(other);
            for (int at = 0; at < wide.Length && at < firstWide.Length && at < secondWide.Length; at++)
            {
                wide[at] = Vector.FusedMultiplyAdd(factorFirst, firstWide[at], Vector.FusedMultiplyAdd(factorSecond, secondWide[at], wide[at]));
            }
        }
    }

    private static void SweepOne(Span<double> matrix, int size, int stride, int pivot)
    {
        Span<double> pivotRow = matrix.Slice(pivot * stride, stride);
        double scale = 1 / pivotRow[pivot];
        pivotRow[pivot] = 1;
        for (int at = 0; at < stride; at++)
        {
            pivotRow[at] *= scale;
        }

        for (int row = 0; row < size; row++)
        {
            if (row == pivot)
            {
                continue;
            }

            Span<double> other = matrix.Slice(row * stride, stride);
            double factor = other[pivot];
            other[pivot] = 0;
            for (int at = 0; at < stride; at++)
            {
                other[at] -= factor * pivotRow[at];
            }
        }
    }
}
