using System.Collections.Immutable;
using System.Numerics;
using Motion.Sim.Clips.Npz;

namespace Motion.Sim.Clips.Readers;

/// <summary>
/// Reads the SMPL family's archives without a body model: <c>poses</c> [frame, 66 | 72 | 156 | 165] (or [frame, joint, 3]) or
/// <c>root_orient</c> with <c>pose_body</c>, axis-angle, radians; <c>trans</c> [frame, 3], m; <c>mocap_framerate</c>,
/// <c>mocap_frame_rate</c> or <c>fps</c>. The body is an average one; shape, jaw, eyes and fingers are passed over and noted.
/// </summary>
public static class SmplReader
{
    private static readonly ImmutableArray<string> RateNames = ["mocap_framerate", "mocap_frame_rate", "fps", "framerate"];
    private static readonly ImmutableArray<string> TranslationNames = ["trans", "transl", "translation"];
    private static readonly ImmutableArray<string> PoseNames = ["poses", "pose"];
    private static readonly ImmutableArray<string> RootNames = ["root_orient", "global_orient"];
    private static readonly ImmutableArray<string> BodyNames = ["pose_body", "body_pose"];

    /// <summary>Whether an archive looks like one of the family.</summary>
    public static bool Knows(NpzFile archive) => Find(archive, PoseNames) is not null || Find(archive, BodyNames) is not null;

    /// <summary>Reads a file.</summary>
    /// <exception cref="InputException">It is not there or not a good archive of the family.</exception>
    public static RawClip Read(string path, ReaderOptions? options = null)
    {
        options ??= ReaderOptions.Default;
        using NpzFile archive = NpzFile.Open(path, options.Limits);
        return Read(archive, path, options);
    }

    /// <summary>Reads an open archive.</summary>
    /// <param name="archive">The archive; it stays open.</param>
    /// <param name="file">Its name, for the clip.</param>
    /// <param name="options">What is known beside it.</param>
    /// <exception cref="InputException">It is not a good archive of the family.</exception>
    public static RawClip Read(NpzFile archive, string file, ReaderOptions options)
    {
        List<string> notes = ["The body is an average one of 1.7 m: the file tells no bone lengths without the licensed body model."];
        (Vector3[] turns, int frames) = Turns(archive, options.Limits, notes);
        string translationName = Find(archive, TranslationNames)
            ?? throw archive.Missing("trans");
        double[] translations = archive.ReadNumbers(translationName, frames, 3);
        Vector3 up = Up(turns, frames, notes);
        Quaternion upright = up == Vector3.UnitZ ? Quaternion.CreateFromAxisAngle(Vector3.UnitX, MathF.PI / 2) : Quaternion.Identity;
        Skeleton skeleton = SmplBody.Skeleton(upright);
        return new RawClip
        {
            Name = ClipFiles.NameOf(file),
            Format = ClipFormat.Smpl,
            Skeleton = skeleton,
            FrameRate = Rate(archive, options, notes),
            RootPositions = [.. Enumerable.Range(0, frames).Select(frame => SmplBody.Pelvis
                + new Vector3((float)translations[3 * frame], (float)translations[(3 * frame) + 1], (float)translations[(3 * frame) + 2]))],
            Rotations = Rotations(turns, frames, skeleton.Joints.Length, upright),
            MetresPerUnit = 1,
            Up = up,
            Forward = Vector3.Transform(Vector3.UnitZ, upright),
            Notes = [.. notes],
        };
    }

    private static string? Find(NpzFile archive, ImmutableArray<string> names) => names.FirstOrDefault(archive.Has);

    /// <summary>Axis-angle vectors of the driven joints: [frame × joint].</summary>
    private static (Vector3[] Turns, int Frames) Turns(NpzFile archive, ReaderLimits limits, List<string> notes)
    {
        string? poses = Find(archive, PoseNames);
        string? root = Find(archive, RootNames);
        string? body = Find(archive, BodyNames);
        if (poses is not null)
        {
            return OnePart(archive, poses, limits, notes);
        }

        if (root is null || body is null)
        {
            throw archive.Missing(root is null ? "root_orient" : "pose_body");
        }

        (double[] bodyValues, int frames, int bodyJoints) = Angles(archive, body, limits);
        double[] rootValues = Angles(archive, root, limits).Values;
        if (rootValues.Length != frames * 3)
        {
            throw archive.Wrong(root, $"wanted {frames} frames as in {body}, found {rootValues.Length / 3.0:0.##}");
        }

        if (bodyJoints < SmplBody.DrivenJoints - 1)
        {
            throw archive.Wrong(body, $"wanted at least {SmplBody.DrivenJoints - 1} joints, found {bodyJoints}");
        }

        Vector3[] turns = new Vector3[frames * SmplBody.DrivenJoints];
        for (int frame = 0; frame < frames; frame++)
        {
            turns[frame * SmplBody.DrivenJoints] = Vector(rootValues, frame);
            for (int joint = 1; joint < SmplBody.DrivenJoints; joint++)
            {
                turns[(frame * SmplBody.DrivenJoints) + joint] = Vector(bodyValues, (frame * bodyJoints) + joint - 1);
            }
        }

        string[] others = [.. archive.Names.Where(name => name.StartsWith("pose_", StringComparison.Ordinal) && name != body)];
        if (others.Length > 0)
        {
            notes.Add($"Everything but the body's joints was passed over: {string.Join(", ", others)}.");
        }

        return (turns, frames);
    }

    private static (Vector3[] Turns, int Frames) OnePart(NpzFile archive, string name, ReaderLimits limits, List<string> notes)
    {
        (double[] values, int frames, int joints) = Angles(archive, name, limits);
        if (joints < SmplBody.DrivenJoints)
        {
            throw archive.Wrong(name, $"wanted at least {SmplBody.DrivenJoints} joints, found {joints}");
        }

        Vector3[] turns = new Vector3[frames * SmplBody.DrivenJoints];
        for (int i = 0; i < turns.Length; i++)
        {
            turns[i] = Vector(values, (i / SmplBody.DrivenJoints * joints) + (i % SmplBody.DrivenJoints));
        }

        if (joints > SmplBody.DrivenJoints)
        {
            notes.Add($"{joints - SmplBody.DrivenJoints} further joints (hands, fingers, jaw, eyes) were passed over.");
        }

        return (turns, frames);
    }

    /// <summary>An array of axis-angle vectors: [frame, 3 × joint] or [frame, joint, 3].</summary>
    private static (double[] Values, int Frames, int Joints) Angles(NpzFile archive, string name, ReaderLimits limits)
    {
        NpyArray array = archive.Read(name);
        ImmutableArray<int> shape = array.Shape;
        bool flat = shape.Length == 2 && shape[1] % 3 == 0;
        if (!(flat || (shape.Length == 3 && shape[2] == 3)) || shape[1] == 0)
        {
            throw archive.Wrong(name, $"wanted shape (frames, 3 × joints), found ({string.Join(", ", shape)})");
        }

        int joints = flat ? shape[1] / 3 : shape[1];
        string? problem = joints > limits.Joints ? $"more than {limits.Joints} joints" : ClipLimits.FrameProblem(shape[0], joints, limits);
        return problem is null ? (archive.CheckNumbers(name, array), shape[0], joints) : throw archive.Wrong(name, problem);
    }

    private static double Rate(NpzFile archive, ReaderOptions options, List<string> notes)
    {
        if (Find(archive, RateNames) is not { } name)
        {
            notes.Add("The file tells no frame rate; it was taken from the options.");
            return options.FrameRate
                ?? throw archive.Wrong(RateNames[0], "it is missing; tell the recorded frame rate, or save it as one number");
        }

        NpyArray array = archive.Read(name);
        if (array.Count != 1)
        {
            throw archive.Wrong(name, $"wanted one number, found {array.Count}");
        }

        double rate = archive.CheckNumbers(name, array)[0];
        return ClipLimits.IsFrameRate(rate) ? rate : throw archive.Wrong(name, ClipLimits.WrongFrameRate(rate));
    }

    /// <summary>
    /// AMASS has z up; some relatives have y up and nothing tells: where the body's own up points over the whole clip decides, z in doubt.
    /// </summary>
    private static Vector3 Up(Vector3[] turns, int frames, List<string> notes)
    {
        Vector3 sum = Vector3.Zero;
        for (int frame = 0; frame < frames; frame++)
        {
            sum += Vector3.Transform(Vector3.UnitY, Rotation(turns[frame * SmplBody.DrivenJoints]));
        }

        bool isY = sum.Y > 1.5f * Math.Abs(sum.Z) && sum.Y > 0.3f * frames;
        notes.Add(isY ? "The body stands along y, so y was taken as up." : "Z was taken as up, as AMASS has it.");
        return isY ? Vector3.UnitY : Vector3.UnitZ;
    }

    private static Quaternion[] Rotations(Vector3[] turns, int frames, int joints, Quaternion upright)
    {
        Quaternion back = Quaternion.Conjugate(upright);
        Quaternion[] rotations = new Quaternion[frames * joints];
        Array.Fill(rotations, Quaternion.Identity);
        for (int frame = 0; frame < frames; frame++)
        {
            for (int joint = 0; joint < SmplBody.DrivenJoints; joint++)
            {
                Quaternion turn = Rotation(turns[(frame * SmplBody.DrivenJoints) + joint]);
                rotations[(frame * joints) + joint] = Quaternion.Normalize(joint == 0 ? turn * back : upright * turn * back);
            }
        }

        return rotations;
    }

    private static Quaternion Rotation(Vector3 turn)
    {
        float angle = turn.Length();
        return angle < 1e-8f ? Quaternion.Identity : Quaternion.CreateFromAxisAngle(turn / angle, angle);
    }

    private static Vector3 Vector(double[] values, int index) =>
        new((float)values[3 * index], (float)values[(3 * index) + 1], (float)values[(3 * index) + 2]);
}
