using System.Collections.Immutable;
using System.Numerics;
using Motion.Language.Embedding;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Retargeting;
using Motion.Sim.Tracking;
using Motion.Viewer.Live;

namespace Motion.Cli.Play;

/// <summary>
/// Follows the clip of the caption that is nearest to what was said, from the clip's start, and again when it ends. Where the character stands far from that
/// start it is put there.
/// </summary>
internal sealed class ClipDriver : ILiveDriver, ILiveReference
{
    // Experts were trained from starts near the clip: from further away than this, furthest body, m, and centre, m/s, most would fall.
    private const float FurthestStart = 0.15f;
    private const float FastestStart = 0.4f;
    private const double LongestEpisode = 3000;
    private readonly LiveWorld _world;
    private readonly ClipSkills _skills;
    private readonly SentenceUnderstanding _understanding;
    private readonly IClipActor _actor;
    private readonly string _first;
    private readonly Dictionary<string, TrackingTask> _tasks = [];
    private TrackingTask? _task;
    private TrackingReward? _reward;
    private GroundDisplacement _placement;
    private long _steps;

    /// <param name="world">The world.</param>
    /// <param name="skills">The clips; not disposed here.</param>
    /// <param name="understanding">Takes sentences; not disposed here.</param>
    /// <param name="actor">Acts.</param>
    /// <param name="first">Name of the clip to begin with.</param>
    public ClipDriver(LiveWorld world, ClipSkills skills, SentenceUnderstanding understanding, IClipActor actor, string first)
    {
        (_world, _skills, _understanding, _actor, _first) = (world, skills, understanding, actor, first);
        Captions = [.. skills.Captions.Select(caption => caption.Text)];
    }

    /// <inheritdoc/>
    public string Name => _actor.Name;

    /// <inheritdoc/>
    public string Doing => Clip;

    /// <inheritdoc/>
    public IReadOnlyList<string> Captions { get; }

    /// <inheritdoc/>
    public ILiveReference? Reference => this;

    /// <inheritdoc/>
    public string Clip { get; private set; } = "";

    /// <inheritdoc/>
    public int Frame => Track.IsLoop ? Task.FrameOf(0) % Track.Last : Math.Min(Task.FrameOf(0), Track.Last);

    /// <inheritdoc/>
    public int Last => Track.Last;

    /// <inheritdoc/>
    public ImmutableArray<string> TermNames { get; } = ["pose", "velocity", "root pose", "root velocity", "key bodies"];

    /// <inheritdoc/>
    public ImmutableArray<float> Terms { get; private set; } = [0, 0, 0, 0, 0];

    private TrackingTask Task => _task ?? throw new InvalidOperationException("the driver has not begun");

    private ReferenceClip Track => Task.References.Clips[0];

    /// <inheritdoc/>
    public void Begin()
    {
        Take(_first);
        (_placement, _steps) = (default, 0);
        Task.Start(0, 0, 0);
    }

    /// <inheritdoc/>
    public void TakeOver() => FromStart(Clip.Length > 0 ? Clip : _first);

    /// <inheritdoc/>
    public Reply Say(string sentence)
    {
        UnderstoodSentence understood = _understanding.Understand(sentence);
        Reply reply = understood.ToReply();
        if (!understood.IsUnderstood)
        {
            return reply;
        }

        bool moved = FromStart(reply.Nearest[0].Clip);
        return reply with { Message = $"{reply.Message}; '{Clip}' begins at its start{(moved ? ", and the character was put there" : "")}" };
    }

    /// <inheritdoc/>
    public void Step()
    {
        if (!Track.IsLoop && Task.FrameOf(0) >= Track.Last - 1)
        {
            FromStart(Clip);
        }
        else if (_steps >= LongestEpisode * _world.ControlRate)
        {
            _placement = Task.PlacementOf(0);
            Task.Follow(0, 0, Frame, _placement);
            _steps = 0;
        }

        _actor.Step(Task, _placement, _steps);
        _steps++;
        Terms = Compare();
    }

    /// <inheritdoc/>
    public object Save()
    {
        using MemoryStream memory = new();
        using (BinaryWriter writer = new(memory))
        {
            Task.Save(writer);
        }

        return new Saved(Clip, memory.ToArray(), _placement, _steps, Terms);
    }

    /// <inheritdoc/>
    public void Restore(object state)
    {
        Saved saved = (Saved)state;
        Take(saved.Clip);
        (_placement, _steps, Terms) = (saved.Placement, saved.Steps, saved.Terms);
        using MemoryStream memory = new(saved.Task);
        using BinaryReader reader = new(memory);
        Task.Restore(reader);
    }

    /// <inheritdoc/>
    public void Pose(int frame, Span<float> positions)
    {
        Task.References.Positions(0, frame).CopyTo(positions);
        Task.PlacementOf(0).Apply(_world.Character, positions);
    }

    /// <inheritdoc/>
    public void StartAt(int frame)
    {
        _placement = Task.PlacementOf(0);
        _steps = 0;
        Task.Start(0, 0, Math.Min(frame, Last - 1), _placement);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (TrackingTask task in _tasks.Values)
        {
            task.Dispose();
        }

        _reward?.Dispose();
    }

    /// <summary>Begins a clip where the character stands, facing its way.</summary>
    /// <returns>Whether the character had to be moved into the clip's first pose.</returns>
    private bool FromStart(string clip)
    {
        Take(clip);
        ReadOnlySpan<float> now = _world.Batch.Positions[.._world.Character.PositionCount];
        _placement = GroundDisplacement.Between(_world.Character, Task.References.Positions(0, 0), now);
        _steps = 0;
        bool isFar = Furthest() > FurthestStart || RootSpeed() > FastestStart;
        if (isFar)
        {
            Task.Start(0, 0, 0, _placement);
        }
        else
        {
            Task.Follow(0, 0, 0, _placement);
        }

        return isFar;
    }

    private float Furthest()
    {
        Character character = _world.Character;
        float[] pose = Task.References.Positions(0, 0).ToArray();
        _placement.Apply(character, pose);
        Vector3[] places = new Vector3[character.Bodies.Length];
        ForwardKinematics.Compute(character, pose, places, new Quaternion[places.Length]);
        return Enumerable.Range(0, places.Length).Max(body => Vector3.Distance(places[body], _world.PlaceOf(body)));
    }

    /// <summary>How much faster or slower than at the clip's start the root moves, m/s.</summary>
    private float RootSpeed()
    {
        int at = _world.Character.Joints[0].VelocityIndex;
        Vector3 wanted = Vector3.Transform(new Vector3(Task.References.Velocities(0, 0).Slice(at, 3)), Quaternion.CreateFromAxisAngle(Vector3.UnitZ, _placement.Yaw));
        return Vector3.Distance(wanted, new Vector3(_world.Batch.Velocities.Slice(at, 3)));
    }

    private void Take(string clip)
    {
        if (clip == Clip && _task is not null)
        {
            return;
        }

        if (!_tasks.TryGetValue(clip, out TrackingTask? task))
        {
            // Making a task starts the world anew, which is not wanted here.
            SavedWorld saved = _world.Save();
            TrackingOptions tracking = _skills.Tracking(clip);
            task = new TrackingTask(_world.Batch, ReferenceTable.Of([_skills.Clip(clip)], tracking), tracking, seed: 0);
            _world.Restore(saved);
            _tasks[clip] = task;
        }

        _reward ??= new TrackingReward(_world.Character, task.Options);
        _actor.Take(clip);
        (Clip, _task) = (clip, task);
    }

    private ImmutableArray<float> Compare()
    {
        Character character = _world.Character;
        float[] pose = new float[character.PositionCount], velocities = new float[character.VelocityCount];
        Pose(Frame, pose);
        Task.References.Velocities(0, Frame).CopyTo(velocities);
        Joint root = character.Joints[0];
        Vector3 turned = Vector3.Transform(new Vector3(velocities.AsSpan(root.VelocityIndex, 3)), Quaternion.CreateFromAxisAngle(Vector3.UnitZ, Task.PlacementOf(0).Yaw));
        turned.CopyTo(velocities.AsSpan(root.VelocityIndex, 3));
        float[] errors = _reward!.Compare(
            (_world.Batch.Positions[..character.PositionCount].ToArray(), _world.Batch.Velocities[..character.VelocityCount].ToArray()), (pose, velocities)).Errors;
        RewardOptions reward = Task.Options.Reward;
        RewardTerm[] terms = [reward.Pose, reward.Velocity, reward.RootPose, reward.RootVelocity, reward.KeyBodies];
        return [.. terms.Zip(errors, (term, error) => term.Weight * MathF.Exp(-term.Scale * error))];
    }

    private sealed record Saved(string Clip, byte[] Task, GroundDisplacement Placement, long Steps, ImmutableArray<float> Terms);
}
