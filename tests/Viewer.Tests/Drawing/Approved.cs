using Motion.Testing;
using Motion.Viewer.Sheets;

namespace Motion.Viewer.Tests.Drawing;

/// <summary>
/// Pictures that a person has looked at and found right. After a wanted change, <c>MOTION_ACCEPT=1 ./test Viewer --filter Picture</c> writes them anew: look at
/// them before they are committed.
/// </summary>
internal static class Approved
{
    // Another driver rounds differently at edges; a limb in another place is far below.
    private const double Tolerance = 0.97;

    /// <summary>How alike a picture is to the approved one of a name.</summary>
    public static double SimilarityTo(string name, Png picture) => Similarity.Of(Png.Read(PathOf(name)), picture);

    /// <summary>Fails when a picture does not look like the approved one.</summary>
    public static void Looks(string name, Png picture)
    {
        if (Environment.GetEnvironmentVariable("MOTION_ACCEPT") == "1")
        {
            PngFile.Write(PathOf(name), picture.Width, picture.Height, picture.Pixels);
        }

        double similarity = SimilarityTo(name, picture);
        if (similarity < Tolerance)
        {
            string found = Path.Combine(Path.GetTempPath(), $"{name}.found.png");
            PngFile.Write(found, picture.Width, picture.Height, picture.Pixels);
            Assert.Fail($"{name} looks different: similarity {similarity:0.000}, wanted {Tolerance} or more; what was drawn is {found}");
        }
    }

    private static string PathOf(string name) => Repository.PathOf("tests", "Viewer.Tests", "Approved", $"{name}.png");
}
