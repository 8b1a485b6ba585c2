using System.Globalization;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Analysis;
using Motion.Sim.Clips.Readers;
using Motion.Sim.Clips.Retargeting;
using Motion.Testing;
using Xunit.Abstractions;

namespace Motion.Sim.Tests.Clips.Retargeting;

/// <summary>Real recordings: all of them are imported without a map, and what they become is measured.</summary>
public class CorpusTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_shipped_clip_is_followed_closely() => Measure(Directory.GetFiles(Repository.PathOf("motions"), "*.bvh"), 58);

    [RequiresFact("corpus")]
    public void Foreign_rigs_are_followed_closely() => Measure(
        [.. Directory.GetFiles(Path.Combine(Requirement.Corpus, "other_rigs")).Where(file => Path.GetExtension(file) is ".bvh" or ".amc" or ".txt"),
            .. Directory.GetFiles(Path.Combine(Requirement.Corpus, "deepmimic"), "*.bvh")],
        27);

    [RequiresFact("corpus")]
    public void One_trial_in_three_of_the_corpus_is_followed_closely() => Measure(
        [.. Directory.GetFiles(Path.Combine(Requirement.Corpus, "cmu", "bvh"), "*.bvh").Order(StringComparer.Ordinal).Where((_, index) => index % 3 == 2)], 95);

    private void Measure(string[] files, int count)
    {
        Assert.Equal(count, files.Length);
        Retargeter retargeter = new(CharacterLibrary.Humanoid());
        List<(string Name, AnalysisReport Found, RetargetReport Follows)> rows = [];
        foreach (string file in files)
        {
            AnalysedClip recording = SkeletonAnalysis.Analyse(ClipReaders.Open(file));
            rows.Add((Path.GetFileNameWithoutExtension(file), recording.Report, retargeter.Retarget(recording).Report));
        }

        foreach ((string name, AnalysisReport found, RetargetReport follows) in rows)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{name,-28} height {found.Height:0.00} m  error {1000 * follows.PositionError.Median,3:0} mm  p95 {1000 * follows.PositionError.Percentile95,3:0}"
                + $"  scaled {1000 * follows.ScaledPositionError.Median,3:0}  slide {1000 * follows.Sliding.Largest,4:0.0}  contact {1000 * follows.ContactHeight.Largest,4:0.0}"
                + $"  below ground {1000 * follows.Penetration.Largest,4:0.0} mm"));
            Assert.InRange(found.Height, 1.4f, 2.1f);
            Assert.InRange(follows.PositionError.Median, 0, 0.036f);
            Assert.InRange(follows.Sliding.Largest, 0, 0.01f);
            Assert.InRange(follows.ContactHeight.Largest, 0, 0.02f);
            Assert.InRange(follows.Penetration.Largest, 0, 0.02f);
            Assert.InRange(follows.LimitExcess, 0, 1e-4f);
        }

        float[] errors = [.. rows.Select(row => row.Follows.PositionError.Median).Order()];
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rows.Count} recordings: median error {1000 * errors[errors.Length / 2]:0} mm, nineteen in twenty within {1000 * errors[errors.Length * 95 / 100]:0} mm"));
        Assert.InRange(errors[errors.Length / 2], 0, 0.02f);
        Assert.InRange(errors[errors.Length * 95 / 100], 0, 0.036f);
    }
}
