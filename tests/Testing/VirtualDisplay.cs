using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Motion.Testing;

/// <summary>A display without a screen: an Xvfb of its own, ended with it.</summary>
public sealed partial class VirtualDisplay : IDisposable
{
    private static readonly Lazy<VirtualDisplay> s_ofProcess = new(ForProcess);

    private readonly Process _server;

    /// <summary>Starts it.</summary>
    /// <exception cref="InvalidOperationException">It does not start: the test should have been skipped.</exception>
    public VirtualDisplay()
    {
        // It finds a free number itself and writes it when it is ready.
        _server = Process.Start(new ProcessStartInfo("Xvfb", ["-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        string? number = _server.StandardOutput.ReadLine();
        Name = number is null ? throw new InvalidOperationException($"Xvfb does not start: {_server.StandardError.ReadToEnd()}") : $":{number}";
    }

    /// <summary>
    /// The display of this process, started at the first call and ended with the process: GLFW opens a display once, and cannot do without it again.
    /// </summary>
    public static VirtualDisplay OfProcess => s_ofProcess.Value;

    /// <summary>Its name, as the variable DISPLAY has it.</summary>
    public string Name { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _server.Kill();
        _server.WaitForExit();
        _server.Dispose();
    }

    private static VirtualDisplay ForProcess()
    {
        VirtualDisplay display = new();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => display.Dispose();

        // Native libraries do not see what .NET sets.
        Environment.SetEnvironmentVariable("DISPLAY", display.Name);
        _ = SetVariable("DISPLAY", display.Name, 1);
        return display;
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
