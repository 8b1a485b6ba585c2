using Motion.Sim.Clips.Npz;

namespace Motion.Sim.Physics;

/// <summary>The last control steps of one world before it failed, for looking at afterwards.</summary>
/// <param name="Character">Name of the character.</param>
/// <param name="World">Index of the world in its batch.</param>
/// <param name="ControlRate">Control steps per second.</param>
/// <param name="States">States before each control step, oldest first.</param>
public sealed record WorldDump(string Character, int World, int ControlRate, IReadOnlyList<WorldRecord> States)
{
    /// <summary>Writes the dump as a NumPy archive, whole or not at all.</summary>
    /// <exception cref="MotionException">The place cannot be written, or no states were kept.</exception>
    public void Write(string path)
    {
        if (States.Count == 0)
        {
            throw new MotionException(ExitCode.BadConfiguration, $"{path}: world {World} has no history to write: set HistoryLength to 1 or more and step first");
        }

        NpzWriter.Write(path,
        [
            new("character", NpyArray.Of(Character)),
            new("world", NpyArray.Of(World)),
            new("control_rate", NpyArray.Of(ControlRate)),
            new("step", NpyArray.Of([.. States.Select(s => s.Step)], States.Count)),
            new("positions", Table(s => s.Positions)),
            new("velocities", Table(s => s.Velocities)),
            new("controls", Table(s => s.Controls)),
        ]);
    }

    /// <summary>Reads a dump back.</summary>
    /// <exception cref="InputException">The file is no dump; names the array that is wrong.</exception>
    public static WorldDump Read(string path)
    {
        using NpzFile file = NpzFile.Open(path);
        double[] steps = file.ReadNumbers("step", -1);
        float[][] positions = Rows(file, "positions", steps.Length);
        float[][] velocities = Rows(file, "velocities", steps.Length);
        float[][] controls = Rows(file, "controls", steps.Length);
        WorldRecord[] states = [.. steps.Select((step, index) => new WorldRecord((int)step, positions[index], velocities[index], controls[index]))];
        return new WorldDump(file.ReadTexts("character")[0], (int)file.ReadNumbers("world")[0], (int)file.ReadNumbers("control_rate")[0], states);
    }

    private NpyArray Table(Func<WorldRecord, float[]> column) =>
        NpyArray.Of([.. States.SelectMany(column)], States.Count, column(States[0]).Length);

    private static float[][] Rows(NpzFile file, string name, int count)
    {
        // Not through ReadNumbers: a state that is not finite is what a dump may be about.
        NpyArray array = file.Read(name);
        if (array.Shape.Length != 2 || array.Shape[0] != count)
        {
            throw file.Wrong(name, $"wanted {count} rows, found shape ({string.Join(", ", array.Shape)})");
        }

        double[] values = array.ToDoubles();
        int width = array.Shape[1];
        return [.. Enumerable.Range(0, count).Select(row => Array.ConvertAll(values[(row * width)..((row + 1) * width)], v => (float)v))];
    }
}

/// <summary>A world before one control step.</summary>
/// <param name="Step">Control steps since the batch was made.</param>
/// <param name="Positions">Generalised positions.</param>
/// <param name="Velocities">Generalised velocities.</param>
/// <param name="Controls">Controls.</param>
public sealed record WorldRecord(int Step, float[] Positions, float[] Velocities, float[] Controls);
