using FsCheck.Fluent;
using Motion.Sim.Clips.Retargeting;
using Motion.Testing;

namespace Motion.Sim.Tests.Clips.Retargeting;

public class LinearSolversTests
{
    [Fact]
    public void Inverse_of_a_two_by_two_matrix_is_the_one_known_from_school()
    {
        // [4 2; 2 3]⁻¹ = 1/8 · [3 −2; −2 4].
        int stride = SymmetricInverse.Stride(2);
        double[] matrix = new double[2 * stride];
        (matrix[0], matrix[1], matrix[stride], matrix[stride + 1]) = (4, 2, 2, 3);
        SymmetricInverse.Invert(matrix, 2);
        Assert.Equal([3 / 8.0, -2 / 8.0, -2 / 8.0, 4 / 8.0], [matrix[0], matrix[1], matrix[stride], matrix[stride + 1]], (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void A_matrix_times_its_inverse_is_one() => Prop.ForAll(Gen.Choose(1, 40).ToArbitrary(), Gen.Choose(0, 1_000_000).ToArbitrary(), (size, seed) =>
    {
        double[,] original = Positive(size, new Random(seed));
        int stride = SymmetricInverse.Stride(size);
        double[] inverse = new double[size * stride];
        for (int row = 0; row < size; row++)
        {
            for (int column = 0; column < size; column++)
            {
                inverse[(row * stride) + column] = original[row, column];
            }
        }

        SymmetricInverse.Invert(inverse, size);
        double worst = 0;
        for (int row = 0; row < size; row++)
        {
            for (int column = 0; column < size; column++)
            {
                double sum = Enumerable.Range(0, size).Sum(at => original[row, at] * inverse[(at * stride) + column]);
                worst = Math.Max(worst, Math.Abs(sum - (row == column ? 1 : 0)));
            }
        }

        return (worst < 1e-8).Label($"size {size}: {worst}");
    }).Holds();

    [Fact]
    public void A_chain_of_blocks_is_solved_exactly()
    {
        // Three blocks of five unknowns with couplings: the solution found satisfies every block row A·x − C·(x before + x after) = b.
        const int Size = 5;
        const int Blocks = 3;
        Random random = new(3);
        BlockTridiagonal system = new(Size, Blocks);
        double[][,] matrices = [.. Enumerable.Range(0, Blocks).Select(_ => Positive(Size, random))];
        double[][] rights = [.. Enumerable.Range(0, Blocks).Select(_ => Enumerable.Range(0, Size).Select(_ => random.NextDouble()).ToArray())];
        for (int at = 0; at < Size; at++)
        {
            system.Coupling[at] = 0.3 + (0.1 * at);
        }

        for (int block = 0; block < Blocks; block++)
        {
            system.Matrix(block).Clear();
            system.Right(block).Clear();
            for (int row = 0; row < Size; row++)
            {
                system.Right(block)[row] = rights[block][row];
                for (int column = 0; column < Size; column++)
                {
                    system.Matrix(block)[(row * system.Stride) + column] = matrices[block][row, column];
                }
            }

            system.Eliminate(block);
        }

        double[][] solution = new double[Blocks][];
        double[] step = new double[system.Stride];
        for (int block = Blocks - 1; block >= 0; block--)
        {
            system.Substitute(block, block == Blocks - 1, step);
            solution[block] = [.. step];
        }

        for (int block = 0; block < Blocks; block++)
        {
            for (int row = 0; row < Size; row++)
            {
                double sum = Enumerable.Range(0, Size).Sum(column => matrices[block][row, column] * solution[block][column]);
                sum -= block > 0 ? system.Coupling[row] * solution[block - 1][row] : 0;
                sum -= block + 1 < Blocks ? system.Coupling[row] * solution[block + 1][row] : 0;
                Assert.Equal(rights[block][row], sum, 1e-10);
            }
        }
    }

    private static double[,] Positive(int size, Random random)
    {
        double[,] factor = new double[size, size];
        double[,] product = new double[size, size];
        for (int row = 0; row < size; row++)
        {
            for (int column = 0; column < size; column++)
            {
                factor[row, column] = random.NextDouble() - 0.5;
            }
        }

        for (int row = 0; row < size; row++)
        {
            for (int column = 0; column < size; column++)
            {
                product[row, column] = (row == column ? 2 : 0) + Enumerable.Range(0, size).Sum(at => factor[row, at] * factor[column, at]);
            }
        }

        return product;
    }
}
