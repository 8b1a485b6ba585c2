using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Motion.Cli.Motions;
using Motion.Cli.Planning;
using Motion.Cli.Play;
using Motion.Policies.Skills;
using Motion.Sim.Characters;
using Motion.Viewer.Live;
using TorchSharp;

namespace Motion.Cli.Commands;

/// <summary><c>./motion bench policy</c>: how long the policy thinks, and how soon the character heeds a sentence.</summary>
/// <remarks>
/// Keys of the JSON object: <c>inference_ms_p50</c>, <c>inference_ms_p99</c> (one world, one core); <c>enter_ms_p50</c>, <c>enter_ms_p99</c> (in a play in real
/// time, from a sentence's Enter to the end of the first control step after it, whose targets it changes); <c>changed</c> (share of sentences after which that
/// step differs from what it would have been); <c>look_ms_p50</c>, <c>look_ms_p99</c> (looking ahead for falls beside the play), <c>averted</c> (share of
/// the falls that were seen ahead for which another way was found); <c>sentences</c>, <c>policy</c>.
/// </remarks>
internal static class BenchPolicyCommand
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    private static readonly Option<string?> Policy = new("--policy")
    {
        Description = "the policy (.safetensors); the shipped one when not given",
        HelpName = "file",
    };

    private static readonly Option<int> Sentences = new("--sentences")
    {
        Description = "how many sentences are typed",
        HelpName = "number",
        DefaultValueFactory = _ => 50,
    };

    /// <summary>Creates the command.</summary>
    public static Command Create() => new Command("policy", "how long the policy thinks for one character, and how soon it heeds a sentence")
    {
        Policy, Sentences,
    }.Runs(Run);

    private static async Task<Outcome> Run(CommandContext context)
    {
        int count = context.Value(Sentences);
        if (count is < 1 or > 100_000)
        {
            throw new MotionException(ExitCode.BadInput, $"--sentences {count}: wanted 1 to 100000");
        }

        context.ReadyTorch();
        torch.set_num_threads(1);
        string file = context.Value(Policy) ?? ShippedModels.Global();
        SkillCard card = SkillPolicy.ReadCard(file);
        using SkillPolicy policy = SkillPolicy.Load(file, CharacterLibrary.Resolve(card.Character));
        string[] captions = [.. card.Skills.Select(skill => skill.Captions[0])];
        using Stage stage = new("global", new StagePlaces(file, null, null, card.Character, null, context.Seed) { PlanBudget = TimeSpan.Zero });
        Lookahead ahead = ((GlobalDriver)stage.Drivers[0]).Ahead!;
        return await context.Output.Progress("typing", count, "sentences", progress => Task.Run(() =>
        {
            double[] inference = Inference(policy, context.Cancellation);
            double changed = Enumerable.Range(0, captions.Length).Average(index => Changes(stage, captions[(index + 1) % captions.Length], captions[index]) ? 1.0 : 0);
            List<double> heeded = [], looks = [];
            using LiveLoop loop = new(new LiveSession(stage.World, stage.Drivers));
            Random chance = new(context.Seed);
            for (int index = 0; index < count; index++)
            {
                context.Cancellation.ThrowIfCancellationRequested();
                Thread.Sleep(chance.Next(60, 200));
                looks.Add(ahead.Milliseconds);
                heeded.Add(Heeded(loop, captions[chance.Next(captions.Length)]));
                progress.Report(new ProgressReport(index + 1, ""));
            }

            JsonObject json = new()
            {
                ["inference_ms_p50"] = Math.Round(Percentiles.Of(inference, 0.5), 4),
                ["inference_ms_p99"] = Math.Round(Percentiles.Of(inference, 0.99), 4),
                ["enter_ms_p50"] = Math.Round(Percentiles.Of(heeded, 0.5), 2),
                ["enter_ms_p99"] = Math.Round(Percentiles.Of(heeded, 0.99), 2),
                ["changed"] = Math.Round(changed, 4),
                ["look_ms_p50"] = Math.Round(Percentiles.Of(looks, 0.5), 2),
                ["look_ms_p99"] = Math.Round(Percentiles.Of(looks, 0.99), 2),
                ["averted"] = Math.Round((double)ahead.Averted / Math.Max(1, ahead.Falls), 4),
                ["sentences"] = count,
                ["policy"] = file,
            };
            context.Output.Line($"inference {json["inference_ms_p50"]} ms for one character on one core (p99 {json["inference_ms_p99"]} ms)");
            context.Output.Line($"from Enter to the end of the first step that heeds it {json["enter_ms_p50"]} ms (p99 {json["enter_ms_p99"]} ms); {100 * changed:0} % of sentences change that step");
            context.Output.Line($"looking ahead {json["look_ms_p50"]} ms (p99 {json["look_ms_p99"]} ms), beside the play; {ahead.Falls} falls seen ahead, {ahead.Averted} averted");
            return new Outcome(json);
        }));
    }

    private static double[] Inference(SkillPolicy policy, CancellationToken cancellation)
    {
        const int Unmeasured = 200;
        float[] seen = new float[policy.Card.Observations], actions = new float[policy.Card.Actions];
        double[] times = new double[2000];
        for (int index = -Unmeasured; index < times.Length; index++)
        {
            cancellation.ThrowIfCancellationRequested();
            long began = Stopwatch.GetTimestamp();
            policy.Act(seen, actions);
            if (index >= 0)
            {
                times[index] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            }
        }

        return times;
    }

    /// <summary>Whether the first step after a sentence differs from the same step of what was said before.</summary>
    private static bool Changes(Stage stage, string before, string sentence)
    {
        ILiveDriver driver = stage.Drivers[0];
        driver.Begin();
        driver.Say(before);
        driver.Step();
        SavedWorld world = stage.World.Save();
        object state = driver.Save();
        driver.Step();
        float[] without = stage.World.Batch.Velocities.ToArray();
        stage.World.Restore(world);
        driver.Restore(state);
        driver.Say(sentence);
        driver.Step();
        return !stage.World.Batch.Velocities.SequenceEqual(without);
    }

    private static double Heeded(LiveLoop loop, string sentence)
    {
        long began = Stopwatch.GetTimestamp();
        long said = loop.Ask(session =>
        {
            session.Say(sentence);
            return session.Step;
        });
        while (loop.Frame.Step <= said)
        {
            if (loop.Frame.Error is { } error || Stopwatch.GetElapsedTime(began) > LongestWait)
            {
                throw new MotionException(ExitCode.NumericFailure, $"the play stands still{(loop.Frame.Error is null ? "" : $": {loop.Frame.Error}")}");
            }

            Thread.Yield();
        }

        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }
}
