using System.Text;
using System.Text.Json.Nodes;
using Motion.Distillation.Runs;
using Motion.Policies;
using Motion.Sim.Configuration;

namespace Motion.Distillation.Experts;

/// <summary>What a run was begun with: written when it begins, held against when it goes on.</summary>
internal sealed record RunConfiguration(string Clip, string ClipHash, string Character, string Version, ExpertOptions Options)
{
    /// <summary>Writes the configuration of a new run, or makes sure that one that goes on is asked for the same.</summary>
    /// <exception cref="MotionException">The run was begun with other settings, another clip or another character; names the first difference.</exception>
    public static void Settle(RunFolder run, ExpertTraining training)
    {
        RunConfiguration wanted = new(
            string.Join(", ", training.Clips.Select(clip => clip.Name)),
            Hash([.. training.Clips.SelectMany(clip => clip.Positions)]),
            Expert.FingerprintOf(training.Character),
            typeof(RunConfiguration).Assembly.GetName().Version?.ToString(3) ?? "",
            training.Options);
        if (File.Exists(run.Configuration) && File.Exists(run.LastCheckpoint))
        {
            RunConfiguration found = ConfigurationText.Read<RunConfiguration>(File.ReadAllText(run.Configuration), run.Configuration);
            if (Difference(ConfigurationText.ToNode(found.Lasting), ConfigurationText.ToNode(wanted.Lasting), "") is string difference)
            {
                throw new MotionException(ExitCode.BadConfiguration, $"{run.Path}: was begun with {difference}: choose another folder with --out, or delete it");
            }
        }

        AtomicFile.Write(run.Configuration, stream => stream.Write(Encoding.UTF8.GetBytes(ConfigurationText.Write(wanted))));
    }

    // Budgets, and what comes after training, may change while a run goes on.
    private RunConfiguration Lasting => this with { Options = Options with { Budget = new(), CheckpointSeconds = 0, PeriodicSamples = 1, Tracked = new() { EverySamples = Options.Tracked.EverySamples }, Experience = new() } };

    private static string? Difference(JsonNode? found, JsonNode? wanted, string path)
    {
        if (found is not JsonObject foundObject || wanted is not JsonObject wantedObject)
        {
            return JsonNode.DeepEquals(found, wanted) ? null : $"{path} = {found?.ToJsonString()}, and now {wanted?.ToJsonString()} is asked for";
        }

        return foundObject.Select(pair => Difference(pair.Value, wantedObject[pair.Key], path.Length == 0 ? pair.Key : $"{path}.{pair.Key}")).FirstOrDefault(difference => difference is not null);
    }

    private static string Hash(float[] values) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.AsSpan())))[..16];
}
