using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Recording;
using Motion.Viewer.Live;
using Motion.Viewer.Sheets;

namespace Motion.Viewer.Sharing;

/// <summary>
/// A motion as one page for a browser: it holds the poses and three.js (its licence is beside it in the repository), asks nothing of any network, and replays
/// the motion with a camera that is moved by the mouse and a time that is dragged. <c>#t=1.5</c> after its address shows that moment.
/// </summary>
public static class MotionPage
{
    /// <summary>Floats of a body in a frame: place, m, and rotation x y z w.</summary>
    internal const int FloatsOfBody = 7;

    /// <summary>Writes the page, whole or not at all.</summary>
    /// <param name="path">Where to; ends in .html.</param>
    /// <param name="recording">The motion, two frames or more.</param>
    /// <param name="timeline">What was said when, shown above it; nothing when null.</param>
    /// <exception cref="MotionException">There are fewer than two frames, or the place cannot be written.</exception>
    public static void Write(string path, MotionRecording recording, PromptTimeline? timeline = null)
    {
        ArgumentNullException.ThrowIfNull(recording);
        if (recording.FrameCount < 2)
        {
            throw new MotionException(ExitCode.BadInput, $"{path}: nothing was written: '{recording.Name}' has {recording.FrameCount} frame, motion wants two or more");
        }

        // The parts go in one after another, so that nothing inside one is taken for the place of the next.
        string page = Resource("page.html"), text = Content(recording, timeline).ToJsonString(new JsonSerializerOptions());
        (string Place, string Part)[] parts = [("/*motion*/", text), ("/*three*/", Resource("three.bundle.js")), ("/*page*/", Resource("page.js"))];
        StringBuilder whole = new();
        foreach ((string place, string part) in parts)
        {
            int at = page.IndexOf(place, StringComparison.Ordinal);
            whole.Append(page, 0, at).Append(part);
            page = page[(at + place.Length)..];
        }

        AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(whole.Append(page).ToString())));
    }

    // The serialiser writes < and > as escapes, so that no sentence ends the script element that it lies in.
    private static JsonObject Content(MotionRecording recording, PromptTimeline? timeline)
    {
        Character character = recording.Character;
        ImmutableArray<Colour> colours = FigureColours.Of(character).Colours;
        return new JsonObject
        {
            ["name"] = recording.Name,
            ["licence"] = recording.Licence,
            ["rate"] = recording.FrameRate,
            ["frames"] = recording.FrameCount,
            ["bodies"] = character.Bodies.Length,
            ["prompts"] = new JsonArray([.. (timeline ?? new PromptTimeline()).Prompts.Select(prompt => new JsonObject { ["seconds"] = prompt.Seconds, ["sentence"] = prompt.Sentence })]),
            ["shapes"] = new JsonArray([.. character.Shapes.Where(shape => shape.Body >= 0).Select(shape => Told(shape, colours[shape.Body]))]),
            ["poses"] = Convert.ToBase64String(MemoryMarshal.AsBytes(Poses(recording).AsSpan())),
        };
    }

    private static JsonObject Told(Shape shape, Colour colour) => new()
    {
        ["body"] = shape.Body,
        ["kind"] = shape.Kind switch { ShapeKind.Box => "box", ShapeKind.Capsule => "capsule", _ => "sphere" },
        ["size"] = new JsonArray(shape.Size.X, shape.Size.Y, shape.Size.Z),
        ["place"] = new JsonArray(shape.Position.X, shape.Position.Y, shape.Position.Z),
        ["rotation"] = new JsonArray(shape.Rotation.X, shape.Rotation.Y, shape.Rotation.Z, shape.Rotation.W),
        ["colour"] = (colour.Red << 16) | (colour.Green << 8) | colour.Blue,
    };

    private static float[] Poses(MotionRecording recording)
    {
        Character character = recording.Character;
        Vector3[] places = new Vector3[character.Bodies.Length];
        Quaternion[] turns = new Quaternion[places.Length];
        float[] poses = new float[recording.FrameCount * places.Length * FloatsOfBody];
        int at = 0;
        for (int frame = 0; frame < recording.FrameCount; frame++)
        {
            ForwardKinematics.Compute(character, recording.Positions.AsSpan(frame * character.PositionCount, character.PositionCount), places, turns);
            for (int body = 0; body < places.Length; body++)
            {
                places[body].CopyTo(poses, at);
                new Vector4(turns[body].X, turns[body].Y, turns[body].Z, turns[body].W).CopyTo(poses, at + 3);
                at += FloatsOfBody;
            }
        }

        return poses;
    }

    private static string Resource(string name)
    {
        using Stream stream = typeof(MotionPage).Assembly.GetManifestResourceStream($"Motion.Viewer.Sharing.{name}")!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
