using System.Collections.Immutable;

namespace Motion.Viewer.Live;

/// <summary>A sentence that is said at a time.</summary>
/// <param name="Id">What tells it from the others while it is moved and retyped; 1 or more.</param>
/// <param name="Seconds">When, s from the start of play; 0 or more.</param>
/// <param name="Sentence">What is said.</param>
public sealed record Prompt(int Id, double Seconds, string Sentence);

/// <summary>The sentences of a play, in the order of their times. It never changes; editing gives another one.</summary>
public sealed record PromptTimeline
{
    /// <summary>The sentences, earliest first; those of one time in the order in which they were added.</summary>
    public ImmutableArray<Prompt> Prompts { get; private init; } = [];

    private int NextId { get; init; } = 1;

    /// <summary>When the last sentence is said, s; 0 when there is none.</summary>
    public double LastSeconds => Prompts.IsEmpty ? 0 : Prompts[^1].Seconds;

    /// <summary>The same with one more sentence.</summary>
    /// <param name="seconds">When, s; 0 or more.</param>
    /// <param name="sentence">What is said.</param>
    /// <param name="added">The new block.</param>
    public PromptTimeline With(double seconds, string sentence, out Prompt added)
    {
        ArgumentNullException.ThrowIfNull(sentence);
        added = new Prompt(NextId, Checked(seconds), sentence);
        return new PromptTimeline { Prompts = Sorted(Prompts.Add(added)), NextId = NextId + 1 };
    }

    /// <summary>The same with one more sentence.</summary>
    /// <param name="seconds">When, s; 0 or more.</param>
    /// <param name="sentence">What is said.</param>
    public PromptTimeline With(double seconds, string sentence) => With(seconds, sentence, out _);

    /// <summary>The same with a block at another time.</summary>
    /// <param name="id">The block; nothing changes when there is none.</param>
    /// <param name="seconds">When, s; below 0 is 0.</param>
    public PromptTimeline Moved(int id, double seconds) => Changed(id, prompt => prompt with { Seconds = Checked(Math.Max(0, seconds)) });

    /// <summary>The same with another sentence in a block.</summary>
    /// <param name="id">The block; nothing changes when there is none.</param>
    /// <param name="sentence">What is said.</param>
    public PromptTimeline Retyped(int id, string sentence) => Changed(id, prompt => prompt with { Sentence = sentence });

    /// <summary>The same without a block.</summary>
    /// <param name="id">The block; nothing changes when there is none.</param>
    public PromptTimeline Without(int id) => this with { Prompts = Prompts.RemoveAll(prompt => prompt.Id == id) };

    private PromptTimeline Changed(int id, Func<Prompt, Prompt> change) =>
        this with { Prompts = Sorted([.. Prompts.Select(prompt => prompt.Id == id ? change(prompt) : prompt)]) };

    private static ImmutableArray<Prompt> Sorted(ImmutableArray<Prompt> prompts) => [.. prompts.OrderBy(prompt => prompt.Seconds)];

    private static double Checked(double seconds) =>
        seconds is >= 0 and <= 1e6 ? seconds : throw new ArgumentOutOfRangeException(nameof(seconds), seconds, "a time is 0 to 1,000,000 s");
}
