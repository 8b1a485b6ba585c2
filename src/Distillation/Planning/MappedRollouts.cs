using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using Motion.Policies;
using Motion.Policies.Planning;
using Motion.Sim;
using Motion.Torch.Safetensors;

namespace Motion.Distillation.Planning;

/// <summary>
/// Rollouts of a folder as read-only memory: the system keeps of them what is being read. Windows are found by where they begin; they lie within one
/// trajectory, but for those that end in a fall: what follows it is filled with the last state.
/// </summary>
public sealed class MappedRollouts : IDisposable
{
    private const int LostSteps = 10;
    private readonly List<Shard> _shards = [];
    private readonly int _window;
    private readonly List<(int Shard, int Row)> _begins = [];

    /// <summary>One file.</summary>
    private sealed record Shard(MemoryMappedFile File, MemoryMappedViewAccessor View, long States, long Actions, byte[] Flags, int[] Skills);

    /// <summary>Opens folders.</summary>
    /// <param name="folders">Where <see cref="RolloutShards"/> wrote.</param>
    /// <param name="layout">What states must be.</param>
    /// <param name="window">Control steps of a window.</param>
    /// <param name="part">Which files of each: those to learn from, or the last twentieth (one at least), which is held back.</param>
    /// <param name="share">Share of those files to use, above 0 to 1, in their order.</param>
    /// <exception cref="InputException">There are no files, or one is damaged, of another character or of another layout of states.</exception>
    public MappedRollouts(IReadOnlyList<string> folders, StateLayout layout, int window, RolloutPart part, double share = 1)
    {
        ArgumentNullException.ThrowIfNull(folders);
        ArgumentNullException.ThrowIfNull(layout);
        (Layout, _window) = (layout, window);
        foreach (string folder in folders)
        {
            Open(folder, part, share);
        }

        for (int shard = 0; shard < _shards.Count; shard++)
        {
            FindBegins(shard);
        }
    }

    /// <summary>What states are.</summary>
    public StateLayout Layout { get; }

    /// <summary>Names of skills.</summary>
    public IReadOnlyList<string> Skills { get; private set; } = [];

    /// <summary>Windows there are.</summary>
    public int Windows => _begins.Count;

    /// <summary>Transitions of the files that are used.</summary>
    public long Transitions => _shards.Sum(shard => (long)shard.Flags.Length);

    /// <summary>Reads windows drawn at random.</summary>
    /// <param name="random">The draw.</param>
    /// <param name="batch">What is filled.</param>
    public void Draw(CounterRandom random, WindowBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        for (int window = 0; window < batch.Windows; window++)
        {
            Read(random.Below((ulong)window, _begins.Count), window, batch);
        }
    }

    /// <inheritdoc/>
    public unsafe void Dispose()
    {
        foreach (Shard shard in _shards)
        {
            shard.View.SafeMemoryMappedViewHandle.ReleasePointer();
            shard.View.Dispose();
            shard.File.Dispose();
        }
    }

    private unsafe void Read(int begin, int window, WindowBatch batch)
    {
        (int at, int row) = _begins[begin];
        Shard shard = _shards[at];
        byte* start = null;
        shard.View.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        try
        {
            start += shard.View.PointerOffset;
            int alive = 0;
            while (alive < _window && (alive == 0 || (shard.Flags[row + alive - 1] & TrajectoryRollout.Fall) == 0))
            {
                alive++;
            }

            int states = Layout.Count, actions = Layout.Actions;
            Span<float> toStates = batch.States.AsSpan(window * (_window + 1) * states, (_window + 1) * states);
            Span<float> toActions = batch.Actions.AsSpan(window * _window * actions, _window * actions);
            bool falls = (shard.Flags[row + alive - 1] & TrajectoryRollout.Fall) != 0;

            // One more state than actions; after a fall there is none.
            int read = falls ? alive : alive + 1;
            Widen(new ReadOnlySpan<Half>(start + shard.States + ((long)row * states * 2), read * states), toStates);
            Widen(new ReadOnlySpan<Half>(start + shard.Actions + ((long)row * actions * 2), alive * actions), toActions);
            for (int step = read; step <= _window; step++)
            {
                toStates.Slice((read - 1) * states, states).CopyTo(toStates[(step * states)..]);
            }

            for (int step = alive; step < _window; step++)
            {
                toActions.Slice((alive - 1) * actions, actions).CopyTo(toActions[(step * actions)..]);
            }

            for (int step = 0; step < _window; step++)
            {
                batch.Acted[(window * _window) + step] = step < alive && !FallsSoon(shard.Flags, row + step) ? 1 : 0;
                batch.Alive[(window * _window) + step] = step + 1 < read ? 1 : 0;
            }

            batch.Skills[window] = shard.Skills[row + Math.Min(alive - 1, _window / 2)];
        }
        finally
        {
            shard.View.SafeMemoryMappedViewHandle.ReleasePointer();
        }
    }

    /// <summary>What an expert does while it is already lost is nothing to learn from.</summary>
    private static bool FallsSoon(byte[] flags, int row)
    {
        for (int ahead = row; ahead < Math.Min(flags.Length, row + LostSteps); ahead++)
        {
            if ((flags[ahead] & TrajectoryRollout.Fall) != 0)
            {
                return true;
            }

            if (ahead > row && (flags[ahead] & TrajectoryRollout.Start) != 0)
            {
                return false;
            }
        }

        return false;
    }

    private static void Widen(ReadOnlySpan<Half> from, Span<float> to)
    {
        for (int index = 0; index < from.Length; index++)
        {
            to[index] = (float)from[index];
        }
    }

    private void Open(string folder, RolloutPart part, double share)
    {
        int files = 0;
        while (File.Exists(RolloutShards.PathOf(folder, files)))
        {
            files++;
        }

        if (files < 2)
        {
            throw new InputException(folder, 0, 0, $"wanted two or more files of rollouts in this folder, found {files}; './motion train planner' makes some");
        }

        int held = Math.Max(1, files / 20), learned = Math.Max(1, (int)Math.Round(share * (files - held)));
        (int first, int past) = part == RolloutPart.Held ? (files - held, files) : (0, learned);
        for (int number = first; number < past; number++)
        {
            Open(RolloutShards.PathOf(folder, number));
        }
    }

    private unsafe void Open(string path)
    {
        try
        {
            SafetensorsHeader header = SafetensorsFile.ReadHeader(path);
            RequireFits(path, header);
            Dictionary<string, SafetensorsEntry> entries = header.Entries.ToDictionary(entry => entry.Name);
            MemoryMappedFile file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
            MemoryMappedViewAccessor view = file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
            byte* start = null;
            view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
            start += view.PointerOffset;
            long data = sizeof(ulong) + *(long*)start;
            int rows = (int)entries["flags"].Shape[0];
            byte[] flags = new ReadOnlySpan<byte>(start + data + entries["flags"].Begin, rows).ToArray();
            int[] skills = MemoryMarshal.Cast<byte, int>(new ReadOnlySpan<byte>(start + data + entries["skills"].Begin, 4 * rows)).ToArray();
            _shards.Add(new Shard(file, view, data + entries["states"].Begin, data + entries["actions"].Begin, flags, skills));
            int steps = int.Parse(header.Metadata["steps"], System.Globalization.CultureInfo.InvariantCulture);
            for (int row = 0; row < rows; row += steps)
            {
                // The next world's trajectory is no part of this one's.
                flags[row] |= TrajectoryRollout.Start;
            }
        }
        catch (Exception problem) when (problem is SafetensorsException or KeyNotFoundException or FormatException or IOException or UnauthorizedAccessException)
        {
            throw new InputException(path, 0, 0, $"is no file of rollouts, or damaged: {problem.Message}; delete it, and './motion train planner' rolls it out again", problem);
        }
    }

    private void RequireFits(string path, SafetensorsHeader header)
    {
        string Found(string key) => header.Metadata.GetValueOrDefault(key, "none");
        if (Found("rollout_version") != $"{RolloutShards.Version}" || Found("state_version") != $"{StateLayout.Version}")
        {
            throw new InputException(
                path, 0, 0, $"holds rollouts of version {Found("rollout_version")} with states of layout {Found("state_version")}; this program reads version {RolloutShards.Version} with layout {StateLayout.Version}: delete it, and './motion train planner' rolls it out again");
        }

        if (Found("character_fingerprint") != Expert.FingerprintOf(Layout.Character))
        {
            throw new InputException(path, 0, 0, $"holds rollouts of character '{Found("character")}', another one than '{Layout.Character.Name}': choose another folder with --out");
        }

        Skills = Found("skills").Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    private void FindBegins(int shard)
    {
        byte[] flags = _shards[shard].Flags;
        int left = 0;
        bool falls = false;
        for (int row = flags.Length - 1; row >= 0; row--)
        {
            falls = (flags[row] & TrajectoryRollout.Fall) != 0 || (falls && left > 0);
            left = (flags[row] & TrajectoryRollout.Fall) != 0 ? 1 : left + 1;
            if (left > _window || (falls && left > 1))
            {
                _begins.Add((shard, row));
            }

            if ((flags[row] & TrajectoryRollout.Start) != 0)
            {
                (left, falls) = (0, false);
            }
        }
    }
}

/// <summary>Which rollouts.</summary>
public enum RolloutPart
{
    /// <summary>Those to learn from.</summary>
    Learned,

    /// <summary>Those that are held back, to measure on.</summary>
    Held,
}

/// <summary>Windows of trajectories, filled again and again.</summary>
/// <param name="Windows">How many.</param>
/// <param name="Steps">Control steps of each.</param>
/// <param name="StateCount">Numbers in a state.</param>
/// <param name="ActionCount">Numbers in an action.</param>
public sealed record WindowBatch(int Windows, int Steps, int StateCount, int ActionCount)
{
    /// <summary>States before each action, and the one after the last: [window, step + 1, feature].</summary>
    public float[] States { get; } = new float[Windows * (Steps + 1) * StateCount];

    /// <summary>Actions: [window, step, actuator].</summary>
    public float[] Actions { get; } = new float[Windows * Steps * ActionCount];

    /// <summary>1 where an action was taken, 0 past a fall: [window, step].</summary>
    public float[] Acted { get; } = new float[Windows * Steps];

    /// <summary>1 where the character still stands after the step: [window, step].</summary>
    public float[] Alive { get; } = new float[Windows * Steps];

    /// <summary>What is being done: [window].</summary>
    public int[] Skills { get; } = new int[Windows];
}
