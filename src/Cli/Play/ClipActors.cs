using Motion.Policies;
using Motion.Sim;
using Motion.Sim.Clips.Retargeting;
using Motion.Sim.Tracking;

namespace Motion.Cli.Play;

/// <summary>Moves the one world of a tracking task on by a control step.</summary>
internal interface IClipActor
{
    /// <summary>Its name on the command line.</summary>
    string Name { get; }

    /// <summary>Makes ready for a clip.</summary>
    void Take(string clip);

    /// <summary>One control step.</summary>
    /// <param name="task">The task; its first world is acted in.</param>
    /// <param name="placement">Where the clip's origin lies.</param>
    /// <param name="step">Steps since the clip began.</param>
    void Step(TrackingTask task, GroundDisplacement placement, long step);
}

/// <summary>The clip's own expert acts.</summary>
internal sealed class ExpertActor(ClipSkills skills) : IClipActor
{
    private Expert? _expert;
    private float[] _observations = [];
    private float[] _actions = [];

    public string Name => "expert";

    public void Take(string clip)
    {
        _expert = skills.Expert(clip);
        (_observations, _actions) = (new float[_expert.Card.Observations], new float[_expert.Card.Actions]);
    }

    public void Step(TrackingTask task, GroundDisplacement placement, long step)
    {
        task.Observe(_observations);
        _expert!.Act(_observations, _actions);
        task.Step(_actions);
    }
}

/// <summary>Actions of zero: joint targets are the reference's own pose.</summary>
internal sealed class ZeroActor : IClipActor
{
    public string Name => "zero";

    public void Take(string clip)
    {
    }

    public void Step(TrackingTask task, GroundDisplacement placement, long step) => task.Step(new float[task.ActionCount]);
}

/// <summary>Actions even over −1 … 1.</summary>
internal sealed class RandomActor(ulong seed) : IClipActor
{
    private readonly CounterRandom _random = CounterRandom.For(seed, 0);

    public string Name => "random";

    public void Take(string clip)
    {
    }

    public void Step(TrackingTask task, GroundDisplacement placement, long step)
    {
        float[] actions = new float[task.ActionCount];
        for (int action = 0; action < actions.Length; action++)
        {
            actions[action] = (2 * _random.Uniform(((ulong)step * (ulong)actions.Length) + (ulong)action)) - 1;
        }

        task.Step(actions);
    }
}

/// <summary>No physics: the character is put into the clip's next pose.</summary>
internal sealed class ReferenceActor : IClipActor
{
    public string Name => "reference";

    public void Take(string clip)
    {
    }

    public void Step(TrackingTask task, GroundDisplacement placement, long step) => task.Start(0, 0, task.FrameOf(0) + 1, placement);
}
