using System.Numerics;
using Motion.Cli.Motions;
using Motion.Cli.Planning;
using Motion.Cli.Play;
using Motion.Language.Embedding;
using Motion.Language.Tokens;
using Motion.Policies;
using Motion.Policies.Planning;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Importing;
using Motion.Sim.Clips.Retargeting;
using Motion.Sim.Physics.Wide;
using Motion.Testing;
using Motion.Viewer.Live;

namespace Motion.Cli.Tests;

/// <summary>The planner in charge of a play, with a model of random weights: what it is told and shows, not how well it moves.</summary>
public sealed class PlannerDriverTests : IDisposable
{
    private static readonly Character s_humanoid = CharacterLibrary.Humanoid();
    private readonly LiveWorld _world = new(new WideEngine(), s_humanoid);
    private readonly SentenceEmbedding _embedding = SentenceEmbedding.Load(ShippedModels.Embedding(), SentenceTokenizer.Create(), null);
    private readonly SentenceUnderstanding _understanding;
    private readonly List<PlannerDriver> _drivers = [];

    public PlannerDriverTests() => _understanding = new SentenceUnderstanding(_embedding, [new KnownCaption("a person walks forward", "walk_forward")]);

    public void Dispose()
    {
        _drivers.ForEach(driver => driver.Dispose());
        _understanding.Dispose();
        _embedding.Dispose();
        _world.Dispose();
    }

    [Fact]
    public void It_is_sent_to_places_along_paths_and_to_tasks_and_stands_again()
    {
        LiveSession session = new(_world, [Driver()]);
        Assert.Equal("stand", session.Driver.Doing);
        Assert.True(session.Say("go to 2,-1")!.IsAccepted);
        Assert.Equal([new Vector2(2, -1)], session.Look().Plan!.Wanted.AsEnumerable());
        Assert.True(session.Advance(), session.Error);

        // A plan of 3 chunks of 2 steps, of which one step is done.
        Assert.Equal(5, session.Look().Plan!.Expected.Length);
        Assert.True(session.Look().Plan!.Milliseconds > 0);
        session.Say("follow 0,0; 1,0; 1,2");
        Assert.Equal(3, session.Look().Plan!.Wanted.Length);
        Assert.Equal("follow a path of 3 points", session.Driver.Doing);
        session.Say("Shift-Left");
        Assert.Equal(("shift-left", 0), (session.Driver.Doing, session.Look().Plan!.Wanted.Length));
        session.Say("stand");
        Assert.Equal("stand", session.Driver.Doing);
        Assert.Equal(["go to 2,-1", "follow 0,0; 1,0; 1,2", "shift-left", "stand"], session.Timeline.Prompts.Select(prompt => prompt.Sentence));
    }

    [Fact]
    public void A_sentence_says_how_it_goes_to_its_place()
    {
        LiveSession session = new(_world, [Driver(sentenceLatent: _embedding.Card.Shape.Latent)]);
        session.Say("go to 1,1");
        Assert.True(session.Say("a person walks forward")!.IsAccepted);
        Assert.Equal(("a person walks forward", 1), (session.Driver.Doing, session.Look().Plan!.Wanted.Length));
        Assert.True(session.Advance(), session.Error);
        Assert.Contains("a person walks forward", session.Driver.Captions);
    }

    [Fact]
    public void A_model_without_sentences_says_what_can_be_said_to_it()
    {
        LiveSession session = new(_world, [Driver()]);
        Reply reply = session.Say("a person walks forward")!;
        Assert.Equal(
            (false, "this planner's model knows of no sentences: click on the ground, or say speed, forward, backward, shift-left, jump, rotate, stand"),
            (reply.IsAccepted, reply.Message));
        Assert.Equal("stand", session.Driver.Doing);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Stepped_back_it_plans_and_moves_as_before(bool bySkillsToo)
    {
        LiveSession session = new(_world, [Driver(bySkillsToo: bySkillsToo)]);
        session.Say("go to 2,0");
        Advance(session, 7);
        session.Say("rotate");
        Advance(session, 6);
        float[] there = session.Look().Positions;
        Assert.Equal(10, session.StepBack(10));
        Assert.Equal("go to 2,0", session.Driver.Doing);
        Advance(session, 10);
        Assert.Equal("rotate", session.Driver.Doing);
        Assert.Equal(there, session.Look().Positions);
    }

    [Fact]
    public void Plans_that_come_too_late_are_counted_and_the_play_goes_on()
    {
        LiveSession session = new(_world, [Driver(TimeSpan.Zero)]);
        Advance(session, 10);
        Assert.InRange(session.Look().Plan!.Overruns, 1, 10);
        Assert.Equal(10, session.Step);
    }

    [Fact]
    public void A_model_of_another_rate_is_refused()
    {
        MotionException problem = Assert.Throws<MotionException>(() => Driver(rate: 60));
        Assert.Equal("the planner's model acts 60 times a second, the world 30 times: train it at that rate", problem.Message);
    }

    [Fact]
    public async Task A_model_that_is_not_there_or_is_none_is_told()
    {
        Said missing = await Terminal.Type("play", "--controller", "planner", "--headless", "--model", "nowhere.safetensors");
        Assert.Equal(2, missing.ExitCode);
        Assert.Contains("nowhere.safetensors", missing.Error, StringComparison.Ordinal);
        Said other = await Terminal.Type("play", "--controller", "planner", "--headless", "--model", Repository.PathOf("models", "experts", "jog.safetensors"));
        Assert.Equal(2, other.ExitCode);
        Assert.Contains("jog.safetensors: is no planner's model", other.Error, StringComparison.Ordinal);
    }

    private static void Advance(LiveSession session, int steps)
    {
        for (int step = 0; step < steps; step++)
        {
            Assert.True(session.Advance(), session.Error);
        }
    }

    private PlannerDriver Driver(TimeSpan? budget = null, int sentenceLatent = 0, int rate = 30, bool bySkillsToo = false)
    {
        StateLayout layout = new(s_humanoid);
        PlannerCard card = new()
        {
            Character = s_humanoid.Name,
            CharacterFingerprint = Expert.FingerprintOf(s_humanoid),
            States = layout.Count,
            Actions = layout.Actions,
            Codes = 9,
            CodeWidth = 2,
            ControlRate = rate,
            Shape = new TrajectoryShape
            {
                ChunkSteps = 2,
                Chunks = 3,
                ActionWidth = 16,
                StateWidth = 16,
                EncoderWidth = 16,
                PriorLayers = 1,
                PriorWidth = 24,
                PriorHeads = 3,
                Levels = [3, 3],
                SentenceLatent = sentenceLatent,
            },
        };
        TrajectoryModel model = TrajectoryModel.Create(card, Standard(layout.Count, 1), Standard(layout.Actions, 0.1f), seed: 1);
        PlannerOptions options = new() { ExecuteSteps = 2, Sampling = new SamplingOptions { Samples = 4 }, Verified = bySkillsToo ? 2 : 0 };
        TextPolicy? text = bySkillsToo ? new(ShippedModels.Global(), s_humanoid, [Clip("stand_idle")]) : null;
        PlannerDriver driver = new(
            _world, (new Planner(model, options), text), (new WideEngine(), budget, 0), (_understanding, ["a person walks forward"], Clip), (PositionVector.Stand(s_humanoid), new float[s_humanoid.VelocityCount]));
        _drivers.Add(driver);
        return driver;
    }

    private static CharacterClip Clip(string name) => new ClipImport(s_humanoid).Import(MotionFolder.Inputs([name], null)[0]).Retargeted.Motion;

    private static Standard Standard(int count, float deviation) => new(new float[count], [.. Enumerable.Repeat(deviation, count)]);
}
