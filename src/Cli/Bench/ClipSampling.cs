using System.Diagnostics;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Library;
using Motion.Sim.Clips.Retargeting;

namespace Motion.Cli.Bench;

/// <summary>Poses a second, each the best of all rounds.</summary>
/// <param name="Positions">Sampling positions.</param>
/// <param name="WithVelocities">Sampling positions and velocities.</param>
/// <param name="Contacts">Sampling contacts.</param>
/// <param name="Copy">
/// Only copying the two frames that each pose lies between, from as many places of as much memory, and as many bytes as the poses have into a batch: no
/// sampler that interpolates stored frames can be faster.
/// </param>
internal sealed record SamplingRates(double Positions, double WithVelocities, double Contacts, double Copy);

/// <summary>
/// Times the sampling of a clip library on one thread: every world at a random time of a random clip, moved on by a control step between rounds.
/// </summary>
internal static class ClipSampling
{
    private const int Batches = 16;
    private const int FewestRounds = 5;
    private const float Step = 1 / 30f;

    private sealed record Batch(int[] Clips, float[] Times);

    /// <summary>Runs it.</summary>
    /// <param name="library">The library.</param>
    /// <param name="worlds">Worlds in a batch.</param>
    /// <param name="seconds">How long to measure at least.</param>
    /// <param name="seed">Chooses clips and times.</param>
    /// <param name="cancellation">Stops between rounds.</param>
    public static SamplingRates Run(ClipLibrary library, int worlds, double seconds, int seed, CancellationToken cancellation)
    {
        Character character = library.Character;
        Random random = new(seed);
        Batch[] batches = [.. Enumerable.Range(0, Batches).Select(_ => Draw(library, worlds, random))];
        float[] positions = new float[worlds * character.PositionCount];
        float[] velocities = new float[worlds * character.VelocityCount];
        FootContacts[] contacts = new FootContacts[worlds];
        long frames = library.Clips.Sum(clip => (long)clip.FrameCount);
        int stride = (character.PositionCount + 15) / 16 * 16;
        float[] bare = new float[(frames + 1) * stride];
        double[] best = [double.MaxValue, double.MaxValue, double.MaxValue, double.MaxValue];
        long began = Stopwatch.GetTimestamp();

        // The first round compiles and touches every page: it does not count.
        for (int round = 0; round <= FewestRounds || Stopwatch.GetElapsedTime(began).TotalSeconds < seconds; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            double[] times =
            [
                Time(batches, batch => library.Sample(batch.Clips, batch.Times, positions)),
                Time(batches, batch => library.Sample(batch.Clips, batch.Times, positions, velocities)),
                Time(batches, batch => library.SampleContacts(batch.Clips, batch.Times, contacts)),
                Time(batches, batch => Copy(library, batch, bare, stride, positions)),
            ];
            for (int kind = 0; kind < best.Length && round > 0; kind++)
            {
                best[kind] = Math.Min(best[kind], times[kind]);
            }

            foreach (Batch batch in batches)
            {
                MoveOn(library, batch);
            }
        }

        double poses = (double)Batches * worlds;
        return new SamplingRates(poses / best[0], poses / best[1], poses / best[2], poses / best[3]);
    }

    private static Batch Draw(ClipLibrary library, int worlds, Random random)
    {
        int[] clips = [.. Enumerable.Range(0, worlds).Select(_ => random.Next(library.Clips.Length))];
        return new Batch(clips, [.. clips.Select(clip => (float)(random.NextDouble() * library.Clips[clip].Duration))]);
    }

    private static void MoveOn(ClipLibrary library, Batch batch)
    {
        for (int world = 0; world < batch.Times.Length; world++)
        {
            batch.Times[world] = (batch.Times[world] + Step) % (float)library.Clips[batch.Clips[world]].Duration;
        }
    }

    private static double Time(Batch[] batches, Action<Batch> work)
    {
        long start = Stopwatch.GetTimestamp();
        foreach (Batch batch in batches)
        {
            work(batch);
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static void Copy(ClipLibrary library, Batch batch, float[] bare, int stride, float[] positions)
    {
        int count = positions.Length / batch.Clips.Length;
        Span<float> frames = stackalloc float[2 * stride];
        for (int world = 0; world < batch.Clips.Length; world++)
        {
            LibraryClip clip = library.Clips[batch.Clips[world]];
            int frame = (int)(clip.FirstFrame + (long)(batch.Times[world] * clip.FrameRate));
            bare.AsSpan(frame * stride, 2 * stride).CopyTo(frames);
            frames[..count].CopyTo(positions.AsSpan(world * count, count));
        }
    }
}
