using System.Collections.Immutable;
using System.Numerics;

namespace Motion.Sim.Clips.Readers;

/// <summary>The channels of one joint, in the order of the file.</summary>
/// <param name="Joint">Index of the joint.</param>
/// <param name="First">Where its numbers start in a row.</param>
/// <param name="Kinds">0, 1, 2 for a position along X, Y, Z; 3, 4, 5 for a turn about X, Y, Z.</param>
internal sealed record BvhChannels(int Joint, int First, ImmutableArray<byte> Kinds)
{
    private const double RadiansPerDegree = Math.PI / 180;

    /// <summary>Whether any channel moves the joint.</summary>
    public bool Moves { get; } = Kinds.Any(kind => kind < 3);

    /// <summary>The joint's rotation in a row.</summary>
    public Quaternion Rotation(ReadOnlySpan<double> row)
    {
        EulerRotation rotation = new();
        for (int i = 0; i < Kinds.Length; i++)
        {
            if (Kinds[i] >= 3)
            {
                rotation.Turn(Kinds[i] - 3, row[First + i] * RadiansPerDegree);
            }
        }

        return rotation.Value;
    }

    /// <summary>The joint's position in a row; directions without a channel keep what is given.</summary>
    public Vector3 Position(ReadOnlySpan<double> row, Vector3 otherwise)
    {
        for (int i = 0; i < Kinds.Length; i++)
        {
            if (Kinds[i] < 3)
            {
                otherwise[Kinds[i]] = (float)row[First + i];
            }
        }

        return otherwise;
    }
}
