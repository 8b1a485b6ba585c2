using System.Numerics;
using System.Runtime.InteropServices;

namespace Motion.Sim.Clips.Retargeting;

/// <summary>
/// A chain of small symmetric systems, each tied to its neighbours by −C, where C is diagonal and the same along the chain: solved exactly by block
/// elimination forwards and substitution backwards. Filled in place; nothing is allocated after construction.
/// </summary>
internal sealed class BlockTridiagonal
{
    private readonly int _size;
    private readonly int _stride;
    private readonly double[] _blocks;
    private readonly double[] _right;

    /// <param name="size">Unknowns in a block.</param>
    /// <param name="most">Blocks in the longest chain.</param>
    public BlockTridiagonal(int size, int most)
    {
        _size = size;
        _stride = SymmetricInverse.Stride(size);
        _blocks = new double[most * size * _stride];
        _right = new double[most * _stride];
        Coupling = new double[_stride];
    }

    /// <summary>Diagonal of C: [unknown].</summary>
    public double[] Coupling { get; }

    /// <summary>Doubles from one row of a block to the next.</summary>
    public int Stride => _stride;

    /// <summary>A block's matrix, to be filled before <see cref="Eliminate"/>: rows of <see cref="Stride"/>.</summary>
    public Span<double> Matrix(int block) => _blocks.AsSpan(block * _size * _stride, _size * _stride);

    /// <summary>A block's right side, to be filled before <see cref="Eliminate"/>.</summary>
    public Span<double> Right(int block) => _right.AsSpan(block * _stride, _stride);

    /// <summary>Takes the block before out of a filled block. Blocks go in order.</summary>
    public void Eliminate(int block)
    {
        if (block > 0)
        {
            TakeOutBefore(block);
        }

        SymmetricInverse.Invert(Matrix(block), _size);
    }

    /// <summary>Solves a block when the one after it is known. Blocks go in reverse order.</summary>
    /// <param name="block">Which.</param>
    /// <param name="last">Whether no block comes after it.</param>
    /// <param name="solution">On entry the solution of the block after, on exit this block's: [<see cref="Stride"/>].</param>
    public void Substitute(int block, bool last, Span<double> solution)
    {
        Span<double> right = Right(block);
        for (int row = 0; !last && row < _size; row++)
        {
            right[row] += Coupling[row] * solution[row];
        }

        ReadOnlySpan<double> inverse = Matrix(block);
        for (int row = 0; row < _size; row++)
        {
            solution[row] = Dot(inverse.Slice(row * _stride, _stride), right);
        }
    }

    private void TakeOutBefore(int block)
    {
        ReadOnlySpan<double> inverse = Matrix(block - 1);
        ReadOnlySpan<double> rightBefore = Right(block - 1);
        Span<double> matrix = Matrix(block);
        Span<double> right = Right(block);
        ReadOnlySpan<Vector<double>> coupling = MemoryMarshal.Cast<double, Vector<double>>(Coupling.AsSpan());
        for (int row = 0; row < _size; row++)
        {
            ReadOnlySpan<double> inverseRow = inverse.Slice(row * _stride, _stride);
            ReadOnlySpan<Vector<double>> from = MemoryMarshal.Cast<double, Vector<double>>(inverseRow);
            Span<Vector<double>> to = MemoryMarshal.Cast<double, Vector<double>>(matrix.Slice(row * _stride, _stride));
            Vector<double> couple = new(Coupling[row]);
            for (int at = 0; at < to.Length; at++)
            {
                to[at] -= couple * from[at] * coupling[at];
            }

            right[row] += Coupling[row] * Dot(inverseRow, rightBefore);
        }
    }

    private static double Dot(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        ReadOnlySpan<Vector<double>> a = MemoryMarshal.Cast<double, Vector<double>>(first);
        ReadOnlySpan<Vector<double>> b = MemoryMarshal.Cast<double, Vector<double>>(second);
        Vector<double> sum = Vector<double>.Zero;
        for (int at = 0; at < a.Length; at++)
        {
            sum += a[at] * b[at];
        }

        return Vector.Sum(sum);
    }
}
