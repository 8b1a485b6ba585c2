namespace Motion.Cli;

internal static class Program
{
    private static Task<int> Main(string[] args) => CommandLine.Run(args, Console.Out, Console.Error);
}
