using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Motion.Distillation.Runs;

/// <summary>
/// Numbers of a training over time, written three ways: <c>metrics.csv</c> with a column for every name, <c>metrics.jsonl</c> with the names that a row
/// has, and event files that TensorBoard reads. Rows that lie past the checkpoint from which a training goes on are taken back.
/// </summary>
public sealed class MetricsLog : IDisposable
{
    private readonly string[] _names;
    private readonly StreamWriter _csv;
    private readonly StreamWriter _jsonl;
    private readonly EventFile _events;

    /// <summary>Opens the log of a run.</summary>
    /// <param name="folder">Where it lies.</param>
    /// <param name="names">All names that rows may have, in the order of columns.</param>
    /// <param name="from">The step of the checkpoint that the training goes on from: rows of later steps are taken back.</param>
    /// <param name="clock">Tells the time for events.</param>
    /// <exception cref="MotionException">The folder cannot be written.</exception>
    public MetricsLog(string folder, IReadOnlyList<string> names, long from, TimeProvider clock)
    {
        _names = ["step", .. names];
        string header = string.Join(',', _names);
        try
        {
            _csv = Open(Path.Combine(folder, "metrics.csv"), header, line => long.TryParse(line.Split(',')[0], out long step) && step <= from && line.Split(',').Length == _names.Length);
            _jsonl = Open(Path.Combine(folder, "metrics.jsonl"), null, line => StepOf(line) <= from);
            _events = new EventFile(folder, from, clock);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new MotionException(ExitCode.BadInput, $"{folder}: metrics cannot be written: {problem.Message}", problem);
        }
    }

    /// <summary>Adds a row.</summary>
    /// <param name="step">Where training stands.</param>
    /// <param name="row">Numbers by name.</param>
    /// <exception cref="MotionException">The disk is full, or the folder can no longer be written.</exception>
    public void Add(long step, IReadOnlyDictionary<string, double> row)
    {
        ArgumentNullException.ThrowIfNull(row);
        JsonObject json = new() { ["step"] = step };
        foreach (string name in _names.Skip(1).Where(row.ContainsKey))
        {
            json[name] = double.IsFinite(row[name]) ? row[name] : null;
        }

        try
        {
            _csv.WriteLine(string.Join(',', _names.Select(name => name == "step" ? step.ToString(CultureInfo.InvariantCulture) : row.TryGetValue(name, out double value) ? value.ToString("R", CultureInfo.InvariantCulture) : "")));
            _jsonl.WriteLine(json.ToJsonString());
            _csv.Flush();
            _jsonl.Flush();
            _events.Add(step, _names.Where(row.ContainsKey).Select(name => (name, row[name])));
        }
        catch (IOException problem)
        {
            throw new MotionException(ExitCode.BadInput, $"metrics cannot be written: {problem.Message}; free some space and run the command again: it goes on from the last checkpoint", problem);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _csv.Dispose();
        _jsonl.Dispose();
        _events.Dispose();
    }

    // A killed process may leave half a line, and lines of steps that are about to be done again.
    private static StreamWriter Open(string path, string? header, Func<string, bool> keep)
    {
        List<string> lines = header is null ? [] : [header];
        if (File.Exists(path))
        {
            string text = File.ReadAllText(path);
            string[] whole = text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
            lines.AddRange(whole.Skip(header is null ? 0 : 1).Where(keep));
        }

        if (lines.Count > 0)
        {
            AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n")));
        }

        return new StreamWriter(path, append: true, new UTF8Encoding(false)) { NewLine = "\n" };
    }

    private static long StepOf(string line)
    {
        try
        {
            return JsonNode.Parse(line)?["step"]?.GetValue<long>() ?? long.MaxValue;
        }
        catch (JsonException)
        {
            return long.MaxValue;
        }
    }
}
