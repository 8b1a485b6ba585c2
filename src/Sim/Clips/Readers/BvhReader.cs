using System.Collections.Immutable;

namespace Motion.Sim.Clips.Readers;

/// <summary>
/// Reads BVH of any hierarchy, naming and channel order. The root's position channels are its place in the world; position
/// channels of other joints stand in place of the joint's OFFSET, unless they stay nearer to zero than to it: then they are
/// added to it. Where such a joint never moves its offset is corrected once; where it does it becomes a
/// <see cref="MovingOffset"/>. Either is noted.
/// </summary>
public static class BvhReader
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limits">What it may ask for; <see cref="ReaderLimits.Default"/> when null.</param>
    /// <exception cref="InputException">The file is not there or is not a good BVH file.</exception>
    public static RawClip Read(string path, ReaderLimits? limits = null)
    {
        using FileStream stream = ClipFiles.Open(path);
        return Read(stream, path, limits);
    }

    /// <summary>Reads a stream.</summary>
    /// <param name="stream">The text; it stays open.</param>
    /// <param name="file">Its name, for errors and for the clip.</param>
    /// <param name="limits">What it may ask for; <see cref="ReaderLimits.Default"/> when null.</param>
    /// <exception cref="InputException">It is not a good BVH file.</exception>
    public static RawClip Read(Stream stream, string file, ReaderLimits? limits = null)
    {
        limits ??= ReaderLimits.Default;
        TextTokens tokens = new(new TextLines(stream, file, limits));
        BvhHierarchy hierarchy = BvhHierarchy.Read(tokens, limits);
        int promised = ReadFrameCount(tokens, hierarchy, limits);
        List<string> notes = [];
        double frameRate = ReadFrameRate(tokens, notes);
        int frames = AffordableFrames(tokens, hierarchy, promised);
        BvhRows rows = new(hierarchy, frames);
        rows.Read(tokens, promised);
        ImmutableArray<MovingOffset> moving = rows.MovingOffsets(notes, out ImmutableArray<SkeletonJoint> joints);
        return new RawClip
        {
            Name = ClipFiles.NameOf(file),
            Format = ClipFormat.Bvh,
            Skeleton = new Skeleton(joints),
            FrameRate = frameRate,
            RootPositions = rows.RootPositions,
            Rotations = rows.Rotations,
            MovingOffsets = moving,
            Notes = [.. notes],
        };
    }

    private static int ReadFrameCount(TextTokens tokens, BvhHierarchy hierarchy, ReaderLimits limits)
    {
        ReadLabel(tokens, "frames"u8, "Frames: and a count");
        long frames = tokens.Whole("how many frames there are");
        return ClipLimits.FrameProblem(frames, hierarchy.Joints.Length, limits) is { } problem ? throw tokens.Wrong(problem) : (int)frames;
    }

    private static double ReadFrameRate(TextTokens tokens, List<string> notes)
    {
        tokens.Require("Frame Time: and seconds");
        if (!tokens.TakeLabel("frametime"u8))
        {
            if (!tokens.Is("frame"u8))
            {
                throw tokens.Wrong($"wanted Frame Time: and seconds, found {tokens.Quoted()}");
            }

            ReadLabel(tokens, "time"u8, "Frame Time: and seconds");
        }

        double frameTime = tokens.Number("the seconds of a frame");
        if (!ClipLimits.IsFrameRate(1 / frameTime))
        {
            throw tokens.Wrong($"wanted the seconds of a frame, 0.00001 to 10, found {tokens.Quoted()}");
        }

        double rate = FrameRates.FromFrameTime(frameTime, FrameRates.LastDigit(tokens.Token));
        if (tokens.MoveNextInLine())
        {
            throw tokens.Wrong($"wanted the first frame on a line of its own, found {tokens.Quoted()} after the frame time");
        }

        if (Math.Abs((rate * frameTime) - 1) > 1e-4)
        {
            notes.Add(FormattableString.Invariant($"A frame time of {frameTime} s was taken as {rate} frames a second."));
        }

        return rate;
    }

    /// <summary>A word with a colon that may touch it, stand apart, touch what follows or be missing.</summary>
    private static void ReadLabel(TextTokens tokens, ReadOnlySpan<byte> word, string wanted)
    {
        tokens.Require(wanted);
        if (!tokens.TakeLabel(word))
        {
            throw tokens.Wrong($"wanted {wanted}, found {tokens.Quoted()}");
        }
    }

    /// <summary>No more room than the bytes that are left can fill: a lying count costs nothing.</summary>
    private static int AffordableFrames(TextTokens tokens, BvhHierarchy hierarchy, int promised)
    {
        long room = tokens.Lines.BytesLeft is { } bytes ? (bytes / (2 * hierarchy.RowLength)) + 1 : 1024;
        return (int)Math.Min(promised, room);
    }
}
