using System.Collections.Immutable;
using System.Numerics;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Recording;

namespace Motion.Viewer.Live;

/// <summary>
/// A play: a character that lives, and what a person does with it. There is no window here and no clock; it goes on by <see cref="Advance"/>, and the
/// same calls give the same motion. An error in stepping pauses it and is kept as text. Not safe for several threads at once: <see cref="LiveLoop"/> runs
/// it beside a window.
/// </summary>
public sealed class LiveSession
{
    /// <summary>How far one can step back, s.</summary>
    public const double RewindSeconds = 20;

    /// <summary>Slowest and fastest speed of time.</summary>
    public const double SlowestPace = 0.1, FastestPace = 4;

    private readonly LiveWorld _world;
    private readonly ImmutableArray<ILiveDriver> _drivers;
    private readonly SavedMoments _moments;
    private int _driver;
    private long _step;
    private ImmutableArray<int> _said = [];
    private PushState? _push;
    private MotionRecorder? _recorder;

    /// <summary>Begins with the first driver. Neither the world nor the drivers are disposed here.</summary>
    /// <param name="world">The world.</param>
    /// <param name="drivers">What can be in charge of it, at least one; names differ.</param>
    /// <param name="timeline">What is said when; nothing when null.</param>
    /// <exception cref="MotionException">The driver cannot begin.</exception>
    public LiveSession(LiveWorld world, IReadOnlyList<ILiveDriver> drivers, PromptTimeline? timeline = null)
    {
        ArgumentNullException.ThrowIfNull(world);
        ArgumentNullException.ThrowIfNull(drivers);
        ArgumentOutOfRangeException.ThrowIfZero(drivers.Count, nameof(drivers));
        (_world, _drivers, Timeline) = (world, [.. drivers], timeline ?? new PromptTimeline());
        _moments = new SavedMoments((int)Math.Ceiling(RewindSeconds * world.ControlRate));
        Driver.Begin();
    }

    /// <summary>The driver in charge.</summary>
    public ILiveDriver Driver => _drivers[_driver];

    /// <summary>Names of all drivers.</summary>
    public IEnumerable<string> Drivers => _drivers.Select(driver => driver.Name);

    /// <summary>Sentences that drivers know, by their names.</summary>
    public IEnumerable<KeyValuePair<string, IReadOnlyList<string>>> Captions => _drivers.Select(driver => KeyValuePair.Create(driver.Name, driver.Captions));

    /// <summary>Who lives.</summary>
    public Character Character => _world.Character;

    /// <summary>Control steps per second.</summary>
    public int ControlRate => _world.ControlRate;

    /// <summary>Control steps since the start.</summary>
    public long Step => _step;

    /// <summary>Simulated time since the start, s.</summary>
    public double Seconds => (double)_step / ControlRate;

    /// <summary>What is said when. A sentence is said again when play passes its time again.</summary>
    public PromptTimeline Timeline { get; set; }

    /// <summary>The answer to the latest sentence, or null.</summary>
    public Reply? Reply { get; private set; }

    /// <summary>What went wrong, or null.</summary>
    public string? Error { get; private set; }

    /// <summary>Whether time stands still.</summary>
    public bool IsPaused { get; private set; }

    /// <summary>Speed of time that is wanted: 1 is real time; it is for whoever keeps the clock.</summary>
    public double Pace { get; private set; } = 1;

    /// <summary>Whether a body other than hands and feet lies on the ground.</summary>
    public bool IsFallen => _world.IsFallen;

    /// <summary>Whether motion is being recorded.</summary>
    public bool IsRecording => _recorder is not null;

    /// <summary>Goes one control step on, saying what the timeline has for now. When that fails, time stops and <see cref="Error"/> tells why.</summary>
    /// <returns>Whether it went on.</returns>
    public bool Advance() => Try(() =>
    {
        _moments.Push(new SavedMoment(_step, _world.Save(), _driver, Driver.Save(), _said, _push));
        foreach (Prompt prompt in Timeline.Prompts.Where(prompt => StepOf(prompt) == _step && !_said.Contains(prompt.Id)))
        {
            Reply = Driver.Say(prompt.Sentence);
        }

        ApplyPush();
        Driver.Step();
        if (_world.Batch.Failed[0])
        {
            throw new MotionException(ExitCode.NumericFailure, "the physics left what is possible and was put back to its last start: step back, or restart");
        }

        _step++;
        _said = [];
        _recorder?.Add(CharacterPositions());
    });

    /// <summary>Stops or lets go on the time.</summary>
    public void SetPaused(bool paused)
    {
        IsPaused = paused;
        Error = paused ? Error : null;
    }

    /// <summary>Sets the wanted speed of time, held between the slowest and the fastest.</summary>
    public void SetPace(double pace) => Pace = Math.Clamp(pace, SlowestPace, FastestPace);

    /// <summary>Stops the time and goes one control step on.</summary>
    public void StepOnce()
    {
        SetPaused(true);
        Error = null;
        Advance();
    }

    /// <summary>Stops the time and goes control steps back, to the bit; what is being recorded loses them.</summary>
    /// <param name="steps">How many, 1 or more; fewer when that far is not kept.</param>
    /// <returns>How many it went back.</returns>
    public int StepBack(int steps = 1)
    {
        SetPaused(true);
        SavedMoment? moment = null;
        int taken = 0;
        while (taken < steps && _moments.Pop() is { } before)
        {
            (moment, taken) = (before, taken + 1);
        }

        if (moment is not null)
        {
            Error = null;
            int undone = (int)(_step - moment.Step);
            (_step, _driver, _said, _push) = (moment.Step, moment.Driver, moment.Said, moment.Push);
            Try(() =>
            {
                _world.Restore(moment.World);
                Driver.Restore(moment.DriverState);
            });
            _recorder?.TakeBack(undone);
        }

        return taken;
    }

    /// <summary>Begins anew with the driver in charge; the timeline stays and is said again.</summary>
    public void Restart()
    {
        _recorder?.TakeBack((int)Math.Min(_step, int.MaxValue));
        _moments.Clear();
        (_step, _said, _push, Error, Reply) = (0, [], null, null, null);
        Try(Driver.Begin);
    }

    /// <summary>Says a sentence now. One that is accepted becomes a block of the timeline.</summary>
    /// <param name="sentence">Anything that was typed.</param>
    public Reply? Say(string sentence)
    {
        Try(() =>
        {
            Reply = Driver.Say(sentence);
            if (Reply.IsAccepted)
            {
                Timeline = Timeline.With(Seconds, Reply.Sentence, out Prompt added);
                _said = _said.Add(added.Id);
            }
        });
        return Reply;
    }

    /// <summary>Puts another driver in charge of the world as it stands.</summary>
    /// <param name="name">Its name; nothing happens when there is none of it, or it is in charge.</param>
    public void SwitchTo(string name)
    {
        int index = Drivers.ToList().IndexOf(name);
        if (index >= 0 && index != _driver)
        {
            _driver = index;
            Reply = null;
            Try(Driver.TakeOver);
        }
    }

    /// <summary>Puts the character into a frame of the clip that is followed; nothing happens when none is.</summary>
    public void StartAt(int frame) => Try(() => Driver.Reference?.StartAt(Math.Clamp(frame, 0, Driver.Reference.Last)));

    /// <summary>Drags a body by a spring until <see cref="LetGo"/>.</summary>
    /// <param name="body">Index of a body of the character.</param>
    /// <param name="anchorBody">Where it was taken, in its own frame, m.</param>
    /// <param name="targetWorld">Where that point is drawn to, m.</param>
    public void Drag(int body, Vector3 anchorBody, Vector3 targetWorld) => _push = new PushState(body, anchorBody, targetWorld, default, 0);

    /// <summary>Pushes a body at its origin for a while.</summary>
    /// <param name="body">Index of a body of the character.</param>
    /// <param name="forceWorld">Force, N.</param>
    /// <param name="seconds">How long; at least one control step.</param>
    public void Shove(int body, Vector3 forceWorld, double seconds = 0.1) =>
        _push = new PushState(body, default, null, forceWorld, Math.Max(1, (int)Math.Round(seconds * ControlRate)));

    /// <summary>Ends a drag.</summary>
    public void LetGo() => _push = null;

    /// <summary>Throws a ball.</summary>
    /// <param name="fromWorld">Where it starts, m.</param>
    /// <param name="velocityWorld">How fast, m/s.</param>
    public void Throw(Vector3 fromWorld, Vector3 velocityWorld) => Try(() => _world.Throw(fromWorld, velocityWorld));

    /// <summary>Begins to record motion, from the next control step on; nothing happens when it is being recorded.</summary>
    public void StartRecording() => _recorder ??= new MotionRecorder(Character, ControlRate);

    /// <summary>Ends recording.</summary>
    /// <param name="name">Name of the recording.</param>
    /// <returns>The motion; null when not a single step was recorded.</returns>
    public MotionRecording? StopRecording(string name)
    {
        MotionRecorder? recorder = _recorder;
        _recorder = null;
        return recorder is null or { FrameCount: 0 } ? null
            : recorder.Finish(name) with { Captions = [.. Timeline.Prompts.Select(prompt => prompt.Sentence).Distinct()] };
    }

    /// <summary>What is to be seen now.</summary>
    public LiveFrame Look() => new FrameReading(_world).Read() with
    {
        Step = _step,
        Seconds = Seconds,
        IsFallen = IsFallen,
        Push = _push?.On(_world),
        Reference = Driver.Reference is { } reference ? Followed(reference) : null,
        Plan = Driver.Plan,
        Driver = Driver.Name,
        Doing = Driver.Doing,
        Timeline = Timeline,
        Reply = Reply,
        Error = Error,
        IsPaused = IsPaused,
        Pace = Pace,
        RewindSeconds = (double)_moments.Count / ControlRate,
        RecordedSeconds = _recorder is null ? null : (double)_recorder.FrameCount / ControlRate,
    };

    private long StepOf(Prompt prompt) => (long)Math.Ceiling((prompt.Seconds * ControlRate) - 1e-6);

    private float[] CharacterPositions() => _world.Batch.Positions[..Character.PositionCount].ToArray();

    private FollowedClip Followed(ILiveReference reference)
    {
        float[] pose = new float[Character.PositionCount];
        reference.Pose(reference.Frame, pose);
        return new FollowedClip(reference.Clip, reference.Frame, reference.Last, pose, reference.TermNames, reference.Terms);
    }

    private void ApplyPush()
    {
        for (int body = 0; body < Character.Bodies.Length; body++)
        {
            _world.Push(body, default, default);
        }

        if (_push?.On(_world) is { } push)
        {
            _world.Push(push.Body, push.ForceWorld, push.PointWorld);
            bool goesOn = _push.TargetWorld is not null || _push.StepsLeft > 1;
            _push = goesOn ? _push with { StepsLeft = _push.StepsLeft - 1 } : null;
        }
    }

    private bool Try(Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (Exception problem)
        {
            (Error, IsPaused) = (problem.Message, true);
            return false;
        }
    }
}
