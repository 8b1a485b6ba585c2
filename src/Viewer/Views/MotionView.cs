using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using Motion.Sim.Characters;
using Motion.Sim.Clips;
using Motion.Sim.Clips.Analysis;
using Motion.Sim.Clips.Retargeting;
using Motion.Viewer.Sheets;

namespace Motion.Viewer.Views;

/// <summary>
/// Pictures of a motion without a window or a graphics driver: the character on a ground, followed by a camera, with its resting feet marked and its speed and
/// contacts below; beside it on the left the recording that it was made from, or another motion to compare it with.
/// </summary>
public sealed class MotionView
{
    private const int TimelineHeight = 86;

    // The camera follows the root as it is on average over this long, s, so that steps do not shake it.
    private const double Calm = 0.8;
    private const float EyeHeight = 0.85f;

    private readonly CharacterClip _clip;
    private readonly AnalysedClip? _recording;
    private readonly CharacterClip? _beside;

    /// <param name="clip">The motion, with velocities and contacts.</param>
    /// <param name="recording">The recording that it was made from, at the same times, or null.</param>
    /// <param name="beside">Another motion, at the same times, in place of a recording; or null.</param>
    public MotionView(CharacterClip clip, AnalysedClip? recording = null, CharacterClip? beside = null)
    {
        ArgumentNullException.ThrowIfNull(clip);
        (_clip, _recording, _beside) = (clip, beside is null ? recording : null, beside);
    }

    /// <summary>Seconds that it lasts.</summary>
    public double Duration => _clip.Duration;

    /// <summary>Draws a time of it.</summary>
    /// <param name="seconds">The time; held at the ends.</param>
    /// <param name="width">Pixels across, 160 to 3840.</param>
    /// <param name="height">Pixels down, 160 to 2160.</param>
    /// <returns>Red, green, blue from the top left: [height × width × 3].</returns>
    public byte[] Draw(double seconds, int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(width is >= 160 and <= 3840, true, nameof(width));
        ArgumentOutOfRangeException.ThrowIfNotEqual(height is >= 160 and <= 2160, true, nameof(height));
        Picture picture = new(width, height);
        int top = height - TimelineHeight;
        bool two = _recording is not null || _beside is not null;
        int side = two ? width / 2 : width;
        if (_recording is not null)
        {
            picture.Paste(Recorded(_recording, new CharacterFigure(_clip).StartHeading, seconds, side, top), 0, 0);
        }
        else if (_beside is not null)
        {
            picture.Paste(Performed(_beside, seconds, side, top), 0, 0);
        }

        picture.Paste(Performed(_clip, seconds, two ? width - side - 2 : width, top), two ? side + 2 : 0, 0);
        int scale = Math.Max(1, width / 480);
        string left = _recording is not null ? "recorded" : _beside?.Name ?? "";
        picture.Text(8, 8, left, Colour.Ink, scale);
        picture.Text(two ? side + 10 : 8, 8, _clip.Name, Colour.Ink, scale);
        picture.Text(width - (9 * 4 * scale), 8, string.Create(CultureInfo.InvariantCulture, $"{seconds,6:0.00} s"), Colour.Ink, scale);
        Timeline.Draw(picture, _clip, (8, top + 1), width - 16, Math.Clamp(seconds, 0, _clip.Duration));
        return picture.Pixels;
    }

    /// <summary>Draws a time of it and writes it as PNG.</summary>
    /// <exception cref="MotionException">The place cannot be written.</exception>
    public void Write(string path, double seconds, int width, int height) => PngFile.Write(path, width, height, Draw(seconds, width, height));

    // Drawn at twice its size and made smaller, so that edges are smooth.
    private static Picture Performed(CharacterClip clip, double seconds, int width, int height)
    {
        Picture picture = new(2 * width, 2 * height);
        CharacterFigure figure = new(clip);
        figure.Place(seconds);
        Camera camera = Follow(picture, frame => PositionVector.RootPosition(clip.Character.Joints[0], clip.PositionsAt(frame)), clip.FrameCount, clip.FrameRate, seconds, figure.StartHeading);
        figure.Draw(camera);
        camera.Ground([.. figure.Blobs]);
        foreach ((Vector3 place, Colour colour) in figure.RestingFeet)
        {
            camera.Disc(place, 0.11f, colour);
        }

        return picture.Halved();
    }

    private static Picture Recorded(AnalysedClip recording, float heading, double seconds, int width, int height)
    {
        const float Bone = 0.022f;
        Picture picture = new(2 * width, 2 * height);
        Clip clip = recording.Clip;
        Camera camera = Follow(picture, frame => clip.RootPositions[frame], clip.FrameCount, clip.FrameRate, seconds, heading);
        Vector3[] places = clip.PositionsWorld(clip.FrameAt(seconds));
        (Vector3 From, Vector3 To, int Joint)[] bones = [.. Enumerable.Range(1, places.Length - 1).Select(joint => (places[clip.Skeleton.Joints[joint].Parent], places[joint], joint))];
        ImmutableArray<Colour> colours = FigureColours.Of(clip.Skeleton, recording.Roles);
        foreach ((Vector3 from, Vector3 to, int joint) in bones)
        {
            Solids.Bone(camera, from, to, Bone, colours[joint]);
        }

        camera.Ground([.. bones.Select(bone => (bone.From, bone.To, Bone))]);
        return picture.Halved();
    }

    private static Camera Follow(Picture picture, Func<int, Vector3> root, int frames, double rate, double seconds, float heading)
    {
        int first = Math.Clamp((int)Math.Round((seconds - (Calm / 2)) * rate), 0, frames - 1);
        int last = Math.Clamp((int)Math.Round((seconds + (Calm / 2)) * rate), first, frames - 1);
        Vector3 sum = Vector3.Zero;
        for (int frame = first; frame <= last; frame++)
        {
            sum += root(frame);
        }

        // Narrow pictures are looked at from farther away, so that arms fit in.
        float distance = 4 * MathF.Max(1, 0.8f * picture.Height / picture.Width);
        return new Camera(picture, (sum / (last - first + 1)) with { Z = EyeHeight }, heading + 2.5f, distance);
    }
}
