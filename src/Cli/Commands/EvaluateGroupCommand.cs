using System.CommandLine;
using System.Text.Json.Nodes;
using Motion.Cli.Training;
using Motion.Distillation.Groups;
using Motion.Policies.Skills;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Recording;
using Motion.Sim.Clips.Retargeting;

namespace Motion.Cli.Commands;

/// <summary><c>./motion evaluate group FILE…</c>: how well groups' policies do their skills and change between them, several side by side.</summary>
/// <remarks>
/// Keys of the JSON object: <c>groups</c>, each with <c>file</c>, <c>method</c>, the figures of <see cref="GroupScore"/>, <c>samples</c>, <c>seconds</c>, <c>cores</c> of its
/// training, and <c>skills</c>, each with <c>name</c>, <c>no_fall_rest</c>, <c>no_fall_clip</c>, <c>transition_no_fall</c> (of changes to it), <c>precision_auc</c>,
/// <c>recall_auc</c>; and <c>episodes</c>, <c>transitions</c>, <c>seconds</c> of the tries.
/// </remarks>
internal static class EvaluateGroupCommand
{
    private static readonly Argument<string[]> Files = new("files")
    {
        Description = "checkpoints (.safetensors), or folders of runs",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<int> Episodes = new("--episodes")
    {
        Description = "tries of every skill from rest, and as many from frames of its clip",
        HelpName = "number",
        DefaultValueFactory = _ => new GroupTries().Episodes,
    };

    private static readonly Option<int> Transitions = new("--transitions")
    {
        Description = "tries of every change from one skill to another",
        HelpName = "number",
        DefaultValueFactory = _ => new GroupTries().Transitions,
    };

    private static readonly Option<double> Seconds = new("--seconds")
    {
        Description = "how long a try lasts, s",
        HelpName = "number",
        DefaultValueFactory = _ => new GroupTries().Seconds,
    };

    private static readonly Option<string?> Record = new("--record")
    {
        Description = "also write what each does from rest for every skill into this folder, for './motion export' and './motion view'",
        HelpName = "folder",
    };

    /// <summary>Creates the command.</summary>
    public static Command Create() => new Command("group", "how well policies of several skills do them, and change between them")
    {
        Files, TrainedClips.Motions, TrainedClips.For, Episodes, Transitions, Seconds, Record,
    }.Runs(Run);

    private static async Task<Outcome> Run(CommandContext context)
    {
        GroupTries tries = new() { Episodes = context.Value(Episodes), Transitions = context.Value(Transitions), Seconds = context.Value(Seconds) };
        tries.Validate();
        context.ReadyTorch();
        Character character = CharacterLibrary.Resolve(context.Value(TrainedClips.For)!);
        string[] paths = [.. context.Value(Files).Select(file => Directory.Exists(file) ? Path.Combine(file, "best.safetensors") : file)];
        TextTable table = new("policy", "skill", "from rest: no fall %", "from the clip %", "changes to it %", "precision", "recall");
        JsonArray groups = await context.Output.Progress("measuring", paths.Length, "policies", progress => Task.Run(() =>
        {
            JsonArray measured = [];
            foreach (string path in paths)
            {
                context.Cancellation.ThrowIfCancellationRequested();
                using SkillPolicy policy = SkillPolicy.Load(path, character);
                measured.Add(Measure(policy, path, tries, context, table));
                progress.Report(new ProgressReport(measured.Count, path));
            }

            return measured;
        }));
        context.Output.Table(table);
        return new JsonObject { ["groups"] = groups, ["episodes"] = tries.Episodes, ["transitions"] = tries.Transitions, ["seconds"] = tries.Seconds };
    }

    private static JsonObject Measure(SkillPolicy policy, string path, GroupTries tries, CommandContext context, TextTable table)
    {
        if (policy.Card.Condition != SkillConditionKind.Index)
        {
            throw new InputException(path, 0, 0, "is told sentences, not indices of skills: measure it with './motion evaluate global'");
        }

        CharacterClip[] clips = TrainedClips.Import(context, [.. policy.Card.Skills.Select(skill => skill.Clip)]);
        using GroupEvaluation evaluation = new(clips, policy.Card, tries, context.Threads);
        (GroupScore score, IReadOnlyList<SkillScore> skills) = evaluation.Measure(policy);
        if (context.Value(Record) is { } folder)
        {
            Directory.CreateDirectory(folder);
            foreach (MotionRecording recording in evaluation.Record(policy))
            {
                RecordingNpz.Write(Path.Combine(folder, recording.Name + ".npz"), recording);
            }
        }

        string name = policy.Card.Method;
        table.Add(name, "all", $"{score.NoFallRest * 100:0.0}", $"{score.NoFallClip * 100:0.0}", $"{score.TransitionNoFall * 100:0.0}", $"{score.PrecisionAuc:0.000}", $"{score.RecallAuc:0.000}");
        foreach (SkillScore skill in skills)
        {
            table.Add(name, skill.Clip, $"{skill.NoFallRest * 100:0.0}", $"{skill.NoFallClip * 100:0.0}", $"{skill.TransitionNoFall * 100:0.0}", $"{skill.Areas.Precision:0.000}", $"{skill.Areas.Recall:0.000}");
        }

        return Json(path, policy.Card, score, skills);
    }

    private static JsonObject Json(string path, SkillCard card, GroupScore score, IReadOnlyList<SkillScore> skills)
    {
        JsonObject json = new() { ["file"] = path, ["method"] = card.Method };
        foreach ((string name, double value) in score.Figures)
        {
            json[name] = value;
        }

        json["samples"] = card.Training.Samples;
        json["seconds"] = card.Training.Seconds;
        json["cores"] = card.Training.Cores;
        json["skills"] = new JsonArray([.. skills.Select(skill => new JsonObject
        {
            ["name"] = skill.Clip,
            ["no_fall_rest"] = skill.NoFallRest,
            ["no_fall_clip"] = skill.NoFallClip,
            ["transition_no_fall"] = skill.TransitionNoFall,
            ["precision_auc"] = skill.Areas.Precision,
            ["recall_auc"] = skill.Areas.Recall,
        })]);
        return json;
    }
}
