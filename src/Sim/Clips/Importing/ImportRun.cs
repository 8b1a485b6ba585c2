using Motion.Sim.Characters;
using Motion.Sim.Clips.Analysis;
using Motion.Sim.Clips.Retargeting;

namespace Motion.Sim.Clips.Importing;

/// <summary>What an import made.</summary>
/// <param name="Clips">The clips, in the order of the inputs, each followed by its mirror image when that was asked for.</param>
/// <param name="Failures">What is wrong with the files that were left out.</param>
public sealed record ImportResult(IReadOnlyList<ImportedClip> Clips, IReadOnlyList<InputException> Failures);

/// <summary>Imports many motions on several threads.</summary>
public sealed record ImportRun
{
    /// <summary>Whose motion they become.</summary>
    public required Character Character { get; init; }

    /// <summary>What is known about their skeletons.</summary>
    public SkeletonMap? Map { get; init; }

    /// <summary>Licence of motions that tell none.</summary>
    public string Licence { get; init; } = "";

    /// <summary>Whether files that are not good are left out.</summary>
    public bool SkipBad { get; init; }

    /// <summary>Whether cycles are left as they were recorded.</summary>
    public bool KeepOpen { get; init; }

    /// <summary>Whether every clip is followed by its mirror image, with left and right exchanged in its captions too.</summary>
    public bool Mirror { get; init; }

    /// <summary>Threads, at least 1.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Imports them.</summary>
    /// <param name="inputs">The motions.</param>
    /// <param name="finished">Told how many are done and which one was last, from any thread.</param>
    /// <param name="cancellation">Stops between motions.</param>
    /// <exception cref="InputException">A file is not good: the first of them in order; or none is.</exception>
    public ImportResult Import(IReadOnlyList<ImportInput> inputs, Action<int, string> finished, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(finished);
        ImportedClip?[] clips = new ImportedClip?[inputs.Count];
        InputException?[] failures = new InputException?[inputs.Count];
        int done = 0;
        Parallel.For(
            0,
            inputs.Count,
            new ParallelOptions { MaxDegreeOfParallelism = Threads, CancellationToken = cancellation },
            () => new ClipImport(Character, Map, Licence, KeepOpen),
            (index, loop, import) =>
            {
                try
                {
                    clips[index] = import.Import(inputs[index]);
                }
                catch (InputException problem)
                {
                    failures[index] = problem;
                    if (!SkipBad)
                    {
                        // Lower indices still run to their end, so the first bad file is the one that is told.
                        loop.Break();
                    }
                }

                finished(Interlocked.Increment(ref done), inputs[index].Entry.Id);
                return import;
            },
            _ => { });
        InputException[] problems = [.. failures.OfType<InputException>()];
        return problems.Length > 0 && (!SkipBad || problems.Length == inputs.Count) ? throw problems[0]
            : new ImportResult(WithMirrors([.. clips.OfType<ImportedClip>()]), problems);
    }

    private ImportedClip[] WithMirrors(ImportedClip[] clips)
    {
        if (!Mirror)
        {
            return clips;
        }

        CharacterClipMirror mirror = new(Character);
        return [.. clips.SelectMany(clip => new[] { clip, clip.Mirrored(mirror) })];
    }
}
