using System.Diagnostics;
using Motion.Sim.Characters;
using Motion.Sim.Clips;
using Motion.Sim.Clips.Analysis;
using Motion.Sim.Clips.Readers;
using Motion.Sim.Clips.Retargeting;

namespace Motion.Cli.Bench;

/// <summary>How long one file takes, in seconds: the middle one of all rounds but the first.</summary>
/// <param name="Path">The file.</param>
/// <param name="MotionSeconds">How long the motion lasts.</param>
/// <param name="Read">Reading it.</param>
/// <param name="Import">Reading, understanding and retargeting it.</param>
/// <param name="FirstImport">The same the very first time, while the code is still being compiled.</param>
internal sealed record ImportTimes(string Path, double MotionSeconds, double Read, double Import, double FirstImport);

/// <summary>Times the import of motion files on one thread: from the file to the character's motion.</summary>
internal static class ImportBench
{
    private const int FewestRounds = 3;

    /// <summary>Runs it.</summary>
    /// <param name="files">The files.</param>
    /// <param name="character">Whose motion they become.</param>
    /// <param name="seconds">How long to measure at least.</param>
    /// <param name="cancellation">Stops between files.</param>
    /// <exception cref="InputException">A file is not good.</exception>
    public static IReadOnlyList<ImportTimes> Run(
        IReadOnlyList<string> files, Character character, double seconds, CancellationToken cancellation)
    {
        Retargeter retargeter = new(character);
        List<double>[] read = [.. files.Select(_ => new List<double>())];
        List<double>[] import = [.. files.Select(_ => new List<double>())];
        double[] motion = new double[files.Count];
        long began = Stopwatch.GetTimestamp();
        for (int round = 0; round <= FewestRounds || Stopwatch.GetElapsedTime(began).TotalSeconds < seconds; round++)
        {
            for (int file = 0; file < files.Count; file++)
            {
                cancellation.ThrowIfCancellationRequested();
                long start = Stopwatch.GetTimestamp();
                RawClip raw = ClipReaders.Open(files[file]);
                read[file].Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
                retargeter.Retarget(SkeletonAnalysis.Analyse(raw));
                import[file].Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
                motion[file] = raw.FrameCount / raw.FrameRate;
            }
        }

        return [.. files.Select((path, file) => new ImportTimes(
            path, motion[file], Middle(read[file].Skip(1)), Middle(import[file].Skip(1)), import[file][0]))];
    }

    /// <summary>The middle one of some times.</summary>
    public static double Middle(IEnumerable<double> times)
    {
        double[] sorted = [.. times.Order()];
        return sorted[sorted.Length / 2];
    }
}
