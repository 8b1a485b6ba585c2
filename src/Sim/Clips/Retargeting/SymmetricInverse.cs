using System.Numerics;
using System.Runtime.InteropServices;

namespace Motion.Sim.Clips.Retargeting;

/// <summary>Inverse of a small symmetric positive definite matrix, in place.</summary>
internal static class SymmetricInverse
{
    /// <summary>Doubles from one row to the next of a matrix of that size.</summary>
    public static int Stride(int size) => (size + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count;

    /// <summary>
    /// Inverts by sweeping every pivot (Gauss–Jordan without exchange of rows, which positive definite matrices do not need).
    /// </summary>
    /// <param name="matrix">Rows, each padded with zeros to <see cref="Stride"/>.</param>
    /// <param name="size">Rows and columns.</param>
    public static void Invert(Span<double> matrix, int size)
    {
        int stride = Stride(size);
        for (int pivot = 0; pivot < size; pivot++)
        {
            Span<double> pivotRow = matrix.Slice(pivot * stride, stride);
            double scale = 1 / pivotRow[pivot];
            pivotRow[pivot] = 1;
            Span<Vector<double>> pivotWide = MemoryMarshal.Cast<double, Vector<double>>(pivotRow);
            for (int at = 0; at < pivotWide.Length; at++)
            {
                pivotWide[at] *= scale;
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
                Span<Vector<double>> wide = MemoryMarshal.Cast<double, Vector<double>>(other);
                Vector<double> factors = new(factor);
                for (int at = 0; at < wide.Length; at++)
                {
                    wide[at] -= factors * pivotWide[at];
                }
            }
        }
    }
}
