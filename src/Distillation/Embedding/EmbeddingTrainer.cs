using Motion.Distillation.Runs;
using Motion.Language.Embedding;
using Motion.Language.Encoders;
using Motion.Language.Tokens;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Motion.Distillation.Embedding;

/// <summary>
/// Trains an embedding of sentences and clips in two stages, on text alone and then with motion. A run that was stopped or killed goes on from its last
/// checkpoint and comes to the same weights as one that was not: with one thread to the bit.
/// </summary>
public sealed class EmbeddingTrainer : IDisposable
{
    private const double WarmUpShare = 0.05;
    private const double LongestGradient = 1;
    private static readonly string[] Columns = ["text_match", "text_guess", "text_hits", "motion_match", "motion_rebuild", "motion_hits", "seconds"];

    private readonly EmbeddingOptions _options;
    private readonly RunFolder _run;
    private readonly TimeProvider _clock;
    private readonly SentenceEmbedding _embedding;
    private readonly TextStage _text;
    private readonly MotionStage _motion;
    private AdamW _optimiser;
    private EmbeddingProgress _progress = new();

    /// <summary>Prepares a training in a run's folder, going on from its last checkpoint if it has one.</summary>
    /// <param name="material">What to learn from.</param>
    /// <param name="card">What the embedding shall say about itself; sizes are filled in here.</param>
    /// <param name="options">How.</param>
    /// <param name="openAiText">CLIP's encoder, which is taken over; null to train the built-in one.</param>
    /// <param name="run">Where it is kept; not disposed here.</param>
    /// <param name="clock">Tells the time.</param>
    /// <exception cref="MotionException">Settings are out of range or differ from the run's, or its checkpoint is damaged.</exception>
    public EmbeddingTrainer(EmbeddingMaterial material, EmbeddingCard card, EmbeddingOptions options, OpenAiTextEncoder? openAiText, RunFolder run, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(material);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(run);
        (_options, _run, _clock) = (options, run, clock);
        options.Validate();
        EmbeddingRun.Settle(run, material, openAiText, options);
        manual_seed((long)options.Seed);
        _embedding = SentenceEmbedding.Create(card with { Shape = card.Shape with { Text = options.Text, Motion = options.Motion } }, openAiText as ISentenceEncoder ?? BuiltIn(material), options.Dropout);
        FeatureScale.Of(material.Clips, _embedding.Card.Shape.MotionFeatures).Give(_embedding.Motions);
        CaptionVariation variation = new(material.Groups.SelectMany(group => group.Captions), material.WordNet, options);
        SentenceBatcher batcher = new(_embedding, options.Divided);
        _text = new TextStage(new TextMaterial(material.Groups, material.Unrelated), variation, batcher, options);
        _motion = new MotionStage(material.Clips, _embedding, variation, batcher, options);
        if (File.Exists(run.LastCheckpoint))
        {
            _progress = EmbeddingCheckpoint.Read(run.LastCheckpoint, _embedding, progress =>
            {
                _progress = progress;
                _optimiser = Optimiser();
                // A stage that has not begun has nothing to remember.
                return IsText || progress.MotionSteps > 0 ? _optimiser : null;
            });
        }

        _optimiser ??= Optimiser();
    }

    /// <summary>Where training stands.</summary>
    public EmbeddingProgress Progress => _progress;

    /// <summary>The embedding in training; it belongs to the trainer.</summary>
    public SentenceEmbedding Embedding => _embedding;

    private bool IsText => _progress.TextSteps < _options.TextSteps;

    /// <summary>Trains to the end.</summary>
    /// <param name="report">Told after every step where training stands.</param>
    /// <param name="cancellation">Stops after the present step; a checkpoint is left.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    /// <exception cref="MotionException">Numbers diverged, or the folder can no longer be written; the last checkpoint is kept.</exception>
    public void Train(Action<EmbeddingProgress> report, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(report);
        using MetricsLog metrics = new(_run.Path, Columns, _progress.TextSteps + _progress.MotionSteps, _clock);
        _embedding.Use(training: true);
        long began = _clock.GetTimestamp();
        double before = _progress.Seconds;
        while (_progress.MotionSteps < _options.MotionSteps)
        {
            Dictionary<string, double> row = IsText ? TextStep() : MotionStep();
            _progress = _progress with { Seconds = before + _clock.GetElapsedTime(began).TotalSeconds };
            row["seconds"] = _progress.Seconds;
            long steps = _progress.TextSteps + _progress.MotionSteps;
            metrics.Add(steps, row);
            report(_progress);
            bool stops = cancellation.IsCancellationRequested;
            if (stops || steps % _options.CheckpointSteps == 0 || _progress.MotionSteps == _options.MotionSteps)
            {
                EmbeddingCheckpoint.Write(_run.LastCheckpoint, _embedding, _optimiser, _progress);
            }

            cancellation.ThrowIfCancellationRequested();
        }

        _embedding.Use();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _optimiser.Dispose();
        _embedding.Dispose();
    }

    private Dictionary<string, double> TextStep()
    {
        using DisposeScope scope = NewDisposeScope();
        long step = _progress.TextSteps;
        manual_seed((long)_options.Seed + step + 1);
        (Tensor loss, TextStep measured) = _text.Loss(step, _options.TextBatch);
        Descend(loss, step, _options.TextSteps);
        _progress = _progress with { TextSteps = step + 1, Match = Lately(_progress.Match, measured.Match, step), Hits = Lately(_progress.Hits, measured.Hits, step) };
        if (!IsText)
        {
            _optimiser.Dispose();
            _optimiser = Optimiser();
        }

        return new() { ["text_match"] = measured.Match, ["text_guess"] = measured.Guess, ["text_hits"] = measured.Hits };
    }

    private Dictionary<string, double> MotionStep()
    {
        using DisposeScope scope = NewDisposeScope();
        long step = _progress.MotionSteps;
        manual_seed((long)_options.Seed + _options.TextSteps + step + 1);
        (Tensor loss, MotionStep measured) = _motion.Loss(step);
        // Sentences go on being compared with each other, lest those that no clip has be forgotten.
        bool also = _options.TextSteps > 0 && _embedding.Encoder is CaptionEncoder;
        (Tensor textLoss, TextStep text) = also ? _text.Loss(_options.TextSteps + step, Math.Max(2, _options.TextBatch / 3)) : (zeros(1).sum(), default);
        Descend(loss.add(textLoss), step, _options.MotionSteps);
        _progress = _progress with { MotionSteps = step + 1, Match = Lately(_progress.Match, measured.Match, step), Hits = Lately(_progress.Hits, measured.Hits, step) };
        Dictionary<string, double> row = new() { ["motion_match"] = measured.Match, ["motion_rebuild"] = measured.Rebuild, ["motion_hits"] = measured.Hits };
        if (also)
        {
            (row["text_match"], row["text_guess"], row["text_hits"]) = (text.Match, text.Guess, text.Hits);
        }

        return row;
    }

    // Linear warm-up, then half a cosine.
    private void Descend(Tensor loss, long step, long steps)
    {
        if (!double.IsFinite(loss.item<float>()))
        {
            throw new MotionException(ExitCode.NumericFailure, $"training diverged in step {step}: the loss is not a number; the last checkpoint is in {_run.Path}: go on with another --seed or a lower learning rate, in another folder");
        }

        double done = (step + 1.0) / steps;
        double share = done < WarmUpShare ? done / WarmUpShare : (1 + Math.Cos(Math.PI * (done - WarmUpShare) / (1 - WarmUpShare))) / 2;
        foreach (optim.ILearningRateController group in _optimiser.ParamGroups)
        {
            group.LearningRate = group.InitialLearningRate * share;
        }

        // A part that a step does not touch has no gradient then, whether or not an earlier step of this session gave it one.
        foreach ((_, nn.Module module) in _embedding.State())
        {
            module.zero_grad();
        }

        loss.backward();
        nn.utils.clip_grad_norm_(_optimiser.parameters(), LongestGradient);
        _optimiser.step();
    }

    private static double Lately(double before, double now, long step) => step == 0 ? now : before + (0.05 * (now - before));

    private AdamW Optimiser()
    {
        (string Name, nn.Module Module)[] parts = [.. _embedding.State()];
        IEnumerable<Parameter> sentences = parts.Where(part => part.Name is "text" or "head").SelectMany(part => part.Module.parameters());
        if (IsText)
        {
            return optim.AdamW(sentences, _options.LearningRate, weight_decay: _options.WeightDecay);
        }

        // A head over frozen weights has learned nothing yet.
        double slow = _embedding.Encoder is CaptionEncoder && _options.TextSteps > 0 ? _options.TextLearningRate : _options.LearningRate;
        IEnumerable<Parameter> motions = parts.Where(part => part.Name is "motion" or "decoder").SelectMany(part => part.Module.parameters());
        return optim.AdamW(
            [
                new AdamW.ParamGroup(sentences, new AdamW.Options { LearningRate = slow, InitialLearningRate = slow }),
                new AdamW.ParamGroup(motions, new AdamW.Options { LearningRate = _options.LearningRate, InitialLearningRate = _options.LearningRate }),
            ],
            _options.LearningRate,
            weight_decay: _options.WeightDecay);
    }

    private CaptionEncoder BuiltIn(EmbeddingMaterial material)
    {
        TokenTable table = TokenTable.Of(SentenceTokenizer.Create(), material.Groups.SelectMany(group => group.Captions), _options.LeastTokenUses);
        return new CaptionEncoder(table, new CaptionTransformer(table.Rows, _options.Text, _options.Dropout));
    }
}
