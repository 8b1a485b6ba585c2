namespace Motion.Cli;

/// <summary>How far long work is.</summary>
/// <param name="Done">Units of work done so far, of the total given at the start.</param>
/// <param name="Note">The figures worth watching, in a few words; may be empty.</param>
internal readonly record struct ProgressReport(double Done, string Note = "");

/// <summary>Long work whose progress is shown.</summary>
/// <param name="Title">What is being done.</param>
/// <param name="Total">How many units of work there are.</param>
/// <param name="Before">How many were done before it went on now: they do not count in the rate.</param>
internal readonly record struct ProgressOf(string Title, double Total, double Before = 0);
