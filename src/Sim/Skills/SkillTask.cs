using System.Runtime.InteropServices;
using Motion.Sim.Physics;
using Motion.Sim.Tracking;

namespace Motion.Sim.Skills;

/// <summary>
/// Worlds in which a character is told what to do by a condition, without a clock or a reference: it sees its state, some past states, and the
/// condition. An action is added to the joint targets of the rest pose; one is what makes a drive give all its torque. Beside each world goes the
/// clip that is followed on the way to what is told, for teachers. An episode ends in a fall.
/// </summary>
/// <remarks>
/// Observation: <see cref="ObservationLayout"/>'s state, then for each past state the same with its place (<see cref="SkillOptions.PastStates"/>), then
/// the condition.
/// </remarks>
public sealed partial class SkillTask : IEnvironment
{
    private readonly TrackingTask _tracking;
    private readonly SkillOptions _options;
    private readonly SkillConditions _conditions;
    private readonly PastStates _past;
    private readonly ReferenceStates _references;
    private readonly ActionSpace _actions;
    private readonly CounterRandom _random;
    private readonly ChangeSampler _changes;
    private readonly float[] _trackingObservations;
    private readonly float[] _targets;
    private readonly float[] _final;
    private readonly float[] _told;
    private readonly int[] _skills;
    private readonly int[] _untilSwitch;
    private readonly float[] _positions;
    private readonly float[] _velocities;
    private readonly int _stateCount;
    private ulong _place;
    private bool _stale;

    /// <summary>Makes the task and starts every world.</summary>
    /// <param name="batch">The worlds; not disposed here.</param>
    /// <param name="clips">The skills' clips.</param>
    /// <param name="conditions">What worlds are told, by clip.</param>
    /// <param name="options">What is seen, and how worlds begin and change.</param>
    /// <param name="tracking">What teachers observe, and when a character counts as fallen; distance never ends an episode.</param>
    /// <param name="seed">Seed of the starts.</param>
    /// <exception cref="MotionException">Options are out of range, or a clip cannot be tracked.</exception>
    public SkillTask(IWorldBatch batch, ReferenceTable clips, SkillConditions conditions, SkillOptions options, TrackingOptions tracking, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(clips);
        ArgumentNullException.ThrowIfNull(conditions);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(tracking);
        options.Validate();
        if (conditions.OfClips.Length != clips.Clips.Count)
        {
            throw new ArgumentException($"{conditions.OfClips.Length} clips have conditions, there are {clips.Clips.Count}", nameof(conditions));
        }

        (_options, _conditions) = (options, conditions);
        _tracking = new TrackingTask(batch, clips, tracking with { FailureDistance = 0, TransitionStarts = 0, RestStarts = 0, Repeats = false, EpisodeSeconds = options.EpisodeSeconds }, seed);
        _references = ReferenceStates.Of(_tracking);
        _actions = new ActionSpace(batch.Scene.Character);
        _random = CounterRandom.For(seed, 0x5111);
        int worlds = batch.WorldCount;
        _changes = new ChangeSampler(worlds, clips.Clips.Count, options.FailureWeightedChanges);
        _stateCount = _tracking.Layout.StateCount;
        _past = new PastStates(worlds, _stateCount, options.PastStates, options.PastStride);
        _trackingObservations = new float[worlds * _tracking.ObservationCount];
        _targets = new float[worlds * ActionCount];
        _final = new float[worlds * ObservationCount];
        _told = new float[worlds * conditions.Size];
        _skills = new int[worlds];
        _untilSwitch = new int[worlds];
        _positions = new float[batch.Scene.Character.PositionCount];
        _velocities = new float[batch.Scene.Character.VelocityCount];
        Restart();
    }

    /// <summary>The worlds with the clips that they follow, and what a teacher observes.</summary>
    public TrackingTask Tracking => _tracking;

    /// <summary>What is observed on the clips themselves, and at rest.</summary>
    public ReferenceStates References => _references;

    /// <summary>What an action means.</summary>
    public ActionSpace Actions => _actions;

    /// <inheritdoc/>
    public int WorldCount => _tracking.WorldCount;

    /// <inheritdoc/>
    public int ObservationCount => CountOf(_stateCount, _options, _conditions.Size);

    /// <summary>Numbers in an observation.</summary>
    /// <param name="stateCount">Numbers in a state.</param>
    /// <param name="options">What is seen.</param>
    /// <param name="condition">Numbers in a condition.</param>
    public static int CountOf(int stateCount, SkillOptions options, int condition)
    {
        ArgumentNullException.ThrowIfNull(options);
        return stateCount + (options.PastStates * (stateCount + PastStates.PlaceCount)) + condition;
    }

    /// <inheritdoc/>
    public int ActionCount => _tracking.ActionCount;

    /// <inheritdoc/>
    public ReadOnlySpan<float> Rewards => _tracking.Rewards;

    /// <inheritdoc/>
    public ReadOnlySpan<bool> Terminated => _tracking.Terminated;

    /// <inheritdoc/>
    public ReadOnlySpan<bool> Truncated => _tracking.Truncated;

    /// <summary>What a teacher that tracks observes, as of the last <see cref="Observe"/>: [world × feature].</summary>
    public ReadOnlySpan<float> TrackingObservations
    {
        get
        {
            LookIfStale();
            return _trackingObservations;
        }
    }

    /// <summary>The ways that worlds take from the clip that they follow into the one that they are told; null to go over to it at once.</summary>
    public MotionRoutes? Routes { get; set; }

    /// <summary>Index of the clip that a world is told.</summary>
    public int SkillOf(int world) => _skills[world];

    /// <summary>Index of the clip that a world follows: the one that it is told, or one on the way there.</summary>
    public int FollowedBy(int world) => _tracking.ClipOf(world);

    /// <inheritdoc/>
    public int RowOf(int world) => _tracking.RowOf(world);

    /// <inheritdoc/>
    public void Restart()
    {
        _tracking.Restart();
        for (int world = 0; world < WorldCount; world++)
        {
            Begin(world);
        }

        Look();
    }

    /// <summary>Tells a world a condition of one's own; the clip that it follows stays.</summary>
    public void Tell(int world, ReadOnlySpan<float> condition) => condition.CopyTo(Told(world));

    /// <summary>What a world is told: [condition].</summary>
    public ReadOnlySpan<float> ToldTo(int world) => Told(world);

    /// <inheritdoc/>
    public void Observe(Span<float> observations)
    {
        LookIfStale();
        for (int world = 0; world < WorldCount; world++)
        {
            ObserveInto(world, StateOf(world), observations.Slice(world * ObservationCount, ObservationCount));
        }
    }

    /// <inheritdoc/>
    public ReadOnlySpan<float> FinalObservation(int world) => _final.AsSpan(world * ObservationCount, ObservationCount);

    /// <inheritdoc/>
    public void Step(ReadOnlySpan<float> actions)
    {
        LookIfStale();
        for (int world = 0; world < WorldCount; world++)
        {
            _actions.ToTargets(actions.Slice(world * ActionCount, ActionCount), _targets.AsSpan(world * ActionCount, ActionCount));
        }

        _tracking.StepTargets(_targets);
        _past.Advance();
        for (int world = 0; world < WorldCount; world++)
        {
            if (Truncated[world])
            {
                // Where the root has come to in this last step is forgotten already; where it was before is near enough.
                ReadOnlySpan<float> state = _tracking.FinalObservation(world)[.._stateCount];
                _past.Set(world, 0, state, _past.PlaceAt(world, 1));
                ObserveInto(world, state, _final.AsSpan(world * ObservationCount, ObservationCount));
            }

            if (Terminated[world] || Truncated[world])
            {
                _changes.End(world, fell: Terminated[world]);
                Begin(world);
            }
            else
            {
                GoOn(world);
            }
        }

        Look();
    }

    /// <summary>The actions that stand for what a tracking policy chose: [world × action] to the same.</summary>
    public void FromTracking(ReadOnlySpan<float> tracking, Span<float> actions)
    {
        Span<float> controls = stackalloc float[ActionCount];
        for (int world = 0; world < WorldCount; world++)
        {
            _tracking.ControlsOf(world, tracking.Slice(world * ActionCount, ActionCount), controls);
            _actions.FromTargets(controls, actions.Slice(world * ActionCount, ActionCount));
        }
    }

    /// <inheritdoc/>
    public void Save(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        LookIfStale();
        _tracking.Save(writer);
        _past.Save(writer);
        writer.Write(MemoryMarshal.AsBytes(_told.AsSpan()));
        writer.Write(MemoryMarshal.AsBytes(_skills.AsSpan()));
        writer.Write(MemoryMarshal.AsBytes(_untilSwitch.AsSpan()));
        writer.Write(_place);
        _changes.Save(writer);
    }

    /// <inheritdoc/>
    public void Restore(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        _tracking.Restore(reader);
        _past.Restore(reader);
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(_told.AsSpan()));
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(_skills.AsSpan()));
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(_untilSwitch.AsSpan()));
        _place = reader.ReadUInt64();
        _changes.Restore(reader);
        _stale = false;
        _tracking.Observe(_trackingObservations);
    }

    /// <inheritdoc/>
    public void Dispose() => _tracking.Dispose();

    private void Look()
    {
        _stale = false;
        _tracking.Observe(_trackingObservations);
        for (int world = 0; world < WorldCount; world++)
        {
            Keep(world);
        }
    }

    /// <summary>Many worlds may be started one after another: they are looked at once, when somebody asks.</summary>
    private void LookIfStale()
    {
        if (_stale)
        {
            Look();
        }
    }

    private void Keep(int world)
    {
        _tracking.ReadPositions(world, _positions);
        _past.Set(world, 0, StateOf(world), PastStates.PlaceOf(_tracking.Batch.Scene.Character, _positions));
    }

    private void ObserveInto(int world, ReadOnlySpan<float> state, Span<float> row)
    {
        int past = _past.Count * (_stateCount + PastStates.PlaceCount);
        state.CopyTo(row);
        _past.See(world, row.Slice(_stateCount, past));
        Told(world).CopyTo(row[(_stateCount + past)..]);
    }

    private ReadOnlySpan<float> StateOf(int world) => _trackingObservations.AsSpan(world * _tracking.ObservationCount, _stateCount);

    private Span<float> Told(int world) => _told.AsSpan(world * _conditions.Size, _conditions.Size);
}
