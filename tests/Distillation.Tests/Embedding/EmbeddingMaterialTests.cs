using Motion.Distillation.Embedding;
using Motion.Sim.Clips.Catalog;

namespace Motion.Distillation.Tests.Embedding;

public class EmbeddingMaterialTests
{
    private static readonly EmbeddingClip[] Clips =
    [
        .. Enumerable.Range(0, 40).Select(index => new EmbeddingClip
        {
            Name = $"clip{index}",
            Captions = [$"a person performs the action number {index}", $"someone shows movement {index} to the audience", $"motion {index} is done by a man"],
            Split = index % 8 == 0 ? ClipSplit.Validation : ClipSplit.Train,
            Features = new float[4],
            Mirrored = new float[4],
        }),
    ];

    private static readonly CaptionGroup[] Corpus =
    [
        .. Clips.Select(clip => new CaptionGroup(clip.Name, [.. clip.Captions, $"{clip.Name} only here"])), new CaptionGroup("other", ["a person jumps", "hop"]),
    ];

    private static readonly EmbeddingMaterial Material = EmbeddingMaterial.Of(Clips, Corpus, null);

    [Fact]
    public void Nothing_that_is_kept_back_is_learned()
    {
        HashSet<string> learned = [.. Material.Groups.SelectMany(group => group.Captions), .. Material.Clips.SelectMany(clip => clip.Captions)];
        Assert.NotEmpty(Material.Paraphrases);
        Assert.Equal(5, Material.Validation.Length);
        Assert.DoesNotContain(Material.Paraphrases, pair => learned.Contains(pair.Caption));
        Assert.DoesNotContain(Material.Validation.SelectMany(clip => clip.Captions), learned.Contains);
        // Not the other captions of a validation clip either.
        Assert.DoesNotContain("clip8 only here", learned);
        Assert.Contains("clip9 only here", learned);
        Assert.Contains("hop", learned);
    }

    [Fact]
    public void Every_clip_keeps_a_caption_to_learn_from() => Assert.All(Material.Clips, clip => Assert.NotEmpty(clip.Captions));

    [Fact]
    public void Evaluation_divides_the_clips_as_the_training_did()
    {
        TextSplits splits = TextSplits.Of(Clips, Material.Paraphrases.Select(pair => pair.Caption));
        Assert.Equal(Material.Paraphrases.Select(pair => new TextQuery(pair.Caption, pair.Clip)), splits.Paraphrase);
        Assert.Equal(Material.Clips.Sum(clip => clip.Captions.Length), splits.Train.Length);
        Assert.Equal(15, splits.Validation.Length);
    }

    [Fact]
    public void Unrelated_sentences_are_divided_too()
    {
        Assert.NotEmpty(Material.Unrelated);
        Assert.NotEmpty(Material.UnrelatedKept);
        Assert.Empty(Material.Unrelated.Intersect(Material.UnrelatedKept));
    }
}
