using Motion.Cli.Motions;
using Motion.Cli.Planning;
using Motion.Cli.Training;
using Motion.Distillation.Embedding;
using Motion.Language.Embedding;
using Motion.Language.Tokens;
using Motion.Policies.Planning;
using Motion.Policies.Skills;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Importing;
using Motion.Sim.Clips.Retargeting;
using Motion.Sim.Physics;
using Motion.Sim.Physics.Wide;
using Motion.Sim.Tracking;
using Motion.Viewer.Live;

namespace Motion.Cli.Play;

/// <summary>Where things are that a play needs.</summary>
/// <param name="Policy">The global policy; the shipped one when null.</param>
/// <param name="Experts">Folder of experts; the shipped ones when null.</param>
/// <param name="Motions">Folder of the catalogue; the shipped clips when null.</param>
/// <param name="Character">Name or file of the character.</param>
/// <param name="Clip">The clip to begin with; standing, or the first there is, when null.</param>
/// <param name="Seed">Seed of chance.</param>
internal sealed record StagePlaces(string? Policy, string? Experts, string? Motions, string Character, string? Clip, int Seed)
{
    /// <summary>How far the global policy looks ahead, s; 0 not at all.</summary>
    public float Lookahead { get; init; } = new LookaheadOptions().Seconds;

    /// <summary>The planner's model; the shipped one when null.</summary>
    public string? Planner { get; init; }

    /// <summary>How long a plan may keep the world waiting, before it goes on with the plan before; as long as it takes when null, looking ahead too.</summary>
    public TimeSpan? PlanBudget { get; init; }
}

/// <summary>Everything that a play is made of: the world, what understands sentences, and the drivers.</summary>
internal sealed class Stage : IDisposable
{
    /// <summary>Names of the drivers on the command line.</summary>
    public static readonly string[] Controllers = ["global", "expert", "planner", "reference", "zero", "random"];

    /// <summary>What moves the character where nothing is said about it: the global policy where one ships, else experts.</summary>
    public static string UsualController() => ShippedModels.FindGlobal() is null ? "expert" : "global";

    private const string UsualClip = "stand_idle";
    private readonly SentenceEmbedding _embedding;
    private readonly List<IDisposable> _owned = [];

    /// <summary>Makes it.</summary>
    /// <param name="controller">Name of the driver to begin with; the others can be switched to.</param>
    /// <param name="places">Where things are.</param>
    /// <param name="engine">What simulates; the project's own when null.</param>
    /// <exception cref="MotionException">Something is missing or wrong.</exception>
    public Stage(string controller, StagePlaces places, IPhysicsEngine? engine = null)
    {
        Character character = CharacterLibrary.Resolve(places.Character);
        _embedding = SentenceEmbedding.Load(ShippedModels.Embedding(), SentenceTokenizer.Create(), null);
        engine ??= new WideEngine();
        World = new LiveWorld(engine, character);
        ClipSkills catalog = Own(ClipSkills.OfCatalog(places.Motions, character));
        SentenceUnderstanding ofCatalog = Own(new SentenceUnderstanding(_embedding, catalog.Captions));
        List<ILiveDriver> drivers = [];
        if (controller == "global" || (places.Policy is null && ShippedModels.FindGlobal() is not null && places.Motions is null))
        {
            drivers.Add(GlobalPolicy(places, engine, character, controller == "global" ? places.Clip : null));
        }

        if (controller == "expert" || (places.Experts is null && places.Motions is null))
        {
            ClipSkills experts = Own(ClipSkills.OfExperts(places.Experts ?? ShippedModels.Experts(), places.Motions, character));
            drivers.Add(new ClipDriver(World, experts, Own(new SentenceUnderstanding(_embedding, experts.Captions)), new ExpertActor(experts), First(experts, places.Clip)));
        }

        if (controller == "planner" || places.Planner is not null || ShippedModels.FindPlanner() is not null)
        {
            drivers.Add(Planner(places, engine, character, (ofCatalog, catalog)));
        }

        IClipActor[] others = [new ReferenceActor(), new ZeroActor(), new RandomActor((ulong)places.Seed)];
        drivers.AddRange(others.Select(actor => new ClipDriver(World, catalog, ofCatalog, actor, First(catalog, places.Clip))));
        Drivers = [.. drivers.OrderByDescending(driver => driver.Name == controller)];
    }

    /// <summary>The world.</summary>
    public LiveWorld World { get; }

    /// <summary>What can be in charge, the one that was asked for first.</summary>
    public IReadOnlyList<ILiveDriver> Drivers { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (IDisposable driver in Drivers)
        {
            driver.Dispose();
        }

        foreach (IDisposable owned in _owned)
        {
            owned.Dispose();
        }

        World.Dispose();
        _embedding.Dispose();
    }

    private GlobalDriver GlobalPolicy(StagePlaces places, IPhysicsEngine engine, Character character, string? clip)
    {
        SkillPolicy policy = SkillPolicy.Load(places.Policy ?? ShippedModels.Global(), character);
        string[] names = [.. policy.Card.Skills.Select(skill => skill.Clip)];
        if (clip is not null && !names.Contains(clip))
        {
            policy.Dispose();
            throw new InputException(clip, 0, 0, $"is no skill of the policy{(NearestName.Find(clip, names) is { } near ? $"; did you mean '{near}'?" : "")}");
        }

        int first = Math.Max(0, Array.IndexOf(names, clip ?? UsualClip));
        CharacterClip begun = new ClipImport(character).Import(MotionFolder.Inputs([names[first]], places.Motions)[0]).Retargeted.Motion;
        SentenceUnderstanding understanding = GlobalSources.Understanding(_embedding, policy.Card.Skills);
        return new GlobalDriver(
            World, policy, understanding, (first, begun), places.Lookahead == 0 ? null : (new LookaheadOptions { Seconds = places.Lookahead }, engine, places.PlanBudget is null));
    }

    private PlannerDriver Planner(StagePlaces places, IPhysicsEngine engine, Character character, (SentenceUnderstanding Understanding, ClipSkills Clips) language)
    {
        TrajectoryModel model = TrajectoryModel.Load(places.Planner ?? ShippedModels.Planner(), character);
        float[] positions = PositionVector.Stand(character), velocities = new float[character.VelocityCount];
        if (places.Clip is { } clip)
        {
            ReferenceTable table = ReferenceTable.Of([language.Clips.Clip(clip)], new TrackingOptions());
            (positions, velocities) = (table.Positions(0, 0).ToArray(), table.Velocities(0, 0).ToArray());
        }

        TextPolicy? text = (places.Policy ?? ShippedModels.FindGlobal()) is { } policy ? new TextPolicy(policy, character, [language.Clips.Clip(First(language.Clips, null))], _embedding) : null;
        Planner codes = new(model, new PlannerOptions { Verified = PlanningOptions.UsuallyVerified });
        return new PlannerDriver(
            World, (codes, text), (engine, places.PlanBudget, (ulong)places.Seed), (language.Understanding, language.Clips.Captions.Select(caption => caption.Text), language.Clips.Clip), (positions, velocities))
        {
            Meaning = new MotionLatents(_embedding, character),
        };
    }

    private static string First(ClipSkills skills, string? wanted) => wanted ?? (skills.Names.Contains(UsualClip) ? UsualClip : skills.Names.First());

    private T Own<T>(T part)
        where T : IDisposable
    {
        _owned.Add(part);
        return part;
    }
}
