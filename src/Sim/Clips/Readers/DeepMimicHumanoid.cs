using System.Collections.Immutable;
using System.Numerics;

namespace Motion.Sim.Clips.Readers;

/// <summary>
/// The humanoid that DeepMimic's motion files are about (Peng et al. 2018, the released character): metres, x forward, y up,
/// z to the right, fifteen bodies of which the wrists are fixed.
/// </summary>
internal static class DeepMimicHumanoid
{
    /// <summary>Numbers before the joints in a row: duration, root position, root quaternion.</summary>
    public const int RootNumbers = 8;

    /// <summary>The joints: a ball joint has 4 numbers in a row (w, x, y, z), a hinge 1 (an angle about z), a fixed one none.</summary>
    private static readonly ImmutableArray<(string Name, int Parent, Vector3 Offset, int Numbers)> Parts =
    [
        ("root", -1, Vector3.Zero, 0),
        ("chest", 0, new(0, 0.236151f, 0), 4),
        ("neck", 1, new(0, 0.223894f, 0), 4),
        ("right_hip", 0, new(0, 0, 0.084887f), 4),
        ("right_knee", 3, new(0, -0.421546f, 0), 1),
        ("right_ankle", 4, new(0, -0.40987f, 0), 4),
        ("right_shoulder", 1, new(-0.02405f, 0.2435f, 0.18311f), 4),
        ("right_elbow", 6, new(0, -0.274788f, 0), 1),
        ("right_wrist", 7, new(0, -0.258947f, 0), 0),
        ("left_hip", 0, new(0, 0, -0.084887f), 4),
        ("left_knee", 9, new(0, -0.421546f, 0), 1),
        ("left_ankle", 10, new(0, -0.40987f, 0), 4),
        ("left_shoulder", 1, new(-0.02405f, 0.2435f, -0.18311f), 4),
        ("left_elbow", 12, new(0, -0.274788f, 0), 1),
        ("left_wrist", 13, new(0, -0.258947f, 0), 0),
    ];

    /// <summary>Where the last bodies end: the top of the head, the hands and the toes.</summary>
    private static readonly ImmutableArray<(int Parent, Vector3 Offset)> Ends =
    [
        (2, new(0, 0.27f, 0)),
        (5, new(0.13f, -0.05f, 0)),
        (8, new(0, -0.08f, 0)),
        (11, new(0.13f, -0.05f, 0)),
        (14, new(0, -0.08f, 0)),
    ];

    /// <summary>The skeleton.</summary>
    public static Skeleton Skeleton { get; } = new(
    [
        .. Parts.Select(part => new SkeletonJoint(part.Name, part.Parent, part.Offset)),
        .. Ends.Select(end => new SkeletonJoint(Parts[end.Parent].Name + "_end", end.Parent, end.Offset, IsEnd: true)),
    ]);

    /// <summary>Numbers of a row.</summary>
    public static int RowLength { get; } = RootNumbers + Parts.Sum(part => part.Numbers);

    /// <summary>Reads the rotations of a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="pose">Where they go: [joint].</param>
    /// <returns>Where in the row a quaternion that is none stands; −1 when all are good.</returns>
    public static int ReadPose(ReadOnlySpan<double> row, Span<Quaternion> pose)
    {
        pose.Fill(Quaternion.Identity);
        if (!TryQuaternion(row[4..], out pose[0]))
        {
            return 4;
        }

        int next = RootNumbers;
        for (int joint = 0; joint < Parts.Length; joint++)
        {
            if (Parts[joint].Numbers == 4 && !TryQuaternion(row[next..], out pose[joint]))
            {
                return next;
            }

            if (Parts[joint].Numbers == 1)
            {
                pose[joint] = Quaternion.CreateFromAxisAngle(Vector3.UnitZ, (float)row[next]);
            }

            next += Parts[joint].Numbers;
        }

        return -1;
    }

    private static bool TryQuaternion(ReadOnlySpan<double> numbers, out Quaternion rotation)
    {
        rotation = new Quaternion((float)numbers[1], (float)numbers[2], (float)numbers[3], (float)numbers[0]);
        float length = rotation.Length();
        rotation = Quaternion.Normalize(rotation);
        return length is > 0.9f and < 1.1f;
    }
}
