using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Motion.Sim.Clips.Retargeting;

/// <summary>Adds weighted residuals of one frame to its normal equations <c>JᵀPJ·x = JᵀPr</c>. One instance is used by one thread.</summary>
internal sealed class NormalEquations
{
    private readonly ArticulatedTree _tree;
    private readonly int _stride;
    private readonly double[] _x;
    private readonly double[] _y;
    private readonly double[] _z;

    public NormalEquations(ArticulatedTree tree)
    {
        _tree = tree;
        _stride = SymmetricInverse.Stride(tree.FreedomCount);
        _x = new double[_stride];
        _y = new double[_stride];
        _z = new double[_stride];
    }

    /// <summary>Draws a point of a body to a target; the tree is placed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddPoint(int body, Vector3 point, Vector3 target, double precision, Span<double> matrix, Span<double> right)
    {
        ReadOnlySpan<int> chain = _tree.Chain(body);
        Vector3 error = target - point;
        foreach (int freedom in chain)
        {
            Vector3 column = _tree.Column(freedom, point);
            (_x[freedom], _y[freedom], _z[freedom]) = (column.X, column.Y, column.Z);
            right[freedom] += precision * Vector3.Dot(column, error);
        }

        Span<Vector<double>> x = MemoryMarshal.Cast<double, Vector<double>>(_x.AsSpan());
        Span<Vector<double>> y = MemoryMarshal.Cast<double, Vector<double>>(_y.AsSpan());
        Span<Vector<double>> z = MemoryMarshal.Cast<double, Vector<double>>(_z.AsSpan());
        foreach (int freedom in chain)
        {
            Vector<double> factorX = new(precision * _x[freedom]);
            Vector<double> factorY = new(precision * _y[freedom]);
            Vector<double> factorZ = new(precision * _z[freedom]);
            Span<Vector<double>> line = MemoryMarshal.Cast<double, Vector<double>>(matrix.Slice(freedom * _stride, _stride));
            for (int at = 0; at < line.Length && at < x.Length && at < y.Length && at < z.Length; at++)
            {
                line[at] += (factorX * x[at]) + (factorY * y[at]) + (factorZ * z[at]);
            }
        }

        Clear(chain, _x);
        Clear(chain, _y);
        Clear(chain, _z);
    }

    /// <summary>Draws the height of a point of a body up by a distance; the tree is placed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddHeight(int body, Vector3 point, float rise, double precision, Span<double> matrix, Span<double> right)
    {
        ReadOnlySpan<int> chain = _tree.Chain(body);
        foreach (int freedom in chain)
        {
            _z[freedom] = _tree.Column(freedom, point).Z;
            right[freedom] += precision * _z[freedom] * rise;
        }

        Span<Vector<double>> z = MemoryMarshal.Cast<double, Vector<double>>(_z.AsSpan());
        foreach (int freedom in chain)
        {
            Vector<double> factor = new(precision * _z[freedom]);
            Span<Vector<double>> line = MemoryMarshal.Cast<double, Vector<double>>(matrix.Slice(freedom * _stride, _stride));
            for (int at = 0; at < line.Length && at < z.Length; at++)
            {
                line[at] += factor * z[at];
            }
        }

        Clear(chain, _z);
    }

    private static void Clear(ReadOnlySpan<int> chain, double[] row)
    {
        foreach (int freedom in chain)
        {
            row[freedom] = 0;
        }
    }
}
