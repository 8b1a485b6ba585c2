using System.Runtime.InteropServices;
using Motion.Sim;
using static TorchSharp.torch;

namespace Motion.Distillation.Skills;

/// <summary>The latest states that were labelled, to be learned from: what was seen, and what the teacher would have done.</summary>
internal sealed class CloneMemory : IDisposable
{
    private readonly CounterRandom _random;
    private readonly int _rows;
    private int _next;
    private ulong _drawn;

    /// <param name="rows">Labelled states that are kept: a multiple of what is added at a time.</param>
    /// <param name="features">Numbers in an observation.</param>
    /// <param name="actions">Numbers in an action.</param>
    /// <param name="random">Draws what is learned from.</param>
    public CloneMemory(int rows, int features, int actions, CounterRandom random)
    {
        (_rows, _random) = (rows, random);
        Observations = zeros([rows, features]).DetachFromDisposeScope();
        Labels = zeros([rows, actions]).DetachFromDisposeScope();
    }

    /// <summary>[row, feature], of which the first <see cref="Count"/> are filled.</summary>
    public Tensor Observations { get; }

    /// <summary>[row, action].</summary>
    public Tensor Labels { get; }

    /// <summary>Rows that are filled.</summary>
    public int Count { get; private set; }

    /// <summary>The row that the next states go to, and those after it.</summary>
    public int Reserve(int count)
    {
        int at = _next;
        _next = (at + count) % _rows;
        Count = Math.Max(Count, at + count);
        return at;
    }

    /// <summary>The numbers of rows, to be filled.</summary>
    public static Span<float> Numbers(Tensor rows) => MemoryMarshal.Cast<byte, float>(rows.bytes);

    /// <summary>Rows drawn at random.</summary>
    public (Tensor Observations, Tensor Labels) Draw(int count)
    {
        using Tensor rows = tensor([.. Enumerable.Range(0, count).Select(_ => (long)_random.Below(_drawn++, Count))]);
        return (Observations.index_select(0, rows), Labels.index_select(0, rows));
    }

    public void Dispose()
    {
        Observations.Dispose();
        Labels.Dispose();
    }
}
