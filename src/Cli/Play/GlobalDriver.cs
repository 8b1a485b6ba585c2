using Motion.Language.Embedding;
using Motion.Policies.Skills;
using Motion.Sim.Clips.Retargeting;
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
    private readonly int _first;
    private readonly float[] _firstLatent;
    private readonly float[] _observations;
    private readonly float[] _actions;

    /// <param name="world">The world.</param>
    /// <param name="policy">The policy; it is taken over.</param>
    /// <param name="language">What sentences go through, and what takes them by the policy's own captions, which is taken over.</param>
    /// <param name="first">Index of the skill to begin with, and its clip.</param>
    public GlobalDriver(LiveWorld world, SkillPolicy policy, (SentenceEmbedding Embedding, SentenceUnderstanding Understanding) language, (int Skill, CharacterClip Clip) first)
    {
        (_policy, _understanding) = (policy, language.Understanding);
        SkillCard card = policy.Card;
        Captions = [.. card.Skills.SelectMany(skill => skill.Captions).Distinct()];
        _first = first.Skill;
        using (TorchSharp.torch.NewDisposeScope())
        {
            _firstLatent = language.Embedding.EmbedSentences([card.Skills[_first].Captions[0]]).data<float>().ToArray();
        }

        // Making a task starts the world anew, which is not wanted here. A task follows clips, which the policy does not see: one will do.
        SavedWorld saved = world.Save();
        SkillConditions none = new(card.ConditionSize, [new float[card.ConditionSize]]);
        _task = new SkillTask(world.Batch, ReferenceTable.Of([first.Clip], card.Tracking), none, card.Seen.Unattended(), card.Tracking with { FailOnContact = false }, seed: 0);
        world.Restore(saved);
        _observations = new float[_task.ObservationCount];
        _actions = new float[_task.ActionCount];
    }

    /// <inheritdoc/>
    public string Name => "global";

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
        Tell(_firstLatent, _policy.Card.Skills[_first].Captions[0]);
    }

    /// <inheritdoc/>
    public void TakeOver()
    {
        _task.StartHere(0, clip: 0);
        Tell(_firstLatent, _policy.Card.Skills[_first].Captions[0]);
    }

    /// <inheritdoc/>
    public Reply Say(string sentence)
    {
        UnderstoodSentence understood = _understanding.Understand(sentence);
        if (understood.IsUnderstood)
        {
            Tell([.. understood.Latent], understood.Sentence);
        }

        return understood.ToReply();
    }

    /// <inheritdoc/>
    public void Step()
    {
        _task.Observe(_observations);
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

        return new Saved(Doing, memory.ToArray());
    }

    /// <inheritdoc/>
    public void Restore(object state)
    {
        Saved saved = (Saved)state;
        Doing = saved.Doing;
        using BinaryReader reader = new(new MemoryStream(saved.Task));
        _task.Restore(reader);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _task.Dispose();
        _policy.Dispose();
        _understanding.Dispose();
    }

    private void Tell(float[] latent, string sentence)
    {
        _task.Tell(0, latent);
        Doing = sentence;
    }

    private sealed record Saved(string Doing, byte[] Task);
}
