using System.Collections.Immutable;
using System.Numerics;

namespace Motion.Sim.Clips.Readers;

/// <summary>A bone of an Acclaim skeleton, or its root.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Line">Where the skeleton file names it.</param>
/// <param name="End">From the bone's start to its end at rest, world axes, file units.</param>
/// <param name="Axis">C: from the frame in which the bone's angles are measured to the world, at rest.</param>
/// <param name="Freedoms">What its numbers in a frame are, in order.</param>
internal sealed record AcclaimBone(string Name, int Line, Vector3 End, Quaternion Axis, ImmutableArray<AcclaimFreedom> Freedoms)
{
    /// <summary>
    /// The rotation in the parent's frame, C M C⁻¹ with M = R_last … R_first: the listed turns are about fixed axes.
    /// </summary>
    /// <param name="numbers">The bone's numbers in a frame.</param>
    /// <param name="radiansPerUnit">Radians in the unit of its angles.</param>
    public Quaternion Rotation(ReadOnlySpan<double> numbers, double radiansPerUnit)
    {
        EulerRotation rotation = new();
        for (int i = Freedoms.Length - 1; i >= 0; i--)
        {
            if (Freedoms[i].IsTurn)
            {
                rotation.Turn(Freedoms[i].Direction, numbers[i] * radiansPerUnit);
            }
        }

        return Quaternion.Normalize(Axis * rotation.Value * Quaternion.Conjugate(Axis));
    }

    /// <summary>The translation in a frame, file units.</summary>
    public Vector3 Translation(ReadOnlySpan<double> numbers)
    {
        Vector3 translation = default;
        for (int i = 0; i < Freedoms.Length; i++)
        {
            if (!Freedoms[i].IsTurn && !Freedoms[i].IsLength)
            {
                translation[Freedoms[i].Direction] = (float)numbers[i];
            }
        }

        return translation;
    }
}

/// <summary>One number of a bone in a frame.</summary>
/// <param name="Direction">0, 1 or 2 for X, Y or Z; 3 for the bone's length.</param>
/// <param name="IsTurn">Whether it turns the bone.</param>
internal readonly record struct AcclaimFreedom(int Direction, bool IsTurn)
{
    /// <summary>Whether it stretches the bone, which is not read.</summary>
    public bool IsLength => Direction == 3;

    /// <summary>The freedom of a word such as rx, TY or l; null when it is none.</summary>
    public static AcclaimFreedom? Of(string word) => word.ToLowerInvariant() switch
    {
        "rx" => new(0, true),
        "ry" => new(1, true),
        "rz" => new(2, true),
        "tx" => new(0, false),
        "ty" => new(1, false),
        "tz" => new(2, false),
        "l" => new(3, false),
        _ => null,
    };
}
