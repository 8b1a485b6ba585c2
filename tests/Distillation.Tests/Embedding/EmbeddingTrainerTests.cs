using Motion.Distillation.Embedding;
using Motion.Distillation.Runs;
using Motion.Language.Encoders;
using Motion.Language.Tests.Encoders;
using Motion.Language.Tokens;
using Motion.Testing;

namespace Motion.Distillation.Tests.Embedding;

public sealed class EmbeddingTrainerTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly DisposeScope _scope = NewDisposeScope();

    // Sums over several threads differ in their last bit.
    public EmbeddingTrainerTests() => set_num_threads(1);

    public void Dispose()
    {
        set_num_threads(Environment.ProcessorCount);
        _scope.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Sentences_and_motions_of_a_toy_world_find_each_other()
    {
        EmbeddingClip[] clips = ToyClips.Make();
        EmbeddingOptions options = ToyClips.Options with { TextSteps = 60, MotionSteps = 120, Dropout = 0, CheckpointSteps = 1000 };
        using RunFolder run = RunFolder.Open(_folder.PathOf("run"));
        using EmbeddingTrainer trainer = new(ToyClips.Material(clips), ToyClips.Card, options, null, run, TimeProvider.System);
        List<double> surprises = [];
        trainer.Train(progress => surprises.Add(progress.Match), CancellationToken.None);
        Assert.True(surprises[^1] < 0.7 * surprises[61], $"surprise went from {surprises[61]} to {surprises[^1]}");
        TextQuery[] queries = [.. clips.SelectMany(clip => clip.Captions.Select(caption => new TextQuery(caption, clip.Name)))];
        // By chance one of four is right.
        Assert.True(TextEvaluation.Measure(trainer.Embedding, clips, queries, seed: 0).SentenceToClip.R1 >= 0.75);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(6)]
    [InlineData(9)]
    public void A_training_that_was_stopped_comes_to_the_same_weights(int after)
    {
        Dictionary<string, float[]> unbroken = Trained("unbroken", int.MaxValue);
        Assert.Throws<OperationCanceledException>(() => Trained("stopped", after));
        Dictionary<string, float[]> resumed = Trained("stopped", int.MaxValue);
        Assert.Equal(unbroken.Keys.Order(), resumed.Keys.Order());
        Assert.All(unbroken, pair => Assert.Equal(pair.Value, resumed[pair.Key]));
    }

    [Fact]
    public void Over_clip_s_frozen_encoder_only_the_head_and_the_motions_learn()
    {
        string weights = _folder.PathOf("clip.safetensors");
        TinyTextModel.Write(weights, TinyTextModel.Weights(1));
        OpenAiTextEncoder encoder = OpenAiTextEncoder.Load(weights, SentenceTokenizer.Create());
        float[] before = encoder.Encode(["walk"]).data<float>().ToArray();
        using RunFolder run = RunFolder.Open(_folder.PathOf("clip"));
        using EmbeddingTrainer trainer = new(
            ToyClips.Material(ToyClips.Make()), ToyClips.Card, ToyClips.Options with { TextSteps = 0, MotionSteps = 60, Dropout = 0, LearningRate = 2e-3 }, encoder, run, TimeProvider.System);
        List<double> surprises = [];
        trainer.Train(progress => surprises.Add(progress.Match), CancellationToken.None);
        Assert.True(surprises[^1] < surprises[0], $"surprise went from {surprises[0]} to {surprises[^1]}");
        Assert.Equal(before, encoder.Encode(["walk"]).data<float>().ToArray());
        Assert.DoesNotContain(trainer.Embedding.Tensors().Keys, name => name.StartsWith("text.", StringComparison.Ordinal));
    }

    [Fact]
    public void Other_settings_in_the_same_folder_are_refused()
    {
        Assert.Throws<OperationCanceledException>(() => Trained("run", 2));
        using RunFolder run = RunFolder.Open(_folder.PathOf("run"));
        MotionException problem = Assert.Throws<MotionException>(() =>
            new EmbeddingTrainer(ToyClips.Material(ToyClips.Make()), ToyClips.Card, ToyClips.Options with { Temperature = 0.5 }, null, run, TimeProvider.System));
        Assert.Contains("was begun with other settings", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Metrics_have_a_row_for_every_step()
    {
        Trained("run", int.MaxValue);
        Assert.Equal(1 + 12, File.ReadAllLines(_folder.PathOf("run", "metrics.csv")).Length);
    }

    [Theory]
    [InlineData("Temperature is 0; allowed is 0.005 to 1")]
    public void Settings_out_of_range_are_named(string message) =>
        Assert.Equal(message, Assert.Throws<MotionException>((ToyClips.Options with { Temperature = 0 }).Validate).Message);

    private Dictionary<string, float[]> Trained(string folder, int stopAfter)
    {
        using DisposeScope scope = NewDisposeScope();
        using CancellationTokenSource stop = new();
        using RunFolder run = RunFolder.Open(_folder.PathOf(folder));
        using EmbeddingTrainer trainer = new(ToyClips.Material(ToyClips.Make()), ToyClips.Card, ToyClips.Options, null, run, TimeProvider.System);
        trainer.Train(
            progress =>
            {
                if (progress.TextSteps + progress.MotionSteps >= stopAfter)
                {
                    stop.Cancel();
                }
            },
            stop.Token);
        return trainer.Embedding.Tensors().ToDictionary(pair => pair.Key, pair => pair.Value.detach().clone().data<float>().ToArray());
    }
}
