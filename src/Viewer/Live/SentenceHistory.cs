namespace Motion.Viewer.Live;

/// <summary>The sentences that were typed, gone through with the up and down keys as in a shell.</summary>
public sealed class SentenceHistory
{
    private const int Most = 200;
    private readonly List<string> _sentences = [];
    private int _at;
    private string _draft = "";

    /// <summary>The sentences, oldest first.</summary>
    public IReadOnlyList<string> Sentences => _sentences;

    /// <summary>Keeps a sentence that was entered. The same one twice running is kept once.</summary>
    public void Add(string sentence)
    {
        if (sentence.Length > 0 && (_sentences.Count == 0 || _sentences[^1] != sentence))
        {
            _sentences.Add(sentence);
            _sentences.RemoveRange(0, Math.Max(0, _sentences.Count - Most));
        }

        (_at, _draft) = (_sentences.Count, "");
    }

    /// <summary>The sentence before the shown one; the shown one itself at the oldest.</summary>
    /// <param name="shown">What stands in the text box: kept as a draft when going up from it.</param>
    public string Up(string shown)
    {
        if (_at == _sentences.Count)
        {
            _draft = shown;
        }

        _at = Math.Max(0, _at - 1);
        return _sentences.Count == 0 ? shown : _sentences[_at];
    }

    /// <summary>The sentence after the shown one; past the newest, the draft.</summary>
    /// <param name="shown">What stands in the text box.</param>
    public string Down(string shown)
    {
        if (_at == _sentences.Count)
        {
            return shown;
        }

        _at++;
        return _at == _sentences.Count ? _draft : _sentences[_at];
    }
}
