using Motion.Distillation.Embedding;
using Motion.Testing;

namespace Motion.Distillation.Tests.Embedding;

public sealed class CaptionGroupTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Captions_of_a_line_are_a_group_and_those_of_a_part_one_by_themselves()
    {
        string path = _folder.Write("captions.jsonl", """
            {"id": "1", "captions": [{"text": "a"}, "b", {"text": " "}, {"text": "c", "start_s": NaN}]}

            {"id": "2", "captions": [{"text": "d"}]}
            """);
        IReadOnlyList<CaptionGroup> groups = CaptionGroup.Read(path);
        Assert.Equal(["1@0: c", "1: a b", "2: d"], groups.Select(group => $"{group.Id}: {string.Join(' ', group.Captions)}"));
    }

    [Theory]
    [InlineData("{\"id\": \"1\", \"captions\": [}", ": is not JSON")]
    [InlineData("{\"id\": \"1\"}", "captions.jsonl:1:1: wanted {\"id\": …")]
    [InlineData("[]", "captions.jsonl:1:1: wanted {\"id\": …")]
    [InlineData("{\"id\": \"1\", \"captions\": []}", "holds no caption")]
    public void Lines_that_are_wrong_are_named(string line, string message) =>
        Assert.Contains(message, Assert.Throws<InputException>(() => CaptionGroup.Read(_folder.Write("captions.jsonl", line))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_file_that_is_not_there_is_named() =>
        Assert.Contains("none.jsonl: there is no such file", Assert.Throws<InputException>(() => CaptionGroup.Read(_folder.PathOf("none.jsonl"))).Message, StringComparison.Ordinal);
}
