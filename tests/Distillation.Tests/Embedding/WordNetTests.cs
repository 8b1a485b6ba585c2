using Motion.Distillation.Embedding;
using Motion.Testing;

namespace Motion.Distillation.Tests.Embedding;

public sealed class WordNetTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Synonyms_come_in_the_form_of_the_word()
    {
        WordNet wordNet = Write();
        Assert.Equal(["leaps", "bounces"], wordNet.SynonymsOf("jumps"));
        Assert.Equal(["leaping", "bouncing"], wordNet.SynonymsOf("jumping"));
        Assert.Equal(["rapidly"], wordNet.SynonymsOf("quickly"));
        Assert.Empty(wordNet.SynonymsOf("left"));
        Assert.Empty(wordNet.SynonymsOf("table"));
    }

    [Fact]
    public void Example_sentences_are_read_once() => Assert.Equal(["The horse jumped the fence", "He works very quickly"], Write().Examples);

    [Fact]
    public void Where_it_is_not_installed_there_is_none() => Assert.Null(WordNet.Open(_folder.Root));

    [Fact]
    public void Another_file_of_that_name_is_refused()
    {
        Write();
        _folder.Write("data.adv", "not a database\n");
        Assert.Contains("is not WordNet's", Assert.Throws<InputException>(() => WordNet.Open(_folder.Root)).Message, StringComparison.Ordinal);
    }

    private WordNet Write()
    {
        _folder.Write("data.verb", "  1 a licence\n00000001 38 v 04 jump 0 leap 0 bounce 0 spring_up 0 000 | move; \"The horse jumped the fence\"; \"The horse jumped the fence\"\n");
        _folder.Write("index.verb", "  1 a licence\njump v 1 1 @ 1 0 00000001\n");
        _folder.Write("data.adv", "00000002 02 r 02 quickly 0 rapidly 0 000 | fast; \"He works very quickly\"\n");
        _folder.Write("index.adv", "quickly r 1 0 1 0 00000002\n");
        _folder.Write("data.adj", "00000003 00 a 01 left 0 000 | side\n");
        _folder.Write("index.adj", "left a 1 0 1 0 00000003\n");
        return WordNet.Open(_folder.Root)!;
    }
}
