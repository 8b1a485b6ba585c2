using System.Runtime.InteropServices;

namespace Motion.Sim.Skills;

/// <summary>
/// Draws what worlds are told next, some of it where they have lately fallen after such a change. Standing at rest counts as a clip of its own that is
/// changed from.
/// </summary>
internal sealed class ChangeSampler
{
    // A change that never fails is still drawn.
    private const float LeastFailures = 0.02f;
    private const float Forgetting = 0.95f;
    private readonly int _clips;
    private readonly float _weighted;
    private readonly float[] _failures;
    private readonly int[] _changes;

    /// <param name="worlds">Number of worlds.</param>
    /// <param name="clips">Number of clips.</param>
    /// <param name="weighted">Share of draws that go by failures; the others are even.</param>
    public ChangeSampler(int worlds, int clips, float weighted)
    {
        (_clips, _weighted) = (clips, weighted);
        _failures = new float[(clips + 1) * clips];
        _changes = new int[worlds];
    }

    /// <summary>What <see cref="Draw"/> takes for the clip that is changed from at rest.</summary>
    public int Rest => _clips;

    /// <summary>The clip that a world which does another one, or stands, shall be told.</summary>
    /// <param name="from">Index of the clip that it did, or <see cref="Rest"/>.</param>
    /// <param name="choice">Even draw from 0 to 1: whether failures decide.</param>
    /// <param name="share">Even draw from 0 to 1: where among all clips.</param>
    public int Draw(int from, float choice, float share) => choice >= _weighted
        ? Math.Min((int)(share * _clips), _clips - 1)
        : Math.Max(0, WeightedDraw.IndexOf(_failures.AsSpan(from * _clips, _clips), LeastFailures, share));

    /// <summary>Notes that a world was told a clip.</summary>
    public void Begin(int world, int from, int to) => _changes[world] = (from * _clips) + to;

    /// <summary>Notes how a world came through the change that it was told last.</summary>
    public void End(int world, bool fell)
    {
        ref float rate = ref _failures[_changes[world]];
        rate = (Forgetting * rate) + (fell ? 1 - Forgetting : 0);
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(MemoryMarshal.AsBytes(_failures.AsSpan()));
        writer.Write(MemoryMarshal.AsBytes(_changes.AsSpan()));
    }

    public void Restore(BinaryReader reader)
    {
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(_failures.AsSpan()));
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(_changes.AsSpan()));
    }
}
