namespace Motion.Cli.Play;

/// <summary>Windows want a display.</summary>
internal static class Display
{
    /// <summary>Does what opens a window.</summary>
    /// <param name="otherwise">What a person can do where there is no display.</param>
    /// <param name="show">Opens it.</param>
    /// <exception cref="MotionException">No window can be opened; says why and what to do instead.</exception>
    public static void Need(string otherwise, Action show)
    {
        try
        {
            show();
        }
        catch (MotionException problem) when (problem.ExitCode == ExitCode.MissingComponent)
        {
            throw new MotionException(ExitCode.MissingComponent, $"{problem.Message}; {otherwise}", problem);
        }
    }
}
