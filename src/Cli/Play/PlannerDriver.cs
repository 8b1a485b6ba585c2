using System.Collections.Immutable;
using System.Numerics;
using Motion.Cli.Planning;
using Motion.Language.Embedding;
using Motion.Policies.Planning;
using Motion.Sim.Clips.Retargeting;
using Motion.Sim.Physics;
using Motion.Viewer.Live;

namespace Motion.Cli.Play;

/// <summary>
/// The planner: it goes to places on the ground, along paths, does the tasks of <c>./motion plan</c> by their names, and moves like a sentence where its
/// model knows of sentences. Where it begins, it wants to stand.
/// </summary>
internal sealed class PlannerDriver : ILiveDriver
{
    private const string Stand = "stand";
    private readonly LiveWorld _world;
    private readonly TrajectoryModel _model;
    private readonly TextPolicy? _text;
    private readonly PlanningController _controller;
    private readonly SentenceUnderstanding _understanding;
    private readonly Func<string, CharacterClip> _clips;
    private readonly (float[] Positions, float[] Velocities) _start;
    private readonly float[] _targets;
    private Wish _wish = Wish.ToStand;
    private IObjective _objective = Wish.ToStand.Objective;

    /// <param name="world">The world.</param>
    /// <param name="planner">Plans; taken over with its model, and with the policy whose skills are plans too, if any.</param>
    /// <param name="setting">What copies of the world are made by, how long a plan may keep the world waiting (as long as it takes when null), and the seed of what is drawn.</param>
    /// <param name="language">Takes sentences, not disposed here, the captions that it knows, and their clips by name.</param>
    /// <param name="start">Where it begins.</param>
    /// <exception cref="MotionException">The model acts at another rate than the world.</exception>
    public PlannerDriver(
        LiveWorld world, (Planner Codes, TextPolicy? Text) planner, (IPhysicsEngine Engine, TimeSpan? Budget, ulong Seed) setting, (SentenceUnderstanding Understanding, IEnumerable<string> Captions, Func<string, CharacterClip> Clips) language, (float[] Positions, float[] Velocities) start)
    {
        (_world, _model, _text, _understanding, _clips, _start) = (world, planner.Codes.Model, planner.Text, language.Understanding, language.Clips, start);
        if (_model.Card.ControlRate != world.ControlRate)
        {
            throw new MotionException(ExitCode.BadInput, $"the planner's model acts {_model.Card.ControlRate} times a second, the world {world.ControlRate} times: train it at that rate");
        }

        // What remembers the world's past starts it anew, which is not wanted here.
        SavedWorld saved = world.Save();
        SkillPlans? skills = planner.Text?.Skills((setting.Engine, world.Batch), planner.Codes.Options);
        world.Restore(saved);
        _controller = new PlanningController(planner.Codes, setting.Engine, world.Batch, setting.Seed) { Budget = setting.Budget, Skills = skills };
        _targets = new float[world.Batch.ControlCount];
        Captions = [.. TaskChoice.Body.Select(task => task.Name).Append(Stand).Concat(KnowsSentences ? language.Captions : [])];
    }

    /// <summary>Says what plans mean where they are tried out; null to believe what they were drawn for.</summary>
    public IMotionMeaning? Meaning
    {
        init => _controller.Meaning = value;
    }

    /// <inheritdoc/>
    public string Name => "planner";

    /// <inheritdoc/>
    public string Doing => _wish.Words;

    /// <inheritdoc/>
    public IReadOnlyList<string> Captions { get; }

    /// <inheritdoc/>
    public ILiveReference? Reference => null;

    /// <inheritdoc/>
    public LivePlan? Plan => new(
        _controller.PlanOf(0) is { } plan ? [.. plan.Path.Skip(plan.Age).Select(place => place.Position)] : [],
        _wish.Points,
        _controller.PlanMilliseconds.Count > 0 ? _controller.PlanMilliseconds[^1] : 0,
        _controller.Overruns);

    private bool KnowsSentences => _model.Card.Shape.SentenceLatent > 0 || _text is not null;

    /// <inheritdoc/>
    public void Begin()
    {
        _world.Batch.Reset([0], _start.Positions, _start.Velocities);
        Take(Wish.ToStand);
        _controller.Restart();
    }

    /// <inheritdoc/>
    public void TakeOver() => _controller.Restart();

    /// <inheritdoc/>
    public Reply Say(string sentence)
    {
        string words = sentence.Trim();
        if (GroundWords.TryRead(words, out ImmutableArray<Vector2> points))
        {
            bool isPath = points.Length > 1;
            Take(_wish with { Words = isPath ? $"follow a path of {points.Length} points" : words, Points = points, Ground = isPath ? new FollowPath(points) : new GoToPoint(points[0]) });
            return new Reply(words, true, isPath ? "it follows the path" : "it goes there", []);
        }

        if (words.Equals(Stand, StringComparison.OrdinalIgnoreCase))
        {
            Take(Wish.ToStand);
            return new Reply(Stand, true, "it wants to stand", []);
        }

        if (TaskChoice.Body.FirstOrDefault(task => task.Name.Equals(words, StringComparison.OrdinalIgnoreCase)) is { Name: { } name, Task: BodyTask task })
        {
            Take(new Wish(name, [], new BodyObjective(task), Gait.None));
            return new Reply(name, true, $"it does the task '{name}'", []);
        }

        return OfLanguage(sentence);
    }

    /// <inheritdoc/>
    public void Step()
    {
        _controller.Act(_world.Batch, [0], [_objective], _targets);
        _world.Batch.SetControls(_targets);
        _world.Batch.Step();
    }

    /// <inheritdoc/>
    public object Save() => (_wish, _controller.Save());

    /// <inheritdoc/>
    public void Restore(object state)
    {
        (Wish wish, PlanningState plans) = ((Wish, PlanningState))state;
        Take(wish);
        _controller.Restore(plans);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _controller.Dispose();
        _text?.Dispose();
        _model.Dispose();
    }

    private Reply OfLanguage(string sentence)
    {
        UnderstoodSentence understood = _understanding.Understand(sentence);
        if (!KnowsSentences)
        {
            string advice = $"this planner's model knows of no sentences: click on the ground, or say {string.Join(", ", Captions)}";
            return new Reply(understood.Sentence, false, advice, []);
        }

        if (understood.IsUnderstood)
        {
            Gait gait = new(understood.Latent, Gait.PaceOf(_clips(understood.Nearest[0].Caption.Clip)));
            Take(_wish with { Words = understood.Sentence, How = gait, Ground = _wish.Points.IsEmpty ? null : _wish.Ground });
        }

        return understood.ToReply();
    }

    private void Take(Wish wish)
    {
        (_wish, _objective) = (wish, wish.Objective);
        _controller.Sentence = wish.How.Sentence.IsEmpty ? null : [.. wish.How.Sentence];
    }

    /// <summary>What is wanted.</summary>
    /// <param name="Words">In words.</param>
    /// <param name="Points">Places on the ground that it is about, m.</param>
    /// <param name="Ground">What the root shall do, or null for whatever the sentence says.</param>
    /// <param name="How">How it is to move.</param>
    private sealed record Wish(string Words, ImmutableArray<Vector2> Points, IObjective? Ground, Gait How)
    {
        public static Wish ToStand { get; } = new(Stand, [], new KeepSpeed(0), Gait.None);

        public IObjective Objective => How.Of(Ground ?? new WeightedObjective([]));
    }
}
