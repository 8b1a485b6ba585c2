using System.Diagnostics;
using System.Globalization;

namespace Motion.Cli.Bench;

/// <summary>The C++ program of native/bench/torch, asked for rounds of work through its standard input.</summary>
internal sealed class TorchPeer : IDisposable
{
    private readonly Process process;

    /// <summary>Starts it. A <see cref="MotionException"/> says what is missing.</summary>
    public TorchPeer(string path, int threads)
    {
        if (!File.Exists(path))
        {
            throw new MotionException(
                ExitCode.MissingComponent, $"the C++ program to compare with is not at '{path}'; native/bench/torch/build.sh builds it");
        }

        process = Process.Start(new ProcessStartInfo(path, [threads.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
    }

    /// <summary>Trains for some steps; seconds per step.</summary>
    public double SecondsPerStep(int count, int batch) => Ask($"step {count} {batch}");

    /// <summary>Adds two 1×1 tensors some times; seconds per addition.</summary>
    public double SecondsPerAddition(int count) => Ask($"add {count}");

    /// <inheritdoc/>
    public void Dispose()
    {
        process.StandardInput.Close();
        if (!process.WaitForExit(TimeSpan.FromSeconds(10)))
        {
            process.Kill();
        }

        process.Dispose();
    }

    private double Ask(string work)
    {
        process.StandardInput.WriteLine(work);
        process.StandardInput.Flush();
        var answer = process.StandardOutput.ReadLine()
            ?? throw new MotionException(ExitCode.MissingComponent, $"the C++ program ended while it was asked to '{work}'");
        return double.Parse(answer, CultureInfo.InvariantCulture);
    }
}
