using Motion.Distillation.Embedding;
using Motion.Testing;

namespace Motion.Distillation.Tests.Embedding;

public sealed class QueryFileTests : IDisposable
{
    private static readonly string[] Clips = ["walk_forward", "jump_up"];
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Columns_may_come_in_any_order_and_fields_in_quotes()
    {
        string path = _folder.Write("queries.csv", "clip,sentence\nwalk_forward,\"stroll, then \"\"rest\"\"\"\nJUMP_UP,hop\n\n");
        Assert.Equal([new TextQuery("stroll, then \"rest\"", "walk_forward"), new TextQuery("hop", "JUMP_UP")], QueryFile.Read(path, Clips));
    }

    [Theory]
    [InlineData("sentence,clip\nhop,jump_pu", "queries.csv:2:1: there is no clip 'jump_pu' among the 2 given; did you mean 'jump_up'?")]
    [InlineData("text,clip\nhop,jump_up", "queries.csv:1:1: wanted a heading with 'sentence' and 'clip'")]
    [InlineData("", "wanted a heading")]
    [InlineData("sentence,clip", "holds no query")]
    [InlineData("sentence,clip\nwalk, then stop,jump_up", "queries.csv:2:1: wanted 2 fields, found 3")]
    [InlineData("sentence,clip\n\"hop,jump_up", "queries.csv:2:1: a field in quotes does not end")]
    [InlineData("sentence,clip\n  ,jump_up", "queries.csv:2:1: the sentence is empty")]
    public void What_is_wrong_is_named_by_its_line(string text, string message) =>
        Assert.Contains(message, Assert.Throws<InputException>(() => QueryFile.Read(_folder.Write("queries.csv", text), Clips)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_file_that_is_not_there_is_named() => Assert.Throws<InputException>(() => QueryFile.Read(_folder.PathOf("none.csv"), Clips));
}
