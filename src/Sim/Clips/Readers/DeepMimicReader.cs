using System.Numerics;
using System.Text.Json;

namespace Motion.Sim.Clips.Readers;

/// <summary>
/// Reads DeepMimic's motion text: <c>{"Loop": "wrap" | "none", "Frames": [[seconds, x, y, z, qw, qx, qy, qz, …], …]}</c> for its
/// fifteen-body humanoid, 44 numbers a row.
/// </summary>
public static class DeepMimicReader
{
    private const double DurationTolerance = 0.02;

    /// <summary>Reads a file.</summary>
    /// <exception cref="InputException">The file is not there or not a good motion of that humanoid.</exception>
    public static RawClip Read(string path, ReaderLimits? limits = null)
    {
        using FileStream stream = ClipFiles.Open(path);
        return Read(stream, path, limits);
    }

    /// <summary>Reads a stream.</summary>
    /// <param name="stream">The text; it stays open.</param>
    /// <param name="file">Its name, for errors and for the clip.</param>
    /// <param name="limits">What it may ask for; <see cref="ReaderLimits.Default"/> when null.</param>
    /// <exception cref="InputException">It is not a good motion of that humanoid.</exception>
    public static RawClip Read(Stream stream, string file, ReaderLimits? limits = null)
    {
        limits ??= ReaderLimits.Default;
        byte[] text = JsonText.ReadAll(stream, file, limits);
        Recording recording = new(file, limits);
        JsonText.Read(text, file, recording.Read);
        return recording.ToClip();
    }

    private sealed class Recording(string file, ReaderLimits limits)
    {
        private readonly List<Vector3> rootPositions = [];
        private readonly List<Quaternion> rotations = [];
        private readonly double[] row = new double[DeepMimicHumanoid.RowLength];
        private readonly Quaternion[] pose = new Quaternion[DeepMimicHumanoid.Skeleton.Joints.Length];
        private bool? loops;
        private double duration;
        private double previousDuration;
        private double lastDigit;

        public void Read(ref JsonText json)
        {
            json.Expect(JsonTokenType.StartObject, "{");
            while (json.Next("a key or }") != JsonTokenType.EndObject)
            {
                string key = json.Text("a key");
                if (key == "Loop" && loops is null)
                {
                    json.Next("wrap or none");
                    string loop = json.Text("wrap or none");
                    loops = loop == "wrap" || (loop == "none" ? false : throw json.Wrong($"wanted wrap or none, found '{loop}'"));
                }
                else if (key == "Frames" && rootPositions.Count == 0)
                {
                    ReadFrames(ref json);
                }
                else if (key is "Loop" or "Frames")
                {
                    throw json.Wrong($"the key {key} is there twice");
                }
                else
                {
                    json.Skip();
                }
            }

            if (rootPositions.Count == 0)
            {
                throw json.Wrong("there are no Frames");
            }
        }

        public RawClip ToClip() => new()
        {
            Name = ClipFiles.NameOf(file),
            Format = ClipFormat.DeepMimic,
            Skeleton = DeepMimicHumanoid.Skeleton,
            FrameRate = FrameRates.FromFrameTime(duration, lastDigit),
            RootPositions = [.. rootPositions],
            Rotations = [.. rotations],
            MetresPerUnit = 1,
            Up = Vector3.UnitY,
            Forward = Vector3.UnitX,
            Loops = loops,
        };

        private void ReadFrames(ref JsonText json)
        {
            json.Expect(JsonTokenType.StartArray, "[");
            while (json.Next("a row or ]") != JsonTokenType.EndArray)
            {
                int count = 0;
                json.Require(JsonTokenType.StartArray, "a row, [");
                while (json.Next("a number or ]") != JsonTokenType.EndArray)
                {
                    double number = json.Number();
                    if (count == row.Length)
                    {
                        throw json.Wrong($"frame {rootPositions.Count + 1} has more than the {row.Length} numbers of DeepMimic's humanoid");
                    }

                    if (count == 0)
                    {
                        CheckDuration(ref json, number);
                    }

                    row[count++] = number;
                }

                if (count < row.Length)
                {
                    throw json.Wrong($"frame {rootPositions.Count + 1} has {count} numbers, DeepMimic's humanoid has {row.Length}");
                }

                Take(ref json);
            }
        }

        /// <summary>The last row's duration says nothing, so each is checked when the next row comes.</summary>
        private void CheckDuration(ref JsonText json, double seconds)
        {
            if (rootPositions.Count == 0)
            {
                duration = ClipLimits.IsFrameRate(1 / seconds) ? seconds
                    : throw json.Wrong($"wanted the seconds of a frame, 0.00001 to 10, found {json.Quoted()}");
                lastDigit = Math.Max(FrameRates.LastDigit(json.Bytes), 2e-6);
            }
            else if (Math.Abs(previousDuration - duration) > DurationTolerance * duration)
            {
                throw json.Wrong($"frame {rootPositions.Count} lasts another time than frame 1; only a steady frame rate is read");
            }

            previousDuration = seconds;
        }

        private void Take(ref JsonText json)
        {
            int bad = DeepMimicHumanoid.ReadPose(row, pose);
            if (bad >= 0)
            {
                throw json.Wrong($"numbers {bad + 1} to {bad + 4} of frame {rootPositions.Count + 1} are no unit quaternion (w, x, y, z)");
            }

            rootPositions.Add(new Vector3((float)row[1], (float)row[2], (float)row[3]));
            rotations.AddRange(pose);
            if (ClipLimits.FrameProblem(rootPositions.Count, pose.Length, limits) is { } problem)
            {
                throw json.Wrong(problem);
            }
        }
    }
}
