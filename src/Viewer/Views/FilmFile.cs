using Motion.Viewer.Recording;

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
            using (FilmPipe pipe = new(beside, new FilmFormat(width, height, frameRate)))
            {
                foreach (byte[] picture in pictures)
                {
                    pipe.Add(picture);
                }

                pipe.Finish();
            }

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
}
