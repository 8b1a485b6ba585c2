using System.Text;
using System.Text.Json.Nodes;
using Motion.Distillation.Runs;
using Motion.Policies;
using Motion.Sim.Clips.Retargeting;
using Motion.Sim.Configuration;

namespace Motion.Distillation.Experts;

/// <summary>What a run was begun with: written when it begins, held against when it goes on.</summary>
/// <typeparam name="TOptions">Its settings.</typeparam>
internal sealed record RunConfiguration<TOptions>(string Clip, string ClipHash, string Character, string Version, TOptions Options)
{
    /// <summary>Writes the configuration of a new run, or makes sure that one that goes on is asked for the same.</summary>
    /// <param name="run">The run.</param>
    /// <param name="clips">What is learned.</param>
    /// <param name="options">How.</param>
    /// <param name="lasting">Makes settings that may change while a run goes on all the same.</param>
    /// <exception cref="MotionException">The run was begun with other settings, another clip or another character; names the first difference.</exception>
    public static void Settle(RunFolder run, IReadOnlyList<CharacterClip> clips, TOptions options, Func<TOptions, TOptions> lasting)
    {
        RunConfiguration<TOptions> wanted = new(
            string.Join(", ", clips.Select(clip => clip.Name)),
            Hash([.. clips.SelectMany(clip => clip.Positions)]),
            Expert.FingerprintOf(clips[0].Character),
            typeof(TOptions).Assembly.GetName().Version?.ToString(3) ?? "",
            options);
        if (File.Exists(run.Configuration) && File.Exists(run.LastCheckpoint))
        {
            RunConfiguration<TOptions> found = ConfigurationText.Read<RunConfiguration<TOptions>>(File.ReadAllText(run.Configuration), run.Configuration);
            JsonNode Lasting(RunConfiguration<TOptions> of) => ConfigurationText.ToNode(of with { Options = lasting(of.Options) });
            if (Difference(Lasting(found), Lasting(wanted), "") is string difference)
            {
                throw new MotionException(ExitCode.BadConfiguration, $"{run.Path}: was begun with {difference}: choose another folder with --out, or delete it");
            }
        }

        AtomicFile.Write(run.Configuration, stream => stream.Write(Encoding.UTF8.GetBytes(ConfigurationText.Write(wanted))));
    }

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
