using System.Diagnostics;
using System.Numerics;
using System.Runtime.InteropServices;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Retargeting;
using Motion.Sim.Configuration;
using Motion.Sim.Physics;
using Motion.Sim.Physics.Wide;

namespace Motion.Sim.Tracking;

/// <summary>
/// Worlds in which a character shall move as clips do: observed, rewarded and ended after Peng et al., "DeepMimic" (2018). Episodes start at
/// frames of the clips drawn at random. They end, with nothing to follow, when the character has left the reference or fallen, which earns nothing,
/// and at the end of a clip that does not loop, unless it is begun anew (<see cref="TrackingOptions.Repeats"/>); they are cut short when they have lasted long enough. Steps allocate nothing.
/// </summary>
public sealed unsafe partial class TrackingTask : IEnvironment
{
    private readonly TrackingModel _model;
    private readonly ReferenceTable _table;
    private readonly StartSampler _starts;
    private readonly BlockRows _rows;
    private readonly ITrackingKernel _kernel;
    private readonly AlignedMemory _memory;
    private readonly WorkerPool _pool;
    private readonly float[] _scales;
    private readonly (float Lower, float Upper)[] _bounds;
    private readonly float[] _controls;
    private readonly float[] _final;
    private readonly float[] _rewards;
    private readonly bool[] _terminated;
    private readonly bool[] _failed;
    private readonly bool[] _truncated;
    private readonly bool[] _fallen;
    private readonly float[] _deviations;
    private readonly WorldTrack[] _tracks;
    private readonly bool[] _stale;
    private readonly List<int> _ended;
    private readonly float[] _rest;
    private readonly float[] _startPositions;
    private readonly float[] _startVelocities;
    private readonly int _episodeSteps;
    private readonly int _graceSteps;
    private readonly PoseBlend _blend;
    private readonly RewardTerm[] _terms;
    private readonly int _targetFeatures;
    private readonly Action<int> _control;
    private readonly Action<int> _judge;
    private readonly Action<int> _observe;
    private Action<int> _phase;
    private float* _given;

    /// <summary>Where a world is in its clip, and since how many steps it has followed it from there.</summary>
    private record struct WorldTrack(int Clip, int Frame, int Steps, GroundDisplacement Placement, int Followed = Settled);

    /// <summary>Makes the task over a batch, which it does not dispose, and starts every world.</summary>
    /// <param name="batch">The worlds: of the table's character, at its control rate.</param>
    /// <param name="table">What to track.</param>
    /// <param name="options">What is observed, rewarded and forgiven.</param>
    /// <param name="seed">Seed of the starts.</param>
    /// <param name="followed">How many of the table's clips are followed, its first; the others lend poses to start in. All when 0.</param>
    /// <exception cref="MotionException">Options are out of range, or do not fit the batch or the table.</exception>
    public TrackingTask(IWorldBatch batch, ReferenceTable table, TrackingOptions options, ulong seed, int followed = 0)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        Setting.Require(batch.Options.ControlRate == options.ControlRate && table.ControlRate == options.ControlRate, nameof(options.ControlRate), options.ControlRate, $"that of the batch ({batch.Options.ControlRate}) and of the clips ({table.ControlRate})");
        Batch = batch;
        Options = options;
        _table = table;
        _model = new TrackingModel(batch.Scene.Character, options);
        _rows = new BlockRows(_model);
        _kernel = WideEngine.WidestLanes switch
        {
            16 => new TrackingKernel<Lanes16>(_model, _rows),
            8 => new TrackingKernel<Lanes8>(_model, _rows),
            4 => new TrackingKernel<Lanes4>(_model, _rows),
            _ => new TrackingKernel<Lanes1>(_model, _rows),
        };
        int worlds = batch.WorldCount, blocks = (worlds + Rows.Width - 1) / Rows.Width;
        _memory = new AlignedMemory((long)blocks * _rows.Count * Rows.Width);
        (_control, _judge, _observe) = (ControlBlock, JudgeBlock, ObserveBlock);
        _phase = _judge;
        _pool = new WorkerPool(Math.Max(1, Math.Min(batch.Options.Threads, blocks)), (_, block) => _phase(block));
        PoseControls controls = new(_model.Character, options.ActionCenter);
        _scales = controls.Scales(options.ActionScale);
        _bounds = controls.Bounds();
        _controls = new float[_model.ActionCount * worlds];
        _final = new float[worlds * ObservationCount];
        _rewards = new float[worlds];
        _terminated = new bool[worlds];
        _failed = new bool[worlds];
        _truncated = new bool[worlds];
        _fallen = new bool[worlds];
        _deviations = new float[worlds];
        _tracks = new WorldTrack[worlds];
        _stale = new bool[blocks];
        _ended = new List<int>(worlds);
        _rest = PositionVector.Stand(_model.Character);
        _startPositions = new float[worlds * _model.PositionCount];
        _startVelocities = new float[worlds * _model.VelocityCount];
        _episodeSteps = Math.Max(1, (int)MathF.Round(options.EpisodeSeconds * options.ControlRate));
        _blend = new PoseBlend(_model.Character, table, controls, worlds, (int)MathF.Round(options.BlendSeconds * options.ControlRate));
        _graceSteps = (int)MathF.Round(options.GraceSeconds * options.ControlRate);
        Entries = new EntryFrames(_model.Character, table, options.Feet);
        _terms = options.Reward.Terms;
        _targetFeatures = (_model.Layout.Count - _model.Layout.StateCount) / options.TargetSteps.Length;
        _starts = new StartSampler(table, Entries, options, (worlds, followed == 0 ? table.Clips.Count : followed), seed);
        Restart();
    }

    /// <summary>The worlds.</summary>
    public IWorldBatch Batch { get; }

    /// <summary>What is observed, rewarded and forgiven.</summary>
    public TrackingOptions Options { get; }

    /// <summary>What is tracked.</summary>
    public ReferenceTable References => _table;

    /// <summary>Finds where to enter clips.</summary>
    public EntryFrames Entries { get; }

    /// <summary>What the numbers of an observation are.</summary>
    public ObservationLayout Layout => _model.Layout;

    /// <inheritdoc/>
    public int WorldCount => Batch.WorldCount;

    /// <inheritdoc/>
    public int ObservationCount => _model.Layout.Count;

    /// <inheritdoc/>
    public int ActionCount => _model.ActionCount;

    /// <inheritdoc/>
    public ReadOnlySpan<float> Rewards => _rewards;

    /// <inheritdoc/>
    public ReadOnlySpan<bool> Terminated => _terminated;

    /// <inheritdoc/>
    public ReadOnlySpan<bool> Truncated => _truncated;

    /// <summary>Whose episode ended in failure in the last step: [world].</summary>
    public ReadOnlySpan<bool> Failed => _failed;

    /// <summary>How far the furthest body was from its reference after the last step, m: [world].</summary>
    public ReadOnlySpan<float> Deviations => _deviations;

    /// <summary>Where a body that the clip keeps off the ground touched it in the last step: [world].</summary>
    public ReadOnlySpan<bool> Fallen => _fallen;

    /// <summary>Time that physics has taken of all steps so far.</summary>
    public TimeSpan PhysicsTime { get; private set; }

    /// <summary>Clip of a world.</summary>
    public int ClipOf(int world) => _tracks[world].Clip;

    /// <summary>Frame, from the clip's start, that a world should match now.</summary>
    public int FrameOf(int world) => _tracks[world].Frame;

    /// <summary>Where the frame that a world should match lies on the ground: its placement, and where loops have carried it.</summary>
    public GroundDisplacement PlacementOf(int world) => Locate(_tracks[world], 0).Moved;

    /// <inheritdoc/>
    public int RowOf(int world) => _table.Locate(_tracks[world].Clip, _tracks[world].Frame).Row;

    /// <inheritdoc/>
    public ReadOnlySpan<float> FinalObservation(int world) => _final.AsSpan(world * ObservationCount, ObservationCount);

    /// <inheritdoc/>
    public void Restart()
    {
        _ended.Clear();
        for (int world = 0; world < WorldCount; world++)
        {
            _ended.Add(world);
        }

        StartEnded();
    }

    /// <summary>Starts an episode of a world at a place of one's own choosing.</summary>
    /// <param name="world">The world.</param>
    /// <param name="clip">Index of the clip.</param>
    /// <param name="frame">Frame of the clip.</param>
    /// <param name="placement">Where the clip's origin lies on the ground.</param>
    public void Start(int world, int clip, int frame, GroundDisplacement placement = default)
    {
        PlaceAtFrame(world, clip, frame, placement, 0);
        Batch.Reset([world], _startPositions.AsSpan(0, _model.PositionCount), _startVelocities.AsSpan(0, _model.VelocityCount));
        _stale[world / Rows.Width] = true;
    }

    /// <summary>Starts an episode of a world near a frame: its velocities are off by normal noise.</summary>
    /// <param name="world">The world.</param>
    /// <param name="clip">Index of the clip.</param>
    /// <param name="frame">Frame of the clip.</param>
    /// <param name="random">The noise.</param>
    /// <param name="deviation">Its standard deviation, rad/s and m/s.</param>
    public void Start(int world, int clip, int frame, CounterRandom random, float deviation)
    {
        PlaceAtFrame(world, clip, frame, default, 0);
        Disturb(0, random, deviation);
        Batch.Reset([world], _startPositions.AsSpan(0, _model.PositionCount), _startVelocities.AsSpan(0, _model.VelocityCount));
        _stale[world / Rows.Width] = true;
    }

    /// <inheritdoc/>
    public void Step(ReadOnlySpan<float> actions)
    {
        if (actions.Length != WorldCount * ActionCount)
        {
            throw new ArgumentException($"{actions.Length} numbers were given; {WorldCount} worlds take {WorldCount * ActionCount}", nameof(actions));
        }

        fixed (float* given = actions)
        {
            Run(given, _control);
        }

        Advance();
    }

    private void Advance()
    {
        Batch.SetControls(_controls);
        long began = Stopwatch.GetTimestamp();
        Batch.Step();
        PhysicsTime += Stopwatch.GetElapsedTime(began);
        Run(null, _judge);
        _ended.Clear();
        for (int world = 0; world < WorldCount; world++)
        {
            if (_terminated[world] || _truncated[world])
            {
                WorldTrack track = _tracks[world];
                _starts.Note(world, track.Clip, Math.Max(0, track.Frame - track.Steps), track.Frame, _failed[world]);
                _ended.Add(world);
            }
            else if (Options.Repeats && Ends(_tracks[world], 1))
            {
                Enter(world, _tracks[world].Clip);
            }
        }

        StartEnded();
    }

    /// <inheritdoc/>
    public void Observe(Span<float> observations)
    {
        if (observations.Length != WorldCount * ObservationCount)
        {
            throw new ArgumentException($"there is room for {observations.Length} numbers; {WorldCount} worlds give {WorldCount * ObservationCount}", nameof(observations));
        }

        // Worlds that were reset are looked at anew here: the readings are not made for several threads.
        _ = Batch.Positions;
        fixed (float* given = observations)
        {
            Run(given, _observe);
        }
    }

    /// <inheritdoc/>
    public void Save(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        _starts.Save(writer);
        foreach (WorldTrack track in _tracks)
        {
            writer.Write(track.Clip);
            writer.Write(track.Frame);
            writer.Write(track.Steps);
            writer.Write(track.Placement.Yaw);
            writer.Write(track.Placement.Shift.X);
            writer.Write(track.Placement.Shift.Y);
            writer.Write(track.Followed);
        }

        _blend.Save(writer);
        for (int world = 0; world < WorldCount; world++)
        {
            float[] state = Batch.Save(world).Values;
            writer.Write(state.Length);
            writer.Write(MemoryMarshal.AsBytes(state.AsSpan()));
        }
    }

    /// <inheritdoc/>
    public void Restore(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        _starts.Restore(reader);
        for (int world = 0; world < WorldCount; world++)
        {
            _tracks[world] = new WorldTrack(
                reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), new GroundDisplacement(reader.ReadSingle(), new Vector3(reader.ReadSingle(), reader.ReadSingle(), 0)), reader.ReadInt32());
        }

        _blend.Restore(reader);
        for (int world = 0; world < WorldCount; world++)
        {
            float[] state = new float[reader.ReadInt32()];
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(state.AsSpan()));
            Batch.Restore(world, new WorldState(Batch.Scene, state));
        }

        Array.Fill(_stale, true);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _pool.Dispose();
        _memory.Dispose();
    }

    private void Run(float* given, Action<int> phase)
    {
        _given = given;
        _phase = phase;
        _pool.Run(_stale.Length);
    }

    private void StartEnded()
    {
        for (int index = 0; index < _ended.Count; index++)
        {
            int world = _ended[index];
            (int clip, int frame, CounterRandom random) = _starts.Draw(world);
            (int Clip, int Frame)? pose = _starts.DrawPose(world, clip, random);
            PlaceAtFrame(world, pose?.Clip ?? clip, pose?.Frame ?? frame, default, index);
            bool rests = _starts.DrawRest(random);
            if (rests)
            {
                _rest.CopyTo(_startPositions.AsSpan(index * _model.PositionCount));
                _startVelocities.AsSpan(index * _model.VelocityCount, _model.VelocityCount).Clear();
            }

            Disturb(index, random, Options.StartNoise);
            if (rests || pose is not null)
            {
                FollowFrom(world, clip, EntryOf(clip, index), _startPositions.AsSpan(index * _model.PositionCount, _model.PositionCount), _startVelocities.AsSpan(index * _model.VelocityCount, _model.VelocityCount));
            }

            _stale[world / Rows.Width] = true;
        }

        Batch.Reset(
            CollectionsMarshal.AsSpan(_ended),
            _startPositions.AsSpan(0, _ended.Count * _model.PositionCount),
            _startVelocities.AsSpan(0, _ended.Count * _model.VelocityCount));
    }

    private void PlaceAtFrame(int world, int clip, int frame, GroundDisplacement placement, int slot)
    {
        _tracks[world] = new WorldTrack(clip, frame, 0, placement);
        Span<float> positions = _startPositions.AsSpan(slot * _model.PositionCount, _model.PositionCount);
        Span<float> velocities = _startVelocities.AsSpan(slot * _model.VelocityCount, _model.VelocityCount);
        (int row, GroundDisplacement moved) = Locate(_tracks[world], 0);
        ReadOnlySpan<float> reference = _table.RowAt(row);
        reference[.._model.PositionCount].CopyTo(positions);
        reference.Slice(_table.VelocityStart, _model.VelocityCount).CopyTo(velocities);
        if (moved != default)
        {
            moved.Apply(_model.Character, positions);
            Span<float> root = velocities.Slice(_model.RootVelocity, 3);
            Vector3 turned = Vector3.Transform(new Vector3(root), Quaternion.CreateFromAxisAngle(Vector3.UnitZ, moved.Yaw));
            turned.CopyTo(root);
        }
    }

    private void Disturb(int slot, CounterRandom random, float deviation)
    {
        Span<float> velocities = _startVelocities.AsSpan(slot * _model.VelocityCount, _model.VelocityCount);
        Span<float> noise = stackalloc float[velocities.Length];
        random.Normal(0, noise);
        for (int index = 0; index < velocities.Length; index++)
        {
            velocities[index] += deviation * noise[index];
        }
    }

    private (int Row, GroundDisplacement Moved) Locate(in WorldTrack track, int ahead)
    {
        (int row, GroundDisplacement moved) = _table.Locate(track.Clip, track.Frame + ahead);
        return (row, track.Placement == default ? moved : moved.Then(track.Placement));
    }
}
