using System.Numerics;
using System.Text.Json.Nodes;
using Motion.Cli.Motions;
using Motion.Cli.Training;
using Motion.Distillation.Embedding;
using Motion.Distillation.Planning;
using Motion.Distillation.Skills;
using Motion.Language.Embedding;
using Motion.Language.Tokens;
using Motion.Policies.Planning;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Retargeting;

namespace Motion.Cli.Planning;

/// <summary>Goes to points in a gait that a sentence says, and has the embedding tell the gait from the motion on the way.</summary>
internal sealed class GaitTrials : IDisposable
{
    /// <summary>The task's name.</summary>
    public const string Name = "go-to-gait";

    /// <summary>Longest episode, s: who sneaks goes 0.4 m a second, and turns first.</summary>
    public const double Seconds = 36;

    // What is done in the first second is still the motion that the episode starts from; in the last metre one stops.
    private const double LeftOutSeconds = 1, LeftOutMetres = 1;

    // On the way one also turns, speeds up and stops: the gait is the one that most stretches of it show.
    private const double StretchSeconds = 1, BetweenSeconds = 1 / 3.0;
    private const float Reached = 0.5f;
    private static readonly (string Gait, string Sentence, string Clip)[] Gaits =
    [
        ("walk", "a person walks forward", "walk_forward"), ("run", "a man jogs forward several steps.", "run_forward"), ("sneak", "a person sneaks forward with bent knees.", "sneak"),
    ];

    private readonly SentenceEmbedding _embedding;
    private readonly SkillJudge _judge;
    private readonly TrajectoryModel _model;
    private readonly IReadOnlyList<CharacterClip> _clips;

    /// <param name="context">The invocation.</param>
    /// <param name="model">Says which skills there are to tell apart.</param>
    /// <exception cref="MotionException">A skill's clip is not there, or the embedding.</exception>
    public GaitTrials(CommandContext context, TrajectoryModel model)
    {
        _model = model;
        _embedding = SentenceEmbedding.Load(ShippedModels.Embedding(), SentenceTokenizer.Create());
        _clips = PlanningOptions.Clips(context, model.Card.Skills, model.Card.ControlRate);
        _judge = new SkillJudge(_embedding, _clips, GlobalSources.Of(_clips, _embedding).Skills);
    }

    /// <summary>Runs all gaits: <c>reached</c>: share of episodes that come to their point without a fall; <c>recognised</c>: share of these in the gait; <c>gaits</c>, each with the gait that is <c>shown</c> most in each.</summary>
    /// <param name="worlds">Episodes of one gait, made anew for each.</param>
    /// <param name="make">Who acts in them.</param>
    /// <param name="target">The point of an episode.</param>
    /// <param name="cancellation">Stops between steps.</param>
    public JsonObject Measure(Func<TaskEvaluation> worlds, Func<TaskEvaluation, PlanningController> make, Func<int, GroundPlace, Vector2> target, CancellationToken cancellation)
    {
        JsonObject gaits = [];
        int episodes = 0, reached = 0, recognised = 0;
        foreach ((string gait, string sentence, string clip) in Gaits)
        {
            using TaskEvaluation evaluation = worlds();
            using PlanningController controller = make(evaluation);
            float[] latent = controller.Sentence = SkillSentences.Latents(_embedding, [sentence]);
            controller.Meaning = new MotionLatents(_embedding, _clips[0].Character);
            Gait how = new([.. latent], _clips.FirstOrDefault(known => known.Name == clip) is { } meant ? Gait.PaceOf(meant) : null);
            Ways ways = new(evaluation, (int)(LeftOutSeconds * _model.Card.ControlRate));
            evaluation.Measure(
                controller,
                (world, place) => how.Of(new GoToPoint(target(world, place))),
                (world, place) => ways.Targets[world] = target(world, place),
                ways.Look,
                cancellation);
            float[][] came = [.. ways.Reaching()];
            string[] shown = ShownIn(came);
            int right = shown.Count(other => other == gait);
            gaits[gait] = new JsonObject { ["sentence"] = sentence, ["episodes"] = evaluation.Worlds.WorldCount, ["reached"] = came.Length, ["recognised"] = right, ["shown"] = new JsonArray([.. shown.Select(other => (JsonNode)other)]) };
            (episodes, reached, recognised) = (episodes + evaluation.Worlds.WorldCount, reached + came.Length, recognised + right);
        }

        return new JsonObject
        {
            ["reached"] = reached / (double)episodes,
            ["recognised"] = reached == 0 ? 0 : recognised / (double)reached,
            ["episodes"] = episodes,
            ["gaits"] = gaits,
        };
    }

    /// <inheritdoc/>
    public void Dispose() => _embedding.Dispose();

    /// <summary>The gaits that most stretches of motions show: [motion].</summary>
    private string[] ShownIn(float[][] motions)
    {
        // All at once: the judge embeds the clips for every call.
        (int Motion, float[] Frames)[] stretches = [.. motions.SelectMany((motion, index) => Stretches(motion).Select(frames => (index, frames)))];
        int[] nearest = _judge.Nearest([.. stretches.Select(stretch => stretch.Frames)], _model.Card.ControlRate);
        return [.. stretches.Zip(nearest, (stretch, clip) => (stretch.Motion, Gait: GaitOf(_clips[clip].Name)))
            .GroupBy(pair => pair.Motion)
            .Select(own => own.GroupBy(pair => pair.Gait).MaxBy(alike => alike.Count())!.Key)];
    }

    private IEnumerable<float[]> Stretches(float[] motion)
    {
        int size = _clips[0].Character.PositionCount, frames = motion.Length / size;
        int lasts = Math.Min(frames, (int)(StretchSeconds * _model.Card.ControlRate)), between = (int)(BetweenSeconds * _model.Card.ControlRate);
        return Enumerable.Range(0, ((frames - lasts) / between) + 1).Select(index => motion.AsSpan(index * between * size, lasts * size).ToArray());
    }

    /// <summary>The gait of a shipped clip, by its name: what walks round a bend, or turns round, walks all the same.</summary>
    private static string GaitOf(string clip) => clip switch
    {
        "sneak" => "sneak",
        "walk_backward" => "backward",
        _ when clip == "turn_around" || clip.StartsWith("walk", StringComparison.Ordinal) => "walk",
        _ when clip == "jog" || clip.StartsWith("run", StringComparison.Ordinal) => "run",
        _ => "none",
    };

    /// <summary>What characters do until they reach their points.</summary>
    private sealed class Ways(TaskEvaluation evaluation, int leftOut)
    {
        private readonly List<float>[] _positions = [.. Enumerable.Range(0, evaluation.Worlds.WorldCount).Select(_ => new List<float>())];
        private readonly bool[] _reached = new bool[evaluation.Worlds.WorldCount];
        private readonly Joint _root = evaluation.Worlds.Scene.Character.Joints.First(joint => joint.Kind == JointKind.Free);
        private HashSet<int> _standing = [];
        private int _step;

        public Vector2[] Targets { get; } = new Vector2[evaluation.Worlds.WorldCount];

        public void Look(IReadOnlyList<int> standing)
        {
            _standing = [.. standing];
            _step++;
            int worlds = evaluation.Worlds.WorldCount, count = evaluation.Worlds.Scene.Character.PositionCount;
            float[] positions = new float[count];
            foreach (int world in standing.Where(world => !_reached[world]))
            {
                for (int index = 0; index < count; index++)
                {
                    positions[index] = evaluation.Worlds.Positions[(index * worlds) + world];
                }

                Vector3 place = PositionVector.RootPosition(_root, positions);
                float distance = Vector2.Distance(new Vector2(place.X, place.Y), Targets[world]);
                _reached[world] = distance < Reached;
                if (_step > leftOut && distance > LeftOutMetres)
                {
                    _positions[world].AddRange(positions);
                }
            }
        }

        /// <summary>Motions of those that reached their point and stand at the end.</summary>
        public IEnumerable<float[]> Reaching() => Enumerable.Range(0, _reached.Length).Where(world => _reached[world] && _standing.Contains(world) && _positions[world].Count > 0).Select(world => _positions[world].ToArray());
    }
}
