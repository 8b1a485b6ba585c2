namespace Motion.Policies;

/// <summary>Puts what is known world by world where batches of worlds want it number by number.</summary>
internal static class Transposed
{
    /// <summary>[row × column] to [column × row].</summary>
    public static void Write(ReadOnlySpan<float> from, int columns, int rows, Span<float> to)
    {
        for (int row = 0; row < rows; row++)
        {
            WriteColumn(from.Slice(row * columns, columns), row, rows, to);
        }
    }

    /// <summary>One world's numbers into [number, world].</summary>
    public static void WriteColumn(ReadOnlySpan<float> numbers, int world, int worlds, Span<float> to)
    {
        for (int number = 0; number < numbers.Length; number++)
        {
            to[(number * worlds) + world] = numbers[number];
        }
    }
}
