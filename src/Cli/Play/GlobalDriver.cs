using Motion.Cli.Training;
using Motion.Language.Embedding;
using Motion.Policies.Skills;
using Motion.Sim.Clips.Retargeting;
using Motion.Sim.Physics;
using Motion.Sim.Skills;
using Motion.Sim.Tracking;
using Motion.Viewer.Live;

namespace Motion.Cli.Play;

/// <summary>The global policy: it is told the latent of what was said, from whatever the character does. It follows no clip; where it begins, it stands.</summary>
internal sealed class GlobalDriver : ILiveDriver
{
    private readonly SkillPolicy _policy;
    private readonly SentenceUnderstanding _understanding;
    private readonly SkillTask _task;
    private readonly string _first;
    private readonly float[] _observations;
    private readonly float[] _actions;

    /// <param name="world">The world.</param>
    /// <param name="policy">The policy; it is taken over.</param>
    /// <param name="understanding">What takes sentences by the policy's own captions; it is taken over.</param>
    /// <param name="first">Index of the skill to begin with, and its clip.</param>
    /// <param name="ahead">How it looks ahead, what makes the worlds for that, and whether the world waits for it; not at all when null.</param>
    public GlobalDriver(
        LiveWorld world, SkillPolicy policy, SentenceUnderstanding understanding, (int Skill, CharacterClip Clip) first, (LookaheadOptions Options, IPhysicsEngine Engine, bool Waits)? ahead)
    {
        (_policy, _understanding) = (policy, understanding);
        SkillCard card = policy.Card;
        Captions = [.. card.Skills.SelectMany(skill => skill.Captions).Distinct()];
        _first = card.Skills[first.Skill].Captions[0];

        // Making a task starts the world anew, which is not wanted here. A task follows clips, which the policy does not see: one will do.
        SavedWorld saved = world.Save();
        _task = card.Task(world.Batch, ReferenceTable.Of([first.Clip], card.Tracking));
        world.Restore(saved);
        _observations = new float[_task.ObservationCount];
        _actions = new float[_task.ActionCount];
        if (ahead is { } looking)
        {
            Ahead = new Lookahead(looking.Engine, policy, _task, GlobalSources.Conditions(understanding, card.Skills), looking.Options) { Waits = looking.Waits };
        }
    }

    /// <inheritdoc/>
    public string Name => "global";

    /// <summary>How it looks ahead; null where it does not.</summary>
    public Lookahead? Ahead { get; }

    /// <inheritdoc/>
    public string Doing { get; private set; } = "";

    /// <inheritdoc/>
    public IReadOnlyList<string> Captions { get; }

    /// <inheritdoc/>
    public ILiveReference? Reference => null;

    /// <inheritdoc/>
    public void Begin()
    {
        _task.StartAtRest(0, clip: 0);
        Ahead?.Restart();
        Say(_first);
    }

    /// <inheritdoc/>
    public void TakeOver()
    {
        _task.StartHere(0, clip: 0);
        Ahead?.Restart();
        Say(_first);
    }

    /// <inheritdoc/>
    public Reply Say(string sentence)
    {
        UnderstoodSentence understood = _understanding.Understand(sentence);
        if (understood.IsUnderstood)
        {
            _task.Tell(0, understood.Latent.AsSpan());
            Doing = understood.Sentence;
        }

        return understood.ToReply();
    }

    /// <inheritdoc/>
    public void Step()
    {
        _task.Observe(_observations);
        Ahead?.Guide(_observations);
        _policy.Act(_observations, _actions);
        _task.Step(_actions);
    }

    /// <inheritdoc/>
    public object Save()
    {
        using MemoryStream memory = new();
        using (BinaryWriter writer = new(memory))
        {
            _task.Save(writer);
        }

        return new Saved(Doing, memory.ToArray(), Ahead?.Save());
    }

    /// <inheritdoc/>
    public void Restore(object state)
    {
        Saved saved = (Saved)state;
        Doing = saved.Doing;
        using BinaryReader reader = new(new MemoryStream(saved.Task));
        _task.Restore(reader);
        if (saved.Ahead is { } ahead)
        {
            Ahead?.Restore(ahead);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Ahead?.Dispose();
        _task.Dispose();
        _policy.Dispose();
        _understanding.Dispose();
    }

    private sealed record Saved(string Doing, byte[] Task, object? Ahead);
}
