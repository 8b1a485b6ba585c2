namespace Motion.Cli;

/// <summary>How far long work is.</summary>
/// <param name="Done">Units of work done so far, of the total given at the start.</param>
/// <param name="Note">The figures worth watching, in a few words; may be empty.</param>
internal readonly record struct ProgressReport(double Done, string Note = "");
