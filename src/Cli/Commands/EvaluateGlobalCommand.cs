using System.CommandLine;
using System.Text.Json.Nodes;
using Motion.Cli.Motions;
using Motion.Cli.Training;
using Motion.Distillation.Embedding;
using Motion.Distillation.Skills;
using Motion.Language.Embedding;
using Motion.Language.Tokens;
using Motion.Policies.Skills;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Recording;
using Motion.Sim.Clips.Retargeting;

namespace Motion.Cli.Commands;

/// <summary><c>./motion evaluate global</c>: whether the character does what it is told, from rest and from other skills.</summary>
/// <remarks>
/// Keys of the JSON object: <c>no_fall</c>, <c>skill_train</c>, <c>skill_paraphrase</c>, <c>transition_no_fall</c>, <c>transition_skill</c>, <c>skills</c> (each with
/// <c>name</c>, <c>no_fall</c>, <c>skill</c>), and with <c>--queries</c> <c>queries</c> (each with <c>sentence</c>, <c>clip</c>, <c>fell</c>, <c>shown</c>).
/// </remarks>
internal static class EvaluateGlobalCommand
{
    private static readonly Option<string?> Policy = new("--policy")
    {
        Description = "the policy (.safetensors); the shipped one when not given",
        HelpName = "file",
    };

    private static readonly Option<string?> Teacher = new("--tracker")
    {
        Description = "measure a tracker in the policy's place, as its students' upper bound",
        HelpName = "file",
    };

    private static readonly Option<string?> Experts = new("--experts")
    {
        Description = "measure experts in the policy's place, as their student's upper bound",
        HelpName = "folder",
    };

    private static readonly Option<string?> Model = new("--embedding")
    {
        Description = "the embedding of sentences (.safetensors); the shipped one when not given",
        HelpName = "file",
    };

    private static readonly Option<string?> Queries = new("--queries")
    {
        Description = "further sentences to try (.csv with the columns sentence, clip)",
        HelpName = "file",
    };

    private static readonly Option<int> Transitions = new("--transitions")
    {
        Description = "how many changes from one skill to another to try",
        HelpName = "number",
        DefaultValueFactory = _ => 400,
    };

    private static readonly Option<string?> Record = new("--record")
    {
        Description = "also write what it does for the first caption of each skill into this folder, for './motion export' and './motion view'",
        HelpName = "folder",
    };

    /// <summary>Creates the command.</summary>
    public static Command Create() => new Command("global", "whether the character does what it is told, from rest and from other skills")
    {
        Policy, Teacher, Experts, Model, Queries, Transitions, Record, TrainedClips.Motions,
    }.Runs(Run);

    private static async Task<Outcome> Run(CommandContext context)
    {
        context.ReadyTorch();
        string file = context.Value(Policy) ?? ShippedModels.Global(), model = context.Value(Model) ?? ShippedModels.Embedding();
        SkillCard card = SkillPolicy.ReadCard(file);
        Character character = CharacterLibrary.Resolve(card.Character);
        using SkillPolicy policy = SkillPolicy.Load(file, character);
        using SentenceEmbedding embedding = SentenceEmbedding.Load(model, SentenceTokenizer.Create());
        CharacterClip[] clips = TrainedClips.Import(context, [.. card.Skills.Select(skill => skill.Clip)], character);
        GlobalSources sources = GlobalSources.Of(clips, embedding);
        (SkillActor actor, SkillCard seen, ITeacher? teacher) = Actor(context, policy, clips, character);
        using ITeacher? owned = teacher;
        SkillFigures figures = new(new SkillTrials(clips, seen, context.Threads), new SkillJudge(embedding, clips, sources.Skills));
        IReadOnlyList<SkillQuery> learned = GlobalSources.Queries(embedding, [.. sources.Skills.SelectMany((skill, index) => skill.Captions.Select(caption => (caption, index)))]);
        IReadOnlyList<SkillQuery> kept = GlobalSources.Queries(embedding, sources.KeptBack);
        return await context.Output.Progress("measuring", 3, "parts", progress => Task.Run(() =>
        {
            IReadOnlyList<SkillAnswer> answers = figures.Answer(learned, actor, context.Cancellation);
            progress.Report(new ProgressReport(1, "captions"));
            IReadOnlyList<SkillAnswer> paraphrases = figures.Answer(kept, actor, context.Cancellation);
            progress.Report(new ProgressReport(2, "paraphrases"));
            IReadOnlyList<SkillTransition> changes = figures.Transitions(learned, context.Value(Transitions), actor, (ulong)context.Seed, context.Cancellation);
            progress.Report(new ProgressReport(3, "transitions"));
            Save(context, answers, sources, card);
            JsonObject json = Print(context, sources, answers, paraphrases, changes);
            if (context.Value(Queries) is { } queries)
            {
                json["queries"] = Ask(context, queries, sources, embedding, figures, actor);
            }

            return new Outcome(json);
        }));
    }

    private static (SkillActor Actor, SkillCard Card, ITeacher? Teacher) Actor(CommandContext context, SkillPolicy policy, CharacterClip[] clips, Character character)
    {
        string? tracker = context.Value(Teacher), experts = context.Value(Experts);
        if (tracker is null && experts is null)
        {
            return (SkillActors.Of(policy), policy.Card, null);
        }

        (ITeacher teacher, var targets) = GlobalSources.Teacher(tracker, experts ?? "", clips, character);
        return (SkillActors.Of(teacher), policy.Card with { Tracking = policy.Card.Tracking with { TargetSteps = targets } }, teacher);
    }

    private static JsonObject Print(CommandContext context, GlobalSources sources, IReadOnlyList<SkillAnswer> answers, IReadOnlyList<SkillAnswer> paraphrases, IReadOnlyList<SkillTransition> changes)
    {
        TextTable table = new("skill", "no fall %", "right %", "shown instead", "into it: no fall %", "right %");
        JsonArray rows = [];
        foreach ((Skill skill, int index) in sources.Skills.Select((skill, index) => (skill, index)))
        {
            SkillAnswer[] own = [.. answers.Where(answer => answer.Query.Skill == index)];
            SkillTransition[] into = [.. changes.Where(change => change.To == index)];
            string instead = string.Join(", ", own.Where(answer => !answer.IsRight).Select(answer => answer.Fell ? "fell" : sources.Skills[answer.Shown].Clip).Distinct());
            table.Add(skill.Clip, Percent(own, answer => !answer.Fell), Percent(own, answer => answer.IsRight), instead, Percent(into, change => !change.Fell), Percent(into, change => change.IsRight));
            rows.Add(new JsonObject { ["name"] = skill.Clip, ["no_fall"] = Share(own, answer => !answer.Fell), ["skill"] = Share(own, answer => answer.IsRight) });
        }

        context.Output.Table(table);
        JsonObject json = new()
        {
            ["no_fall"] = Share([.. answers, .. paraphrases], answer => !answer.Fell),
            ["skill_train"] = Share(answers, answer => answer.IsRight),
            ["skill_paraphrase"] = Share(paraphrases, answer => answer.IsRight),
            ["transition_no_fall"] = Share(changes, change => !change.Fell),
            ["transition_skill"] = Share(changes, change => change.IsRight),
            ["captions"] = answers.Count,
            ["paraphrases"] = paraphrases.Count,
            ["transitions"] = changes.Count,
            ["skills"] = rows,
        };
        context.Output.Line($"ten seconds from rest: no fall {Percent([.. answers, .. paraphrases], answer => !answer.Fell)} %; right skill {Percent(answers, answer => answer.IsRight)} % of {answers.Count} captions, {Percent(paraphrases, answer => answer.IsRight)} % of {paraphrases.Count} that were not learned");
        context.Output.Line($"{changes.Count} changes of skill: no fall {Percent(changes, change => !change.Fell)} %, right skill after 2 s {Percent(changes, change => change.IsRight)} %");
        return json;
    }

    private static JsonArray Ask(CommandContext context, string file, GlobalSources sources, SentenceEmbedding embedding, SkillFigures figures, SkillActor actor)
    {
        string[] names = [.. sources.Skills.Select(skill => skill.Clip)];
        IReadOnlyList<SkillQuery> queries = GlobalSources.Queries(embedding, [.. QueryFile.Read(file, names).Select(query => (query.Sentence, Array.IndexOf(names, query.Clip)))]);
        JsonArray rows = [];
        foreach (SkillAnswer answer in figures.Answer(queries, actor, context.Cancellation))
        {
            string shown = names[answer.Shown];
            context.Output.Line($"\"{answer.Query.Sentence}\": {(answer.Fell ? "fell" : $"shows {shown}")}{(answer.IsRight ? "" : $", wanted {names[answer.Query.Skill]}")}");
            rows.Add(new JsonObject { ["sentence"] = answer.Query.Sentence, ["clip"] = names[answer.Query.Skill], ["fell"] = answer.Fell, ["shown"] = shown });
        }

        return rows;
    }

    private static void Save(CommandContext context, IReadOnlyList<SkillAnswer> answers, GlobalSources sources, SkillCard card)
    {
        if (context.Value(Record) is not { } folder)
        {
            return;
        }

        Directory.CreateDirectory(folder);
        foreach (SkillAnswer answer in answers.DistinctBy(answer => answer.Query.Skill))
        {
            CharacterClip clip = sources.Clips[answer.Query.Skill];
            MotionRecording recording = new() { Name = clip.Name, Character = clip.Character, FrameRate = card.Tracking.ControlRate, Positions = answer.Positions, Licence = clip.Licence, Captions = [answer.Query.Sentence] };
            RecordingNpz.Write(Path.Combine(folder, clip.Name + ".npz"), recording);
        }
    }

    private static double Share<T>(IReadOnlyList<T> all, Func<T, bool> holds) => all.Count == 0 ? 0 : Math.Round(all.Count(holds) / (double)all.Count, 4);

    private static string Percent<T>(IReadOnlyList<T> all, Func<T, bool> holds) => all.Count == 0 ? "" : $"{100.0 * all.Count(holds) / all.Count:0}";
}
