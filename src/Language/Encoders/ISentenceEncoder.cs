using static TorchSharp.torch;

namespace Motion.Language.Encoders;

/// <summary>Turns sentences into features.</summary>
public interface ISentenceEncoder : IDisposable
{
    /// <summary>What it is, in a word: <c>built-in</c> or <c>clip</c>.</summary>
    string Name { get; }

    /// <summary>How many features a sentence has.</summary>
    int Features { get; }

    /// <summary>Features of sentences: [sentence, feature], owned by the caller's scope.</summary>
    /// <param name="sentences">At least one; any text is taken, what is past the longest sentence is not read.</param>
    Tensor Encode(IReadOnlyList<string> sentences);
}
