using Spectre.Console;

namespace Motion.Cli;

/// <summary>A table of text that can be drawn on a terminal or written as plain aligned columns.</summary>
/// <param name="columns">Headings.</param>
internal sealed class TextTable(params string[] columns)
{
    private readonly List<string[]> _rows = [];

    /// <summary>Adds a row: one cell for each column.</summary>
    /// <exception cref="ArgumentException">The row has more or fewer cells than there are columns.</exception>
    public TextTable Add(params string[] cells)
    {
        if (cells.Length != columns.Length)
        {
            throw new ArgumentException($"a row of this table has {columns.Length} cells, not {cells.Length}", nameof(cells));
        }

        _rows.Add(cells);
        return this;
    }

    /// <summary>Draws it on a terminal.</summary>
    public void Draw(IAnsiConsole console)
    {
        Table table = new Table().Border(TableBorder.Rounded);
        foreach (string column in columns)
        {
            table.AddColumn(Markup.Escape(column));
        }

        foreach (string[] row in _rows)
        {
            table.AddRow([.. row.Select(Markup.Escape)]);
        }

        console.Write(table);
    }

    /// <summary>Writes it as columns two spaces apart, headings first.</summary>
    public void WritePlain(TextWriter writer)
    {
        int[] widths = [.. columns.Select((heading, column) => _rows.Select(row => row[column].Length).Append(heading.Length).Max())];
        foreach (string[] row in _rows.Prepend(columns))
        {
            writer.WriteLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        }
    }
}
