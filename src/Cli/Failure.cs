using System.Text.Json.Nodes;
using Motion.Language;
using Motion.Torch.Safetensors;

namespace Motion.Cli;

/// <summary>What an exception becomes for the person at the terminal: a message and an exit code.</summary>
internal static class Failure
{
    /// <summary>Exit code of a command stopped by Ctrl-C: 128 + SIGINT, as shells have it.</summary>
    public const int Stopped = 130;

    /// <summary>Exit code of a defect in this program: an exception that nobody foresaw.</summary>
    public const int Defect = 1;

    /// <summary>Writes the message to <paramref name="error"/>, and the JSON object to <paramref name="standard"/> if asked for.</summary>
    /// <returns>The exit code.</returns>
    public static int Report(Exception exception, bool json, TextWriter standard, TextWriter error)
    {
        Exception cause = exception is TypeInitializationException { InnerException: { } inner } ? inner : exception;
        int code = Code(cause);
        error.WriteLine(code == Defect ? $"motion: a defect in this program, please report it: {exception}" : $"motion: {cause.Message}");
        if (json)
        {
            Output.WriteJson(standard, new JsonObject { ["error"] = cause.Message, ["exit_code"] = code });
        }

        return code;
    }

    private static int Code(Exception exception) => exception switch
    {
        MotionException known => (int)known.ExitCode,
        OperationCanceledException => Stopped,
        LanguageException or SafetensorsException or FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException => (int)ExitCode.BadInput,
        DllNotFoundException => (int)ExitCode.MissingComponent,
        _ => Defect,
    };
}
