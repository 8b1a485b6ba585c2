using Motion.Language.Embedding;
using Motion.Viewer.Live;

namespace Motion.Cli.Play;

/// <summary>What drivers answer to sentences.</summary>
internal static class Replies
{
    /// <summary>What was understood of a sentence, as a driver's answer.</summary>
    public static Reply ToReply(this UnderstoodSentence understood) => new(
        understood.Sentence,
        understood.IsUnderstood,
        understood.Message,
        [.. understood.Nearest.Select(near => new NearSentence(near.Caption.Text, near.Caption.Clip, near.Score))]);
}
