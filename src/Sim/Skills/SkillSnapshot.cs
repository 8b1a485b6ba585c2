using System.Numerics;
using Motion.Sim.Physics;

namespace Motion.Sim.Skills;

/// <summary>A world of a <see cref="SkillTask"/> at one moment.</summary>
public sealed record SkillSnapshot
{
    internal SkillSnapshot(WorldState world, int clip, int frame) => (World, Clip, Frame) = (world, clip, frame);

    internal WorldState World { get; }

    internal int Clip { get; }

    internal int Frame { get; }

    internal (float[] States, Vector3[] Places) Past { get; init; }

    internal float[] Told { get; init; } = [];

    internal float[] Observation { get; init; } = [];

    /// <summary>The same moment, had the world been told something else.</summary>
    /// <param name="condition">[condition].</param>
    public SkillSnapshot Telling(ReadOnlySpan<float> condition) => this with { Told = condition.ToArray() };
}
