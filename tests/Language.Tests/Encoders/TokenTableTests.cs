using Motion.Language.Encoders;
using Motion.Language.Tokens;

namespace Motion.Language.Tests.Encoders;

public class TokenTableTests
{
    private static readonly SentenceTokenizer Tokenizer = SentenceTokenizer.Create();
    private static readonly TokenTable Table = TokenTable.Of(Tokenizer, ["a person walks", "a person runs", "a robot walks"], least: 2);

    // Twice there: a, person, walks. Besides them the 94 printable bytes of ASCII, alone and as the end of a word; "a" is one of the latter.
    [Fact]
    public void Tokens_that_occur_often_enough_and_the_bytes_of_english_have_rows() => Assert.Equal(3 + (2 * 94) + 2, Table.Rows);

    [Fact]
    public void A_known_word_is_one_row_and_another_is_the_rows_of_its_letters()
    {
        Assert.Single(Table.RowsOf("walks"));
        // The end of a word is told apart from a letter inside.
        Assert.Equal([.. Table.RowsOf((int)('r' - '!')), .. Table.RowsOf('u' - '!'), .. Table.RowsOf('n' - '!'), .. Table.RowsOf('s' - '!' + 256)], Table.RowsOf("runs"));
    }

    [Fact]
    public void Bytes_of_other_writings_are_unknown() => Assert.All(Table.RowsOf("走る"), row => Assert.Equal(TokenTable.Unknown, row));

    [Fact]
    public void A_token_can_be_taken_apart_as_if_it_were_not_there() =>
        Assert.Equal("walks".Length, Table.Divided(Table.RowsOf("walks")[0]).Count());

    [Fact]
    public void A_token_twice_or_outside_the_vocabulary_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new TokenTable(Tokenizer, [5, 5]));
        Assert.Throws<ArgumentException>(() => new TokenTable(Tokenizer, [SentenceTokenizer.VocabularySize]));
    }
}
