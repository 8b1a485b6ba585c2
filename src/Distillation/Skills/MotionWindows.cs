using System.Numerics;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Recording;
using Motion.Sim.Clips.Retargeting;

namespace Motion.Distillation.Skills;

/// <summary>
/// Motion cut into overlapping windows of one length, to be compared wherever on the ground it happened: in each, the places of all bodies, m, seen from
/// the root's place on the ground and its heading in the window's first frame. Where a window goes is therefore part of it, and so are heights.
/// </summary>
public sealed class MotionWindows
{
    private readonly List<float> _places = [];
    private readonly int _bodies;

    private MotionWindows(Character character, int frames) => (_bodies, Frames) = (character.Bodies.Length, frames);

    /// <summary>Frames in a window.</summary>
    public int Frames { get; }

    /// <summary>How many windows there are.</summary>
    public int Count => _places.Count / Size;

    /// <summary>Points in a window: bodies of all its frames.</summary>
    public int Points => Frames * _bodies;

    private int Size => 3 * Points;

    /// <summary>The windows of recordings; none of one that is shorter than a window.</summary>
    /// <param name="recordings">At least one; all of one character and frame rate.</param>
    /// <param name="seconds">Length of a window, s.</param>
    /// <param name="stride">Frames from one window to the next.</param>
    public static MotionWindows Of(IReadOnlyList<MotionRecording> recordings, double seconds = PrecisionRecall.WindowSeconds, int stride = 1)
    {
        ArgumentNullException.ThrowIfNull(recordings);
        MotionWindows windows = new(recordings[0].Character, FramesIn(seconds, recordings[0].FrameRate));
        foreach (MotionRecording recording in recordings)
        {
            windows.Add(recording.Character, recording.Positions, stride);
        }

        return windows;
    }

    /// <summary>The windows of a clip, one at every frame; those of a loop go on past its end.</summary>
    /// <param name="clip">The clip.</param>
    /// <param name="frameRate">Frames per second of what it will be compared with.</param>
    /// <param name="seconds">Length of a window, s.</param>
    /// <exception cref="MotionException">The clip ends before a window does.</exception>
    public static MotionWindows Of(CharacterClip clip, int frameRate, double seconds = PrecisionRecall.WindowSeconds)
    {
        ArgumentNullException.ThrowIfNull(clip);
        CharacterClip sampled = clip.Resample(frameRate);
        MotionWindows windows = new(clip.Character, FramesIn(seconds, frameRate));
        windows.Add(clip.Character, clip.IsLoop ? GoneOn(sampled, windows.Frames - 1) : sampled.Positions, 1);
        return windows.Count > 0
            ? windows
            : throw new MotionException(ExitCode.BadInput, $"clip '{clip.Name}' lasts {clip.Duration:0.00} s: precision and recall compare windows of {seconds} s");
    }

    /// <summary>The mean distance between the same bodies in the same frames of two windows, m, or infinity where it is above a limit.</summary>
    /// <param name="window">A window.</param>
    /// <param name="others">Windows of the same character and length.</param>
    /// <param name="other">One of them.</param>
    /// <param name="limit">Above it nobody asks, m.</param>
    public float Distance(int window, MotionWindows others, int other, float limit = float.PositiveInfinity)
    {
        ArgumentNullException.ThrowIfNull(others);
        ReadOnlySpan<float> own = At(window), their = others.At(other);
        float sum = 0, most = limit * Points;
        for (int index = 0; index < own.Length; index += 3)
        {
            float x = own[index] - their[index], y = own[index + 1] - their[index + 1], z = own[index + 2] - their[index + 2];
            sum += MathF.Sqrt((x * x) + (y * y) + (z * z));
            if (sum > most)
            {
                return float.PositiveInfinity;
            }
        }

        return sum / Points;
    }

    private static int FramesIn(double seconds, double frameRate) => Math.Max(1, (int)Math.Round(seconds * frameRate));

    /// <summary>A loop's positions with so many frames of its next cycles.</summary>
    internal static float[] GoneOn(CharacterClip loop, int frames)
    {
        Character character = loop.Character;
        int size = character.PositionCount, last = loop.FrameCount - 1;
        float[] positions = [.. loop.Positions, .. new float[frames * size]];
        GroundDisplacement cycle = GroundDisplacement.Between(character, loop.PositionsAt(0), loop.PositionsAt(last));
        for (int frame = last + 1; frame <= last + frames; frame++)
        {
            Span<float> row = positions.AsSpan(frame * size, size);
            positions.AsSpan((frame - last) * size, size).CopyTo(row);
            cycle.Apply(character, row);
        }

        return positions;
    }

    private ReadOnlySpan<float> At(int window) => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_places).Slice(window * Size, Size);

    private void Add(Character character, float[] positions, int stride)
    {
        int size = character.PositionCount, count = positions.Length / size;
        Joint root = character.Joints.First(joint => joint.Kind == JointKind.Free);
        Vector3[][] places = new Vector3[count][];
        Quaternion[] rotations = new Quaternion[_bodies];
        for (int frame = 0; frame < count; frame++)
        {
            places[frame] = new Vector3[_bodies];
            ForwardKinematics.Compute(character, positions.AsSpan(frame * size, size), places[frame], rotations);
        }

        for (int first = 0; first + Frames <= count; first += stride)
        {
            ReadOnlySpan<float> begin = positions.AsSpan(first * size, size);
            Vector3 from = PositionVector.RootPosition(root, begin) with { Z = 0 };
            Quaternion turn = Quaternion.CreateFromAxisAngle(Vector3.UnitZ, -GroundDisplacement.Heading(PositionVector.Rotation(root, begin)));
            foreach (Vector3 place in places.Skip(first).Take(Frames).SelectMany(frame => frame))
            {
                Vector3 seen = Vector3.Transform(place - from, turn);
                _places.AddRange([seen.X, seen.Y, seen.Z]);
            }
        }
    }
}
