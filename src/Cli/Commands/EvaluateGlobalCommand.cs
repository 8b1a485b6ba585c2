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
using Motion.Sim.Tracking;

namespace Motion.Cli.Commands;

/// <summary><c>./motion evaluate global</c>: whether the character does what it is told, from rest and from other skills.</summary>
/// <remarks>
/// Keys of the JSON object: <c>no_fall</c>, <c>skill_train</c>, <c>skill_paraphrase</c>, <c>transition_no_fall</c>, <c>transition_skill</c>, <c>precision_auc</c>,
/// <c>recall_auc</c>; <c>captions</c>, <c>paraphrases</c>, <c>transitions</c>: how many; <c>skills</c>, each with <c>name</c>, <c>no_fall</c>, <c>skill</c>;
/// <c>baselines</c>, each with <c>name</c>, how many <c>skills</c>, and the figures above; and with <c>--queries</c> <c>queries</c>, each with <c>sentence</c>,
/// <c>clip</c>, <c>fell</c>, <c>shown</c>.
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
        Description = "also measure a tracker, how far its students can come",
        HelpName = "file",
    };

    private static readonly Option<string?> Experts = new("--experts")
    {
        Description = "also measure experts, how far their students can come",
        HelpName = "folder",
    };

    private static readonly Option<string[]> Beside = new("--beside")
    {
        Description = "other policies to measure in the same way, of groups too: files, or folders of runs",
        HelpName = "file",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
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
        Policy, ActingOptions.Lookahead, Teacher, Experts, Beside, Model, Queries, Transitions, Record, TrainedClips.Motions,
    }.Runs(Run);

    private static async Task<Outcome> Run(CommandContext context)
    {
        context.ReadyTorch();
        string file = context.Value(Policy) ?? ShippedModels.Global(), model = context.Value(Model) ?? ShippedModels.Embedding();
        SkillCard card = SkillPolicy.ReadCard(file);
        Character character = CharacterLibrary.Resolve(card.Character);
        using SkillPolicy policy = SkillPolicy.Load(file, character);
        using SentenceEmbedding embedding = SentenceEmbedding.Load(model, SentenceTokenizer.Create());
        string[] others = [.. context.Value(Beside)!.Select(other => Directory.Exists(other) ? Path.Combine(other, "best.safetensors") : other)];
        Measuring measuring = new(context, embedding, character, context.Value(Transitions));
        Measured main = measuring.Prepare(card);
        bool looks = card.Condition == SkillConditionKind.Sentence && context.Value(ActingOptions.Lookahead) > 0;
        using LookingActor? looking = looks
            ? new(policy, [.. main.Learned.DistinctBy(query => query.Skill).Select(query => query.Condition)], new LookaheadOptions { Seconds = context.Value(ActingOptions.Lookahead) })
            : null;
        SkillActor alone = SkillActors.Of(policy), actor = looking is null ? alone : looking.Act;
        int parts = (looks ? 2 : 1) + others.Length + (context.Value(Teacher) is null ? 0 : 1) + (context.Value(Experts) is null ? 0 : 1);
        return await context.Output.Progress("measuring", parts, "policies", progress => Task.Run(() =>
        {
            SkillReport report = main.Report(actor);
            progress.Report(new ProgressReport(1, card.Method));
            Save(context, report.Captions, main.Sources, card);
            JsonObject json = Print(context, main.Sources, report);
            if (context.Value(Queries) is { } queries)
            {
                json["queries"] = Ask(context, queries, main, embedding, actor);
            }

            TextTable table = new("policy", "skills", "no fall %", "right %", "not learned %", "changes: no fall %", "right %", "precision", "recall");
            JsonArray baselines = [];
            string name = card.Method + ", distilled";
            AddRow(table, looks ? name + ", looking ahead" : name, card.Skills.Length, report);
            IEnumerable<(string Name, int Skills, Func<SkillReport> Measure)> itself = looks ? [(name, card.Skills.Length, () => main.Report(alone))] : [];
            foreach ((string other, int skills, Func<SkillReport> measure) in itself.Concat(measuring.Others(card, main.Sources, others, context.Value(Teacher), context.Value(Experts))))
            {
                SkillReport own = measure();
                AddRow(table, other, skills, own);
                baselines.Add(Json(own, new JsonObject { ["name"] = other, ["skills"] = skills }));
                progress.Report(new ProgressReport(1 + baselines.Count, other));
            }

            context.Output.Table(table);
            json["baselines"] = baselines;
            return new Outcome(json);
        }));
    }

    private static void AddRow(TextTable table, string name, int skills, SkillReport report) => table.Add(
        name, $"{skills}", $"{100 * report.NoFall:0}", $"{100 * report.SkillTrain:0}", report.Paraphrases.Count == 0 ? "" : $"{100 * report.SkillParaphrase:0}",
        $"{100 * report.TransitionNoFall:0}", $"{100 * report.TransitionSkill:0}", $"{report.Areas.Precision:0.000}", $"{report.Areas.Recall:0.000}");

    private static JsonObject Json(SkillReport report, JsonObject json)
    {
        foreach ((string name, double value) in report.Figures)
        {
            json[name] = value;
        }

        return json;
    }

    private static JsonObject Print(CommandContext context, GlobalSources sources, SkillReport report)
    {
        TextTable table = new("skill", "no fall %", "right %", "shown instead", "into it: no fall %", "right %");
        JsonArray rows = [];
        foreach ((Skill skill, int index) in sources.Skills.Select((skill, index) => (skill, index)))
        {
            SkillAnswer[] own = [.. report.Captions.Where(answer => answer.Query.Skill == index)];
            SkillTransition[] into = [.. report.Changes.Where(change => change.To == index)];
            string instead = string.Join(", ", own.Where(answer => !answer.IsRight).Select(answer => answer.Fell ? "fell" : sources.Skills[answer.Shown].Clip).Distinct());
            table.Add(skill.Clip, Percent(own, answer => !answer.Fell), Percent(own, answer => answer.IsRight), instead, Percent(into, change => !change.Fell), Percent(into, change => change.IsRight));
            rows.Add(new JsonObject { ["name"] = skill.Clip, ["no_fall"] = SkillReport.Share(own, answer => !answer.Fell), ["skill"] = SkillReport.Share(own, answer => answer.IsRight) });
        }

        context.Output.Table(table);
        JsonObject json = Json(report, new JsonObject { ["captions"] = report.Captions.Count, ["paraphrases"] = report.Paraphrases.Count, ["transitions"] = report.Changes.Count, ["skills"] = rows });
        context.Output.Line($"ten seconds from rest: no fall {100 * report.NoFall:0} %; right skill {100 * report.SkillTrain:0} % of {report.Captions.Count} captions, {100 * report.SkillParaphrase:0} % of {report.Paraphrases.Count} that were not learned");
        context.Output.Line($"{report.Changes.Count} changes of skill: no fall {100 * report.TransitionNoFall:0} %, right skill after 2 s {100 * report.TransitionSkill:0} %");
        return json;
    }

    private static JsonArray Ask(CommandContext context, string file, Measured measured, SentenceEmbedding embedding, SkillActor actor)
    {
        string[] names = [.. measured.Sources.Skills.Select(skill => skill.Clip)];
        IReadOnlyList<SkillQuery> queries = measured.Sources.Queries(embedding, [.. QueryFile.Read(file, names).Select(query => (query.Sentence, Array.IndexOf(names, query.Clip)))]);
        JsonArray rows = [];
        foreach (SkillAnswer answer in measured.Figures.Answer(queries, actor, context.Cancellation))
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
            MotionRecording recording = new() { Name = clip.Name, Character = clip.Character, FrameRate = card.Tracking.ControlRate, Positions = answer.Outcome.Positions, Licence = clip.Licence, Captions = [answer.Query.Sentence] };
            RecordingNpz.Write(Path.Combine(folder, clip.Name + ".npz"), recording);
        }
    }

    private static string Percent<T>(IReadOnlyList<T> all, Func<T, bool> holds) => all.Count == 0 ? "" : $"{100 * SkillReport.Share(all, holds):0}";

    /// <summary>What a policy is measured with: its skills, what it is told, and who judges.</summary>
    private sealed record Measured(GlobalSources Sources, SkillFigures Figures, IReadOnlyList<SkillQuery> Learned, IReadOnlyList<SkillQuery> Kept, int Changes, CommandContext Context)
    {
        public SkillReport Report(SkillActor actor)
        {
            IReadOnlyList<SkillAnswer> answers = Figures.Answer(Learned, actor, Context.Cancellation);
            return new SkillReport(
                answers,
                Figures.Answer(Kept, actor, Context.Cancellation),
                Figures.Transitions(Learned, Changes, actor, (ulong)Context.Seed, Context.Cancellation),
                Figures.Areas(Sources.Clips, answers));
        }
    }

    /// <summary>Prepares measuring, one policy after another.</summary>
    private sealed record Measuring(CommandContext Context, SentenceEmbedding Embedding, Character Character, int Changes)
    {
        public Measured Prepare(SkillCard card) =>
            Prepare(card, GlobalSources.Of(TrainedClips.Import(Context, [.. card.Skills.Select(skill => skill.Clip)], Character), Embedding), null);

        /// <summary>Policies and teachers that are measured beside one: names, numbers of skills, and how.</summary>
        public IEnumerable<(string Name, int Skills, Func<SkillReport> Measure)> Others(SkillCard card, GlobalSources sources, IEnumerable<string> files, string? tracker, string? experts)
        {
            foreach (string file in files)
            {
                SkillCard own = SkillPolicy.ReadCard(file);
                yield return (own.Method, own.Skills.Length, () => OfPolicy(file, own));
            }

            if (tracker is not null)
            {
                yield return ("tracker", card.Skills.Length, () => OfTeacher(tracker, "", card, sources));
            }

            if (experts is not null)
            {
                yield return ("experts", card.Skills.Length, () => OfTeacher(null, experts, card, sources));
            }
        }

        private SkillReport OfPolicy(string file, SkillCard card)
        {
            using SkillPolicy policy = SkillPolicy.Load(file, Character);
            return Prepare(card).Report(SkillActors.Of(policy));
        }

        private SkillReport OfTeacher(string? tracker, string experts, SkillCard card, GlobalSources sources)
        {
            (ITeacher teacher, var targets) = GlobalSources.Teacher(tracker, experts, sources.Clips, Character);
            using ITeacher owned = teacher;
            SkillCard own = card with { Tracking = card.Tracking with { TargetSteps = targets } };
            MotionRoutes routes = GlobalSources.Routes(Context, sources.Clips, own.Tracking, own.PhysicsRate, own.SolverIterations).Measure(teacher, _ => { }, Context.Cancellation);
            return Prepare(own, sources, routes).Report(SkillActors.Of(teacher));
        }

        private Measured Prepare(SkillCard card, GlobalSources sources, MotionRoutes? routes)
        {
            SkillFigures figures = new(new SkillTrials(sources.Clips, card, Context.Threads) { Routes = routes }, new SkillJudge(Embedding, sources.Clips, sources.Skills));
            return card.Condition == SkillConditionKind.Index
                ? new Measured(sources, figures, [.. card.Skills.Select((skill, index) => new SkillQuery(skill.Clip, index, OneOf(index, card.ConditionSize)))], [], Changes, Context)
                : new Measured(sources, figures, sources.Queries(Embedding, [.. sources.Skills.SelectMany((skill, index) => skill.Captions.Select(caption => (caption, index)))]), sources.Queries(Embedding, sources.KeptBack), Changes, Context);
        }

        private static float[] OneOf(int index, int count) => [.. Enumerable.Range(0, count).Select(other => other == index ? 1f : 0)];
    }
}
