using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Motion.Viewer.Views;

/// <summary>Writes films by way of ffmpeg, whole or not at all.</summary>
public static class FilmFile
{
    /// <summary>Writes a film in H.264, which every player takes.</summary>
    /// <param name="path">Where it shall be; ends in .mp4.</param>
    /// <param name="width">Pixels across, even.</param>
    /// <param name="height">Pixels down, even.</param>
    /// <param name="frameRate">Pictures a second.</param>
    /// <param name="pictures">Red, green, blue: [height × width × 3] each.</param>
    /// <exception cref="MotionException">ffmpeg is not installed, or cannot write the film.</exception>
    public static void Write(string path, int width, int height, double frameRate, IEnumerable<byte[]> pictures)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        string beside = Path.Combine(folder, $".{Path.GetFileNameWithoutExtension(path)}.{Guid.NewGuid():N}.mp4");
        try
        {
            Directory.CreateDirectory(folder);
            Encode(beside, width, height, frameRate, pictures);
            File.Move(beside, path, overwrite: true);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new MotionException(ExitCode.BadInput, $"{path}: cannot be written: {problem.Message}", problem);
        }
        finally
        {
            if (File.Exists(beside))
            {
                File.Delete(beside);
            }
        }
    }

    private static void Encode(string path, int width, int height, double frameRate, IEnumerable<byte[]> pictures)
    {
        string rate = frameRate.ToString("0.######", CultureInfo.InvariantCulture);
        using Process process = Start(
            "-hide_banner", "-loglevel", "error", "-nostdin", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", $"{width}x{height}", "-r", rate, "-i", "pipe:0",
            "-c:v", "libx264", "-crf", "18", "-preset", "veryfast", "-pix_fmt", "yuv420p", "-movflags", "+faststart", "-y", path);
        Task<string> said = process.StandardError.ReadToEndAsync();
        bool finished = false;
        try
        {
            foreach (byte[] picture in pictures)
            {
                process.StandardInput.BaseStream.Write(picture);
            }

            process.StandardInput.Close();
            finished = true;
        }
        catch (IOException)
        {
            // ffmpeg ended early: what it says is told below.
            finished = true;
        }
        finally
        {
            if (!finished)
            {
                process.Kill(entireProcessTree: true);
            }

            process.WaitForExit();
        }

        if (process.ExitCode != 0)
        {
            throw new MotionException(ExitCode.BadInput, $"{path}: cannot be written: ffmpeg says {said.Result.Trim()}");
        }
    }

    private static Process Start(params string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("ffmpeg", arguments) { RedirectStandardInput = true, RedirectStandardError = true })!;
        }
        catch (Win32Exception problem)
        {
            throw new MotionException(ExitCode.MissingComponent, "films are written by ffmpeg, which is not installed: see './motion doctor'", problem);
        }
    }
}
