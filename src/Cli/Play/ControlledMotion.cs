using Motion.Sim.Clips.Recording;
using Motion.Sim.Clips.Retargeting;
using Motion.Sim.Physics.Wide;
using Motion.Sim.Tracking;
using Motion.Viewer.Live;

namespace Motion.Cli.Play;

/// <summary>What a simulated character does from a clip's first frame to its end.</summary>
internal static class ControlledMotion
{
    /// <summary>Simulates it.</summary>
    /// <param name="clip">The clip.</param>
    /// <param name="actor">Acts.</param>
    /// <exception cref="MotionException">The clip cannot be tracked.</exception>
    public static MotionRecording Of(CharacterClip clip, IClipActor actor)
    {
        TrackingOptions tracking = new() { FailureDistance = 0, FailOnContact = false, EpisodeSeconds = 3600 };
        using LiveWorld world = new(new WideEngine(), clip.Character, new LiveWorldOptions { ControlRate = tracking.ControlRate, Balls = 0 });
        using TrackingTask task = new(world.Batch, ReferenceTable.Of([clip], tracking), tracking, seed: 0);
        MotionRecorder recorder = new(clip.Character, tracking.ControlRate);
        task.Start(0, 0, 0);
        actor.Take(clip.Name);
        recorder.Add(world.Batch.Positions);

        // The step that reaches the last frame would start the clip anew.
        for (int step = 0; step < task.References.Clips[0].Last - 1; step++)
        {
            actor.Step(task, default, step);
            recorder.Add(world.Batch.Positions);
        }

        return recorder.Finish($"{clip.Name}, {actor.Name}") with { Licence = clip.Licence };
    }
}
