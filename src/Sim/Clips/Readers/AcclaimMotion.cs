using System.Collections.Immutable;
using System.Numerics;
using System.Text;

namespace Motion.Sim.Clips.Readers;

/// <summary>The frames of an Acclaim motion file (.amc): a number, then a line of numbers for each bone.</summary>
internal sealed class AcclaimMotion
{
    private const double RadiansPerDegree = Math.PI / 180;
    private const int FirstFrames = 256;
    private readonly TextTokens tokens;
    private readonly AcclaimSkeleton skeleton;
    private readonly ReaderLimits limits;
    private readonly Dictionary<string, int> boneOfName;
    private readonly double[][] numbers;
    private readonly List<(int Bone, byte[] Name)> order = [];
    private double radiansPerUnit;
    private Vector3[] rootPositions = [];
    private Quaternion[] rotations = [];
    private int frames;
    private long firstNumber;

    private AcclaimMotion(TextTokens tokens, AcclaimSkeleton skeleton, ReaderLimits limits)
    {
        (this.tokens, this.skeleton, this.limits) = (tokens, skeleton, limits);
        radiansPerUnit = skeleton.RadiansPerUnit;
        boneOfName = skeleton.Bones.Select((bone, i) => KeyValuePair.Create(bone.Name, i)).ToDictionary(StringComparer.Ordinal);
        numbers = [.. skeleton.Bones.Select(bone => new double[bone.Freedoms.Length])];
    }

    /// <summary>Root positions: [frame].</summary>
    public Vector3[] RootPositions => rootPositions;

    /// <summary>Rotations: [frame × joint].</summary>
    public Quaternion[] Rotations => rotations;

    /// <summary>What was passed over.</summary>
    public ImmutableArray<string> Notes { get; private set; } = [];

    /// <summary>Reads all frames.</summary>
    /// <exception cref="InputException">The text is no good motion of this skeleton.</exception>
    public static AcclaimMotion Read(Stream stream, string file, AcclaimSkeleton skeleton, ReaderLimits limits)
    {
        AcclaimMotion motion = new(new TextTokens(new TextLines(stream, file, limits)), skeleton, limits);
        bool more = motion.ReadHead();
        while (more)
        {
            more = motion.ReadFrame();
        }

        if (motion.frames == 0)
        {
            throw motion.tokens.Lines.Ended("frame 1");
        }

        motion.Resize(motion.frames);
        motion.Notes = motion.PassedOver();
        return motion;
    }

    /// <summary>Goes to the line of the first frame's number.</summary>
    private bool ReadHead()
    {
        while (tokens.MoveNextLine())
        {
            tokens.MoveNextInLine();
            if (tokens.Is(":degrees"u8))
            {
                radiansPerUnit = RadiansPerDegree;
            }
            else if (tokens.Is(":radians"u8))
            {
                radiansPerUnit = 1;
            }
            else if (tokens.Token[0] is not ((byte)'#' or (byte)':'))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Reads the frame whose number the current line holds, and goes to the next one's; false at the end.</summary>
    private bool ReadFrame()
    {
        ReadFrameNumber();
        int lines = 0;
        bool more;
        while ((more = tokens.MoveNextLine()) && tokens.MoveNextInLine() && !IsDigit(tokens.Token[0]))
        {
            ReadBone(lines++);
        }

        if (lines < order.Count)
        {
            string missing = skeleton.Bones[order[lines].Bone].Name;
            throw tokens.Lines.Wrong(0, $"frame {frames + 1} ends after {lines} bones, the first has {order.Count}: '{missing}' is missing");
        }

        Take();
        return more;
    }

    private static bool IsDigit(byte letter) => (uint)(letter - '0') <= 9;

    private void ReadFrameNumber()
    {
        if (!TextNumber.TryWhole(tokens.Token, out long number) || (frames > 0 && number != firstNumber + frames))
        {
            throw tokens.Wrong(frames == 0 ? $"wanted the number of the first frame, found {tokens.Quoted()}"
                : $"wanted the number of frame {firstNumber + frames}, found {tokens.Quoted()}");
        }

        firstNumber = frames == 0 ? number : firstNumber;
        if (ClipLimits.FrameProblem(frames + 1, skeleton.Skeleton.Joints.Length, limits) is { } problem)
        {
            throw tokens.Wrong(problem);
        }
    }

    private void ReadBone(int line)
    {
        int bone = line < order.Count && tokens.Token.SequenceEqual(order[line].Name) ? order[line].Bone : FindBone(line);
        double[] target = numbers[bone];
        for (int i = 0; i < target.Length; i++)
        {
            if (!tokens.MoveNextInLine())
            {
                throw tokens.Lines.Wrong(
                    tokens.Lines.Line.Length, $"bone '{skeleton.Bones[bone].Name}' has {i} numbers, its dof ask for {target.Length}");
            }

            target[i] = tokens.TokenNumber("a number");
        }

        if (tokens.MoveNextInLine())
        {
            throw tokens.Wrong($"bone '{skeleton.Bones[bone].Name}' has more than the {target.Length} numbers that its dof ask for");
        }
    }

    private int FindBone(int line)
    {
        string name = tokens.TokenText("the name of a bone");
        if (!boneOfName.TryGetValue(name, out int bone))
        {
            throw tokens.Wrong($"wanted a bone of the skeleton, found {tokens.Quoted()}; is this the motion of another skeleton?");
        }

        if (frames > 0)
        {
            throw tokens.Wrong(line < order.Count
                ? $"wanted bone '{skeleton.Bones[order[line].Bone].Name}' as in the first frame, found {tokens.Quoted()}"
                : $"wanted a frame's number, found {tokens.Quoted()}, which the first frame lacks");
        }

        if (order.Exists(known => known.Bone == bone))
        {
            throw tokens.Wrong($"bone '{name}' is in the frame twice");
        }

        order.Add((bone, Encoding.UTF8.GetBytes(name)));
        return bone;
    }

    private void Take()
    {
        if (frames == rootPositions.Length)
        {
            Resize(Math.Max(FirstFrames, frames * 2));
        }

        int joints = skeleton.Skeleton.Joints.Length;
        Span<Quaternion> pose = rotations.AsSpan(frames * joints, joints);
        pose.Fill(Quaternion.Identity);
        for (int i = 0; i < skeleton.Bones.Length; i++)
        {
            pose[i] = skeleton.Bones[i].Rotation(numbers[i], radiansPerUnit);
        }

        rootPositions[frames++] = skeleton.RootPosition + skeleton.Bones[0].Translation(numbers[0]);
    }

    private void Resize(int size)
    {
        Array.Resize(ref rootPositions, size);
        Array.Resize(ref rotations, size * skeleton.Skeleton.Joints.Length);
    }

    private ImmutableArray<string> PassedOver()
    {
        HashSet<int> moved = [.. order.Select(known => known.Bone)];
        string[] still = [.. skeleton.Bones.Where((bone, i) => bone.Freedoms.Length > 0 && !moved.Contains(i)).Select(bone => bone.Name)];
        string[] stretched =
            [.. skeleton.Bones.Skip(1).Where(bone => bone.Freedoms.Any(freedom => !freedom.IsTurn)).Select(bone => bone.Name)];
        List<string> notes = [];
        if (still.Length > 0)
        {
            notes.Add($"The motion has nothing for these bones, which stay at rest: {string.Join(", ", still)}.");
        }

        if (stretched.Length > 0)
        {
            notes.Add($"Translations and lengths of these bones were passed over: {string.Join(", ", stretched)}.");
        }

        return [.. notes];
    }
}
