using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.ML.Tokenizers;
using Motion.Language.Tokens;
using Motion.Testing;

namespace Motion.Language.Tests.Tokens;

public class SentenceTokenizerTests
{
    private static readonly SentenceTokenizer Tokenizer = SentenceTokenizer.Create();

    public static TheoryData<string, int[]> Encodings
    {
        get
        {
            TheoryData<string, int[]> rows = [];
            foreach (string line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Tokens", "clip_encodings.jsonl")))
            {
                using JsonDocument row = JsonDocument.Parse(line);
                rows.Add(row.RootElement.GetProperty("text").GetString()!, [.. row.RootElement.GetProperty("ids").EnumerateArray().Select(id => id.GetInt32())]);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Reference_encodings_are_met_id_for_id(string text, int[] ids) =>
        Assert.Equal(ids[1..^1], Tokenizer.EncodeToIds(text));

    [Fact]
    public void All_55_reference_encodings_are_there() => Assert.Equal(55, Encodings.Count);

    // The pair named in the vocabulary's notes.
    [Fact]
    public void A_photo_of_a_cat() => Assert.Equal([320, 1125, 539, 320, 2368], Tokenizer.EncodeToIds("a photo of a cat"));

    [Fact]
    public void Words_of_letters_and_digits_come_back_from_their_tokens() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<NonEmptyArray<PositiveInt>>(),
            seeds =>
            {
                string text = string.Join(' ', seeds.Get.Select(seed => WordOf(seed.Get)));
                Assert.Equal(text, Tokenizer.Decode(Tokenizer.EncodeToIds(text)));
            }).Holds(300);

    [Fact]
    public void Any_text_at_all_has_tokens_of_the_vocabulary_and_their_text_has_the_same_ones() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), text =>
        {
            IReadOnlyList<int> ids = Tokenizer.EncodeToIds(text.Get);
            Assert.All(ids, id => Assert.InRange(id, 0, SentenceTokenizer.VocabularySize - 1));
            Assert.Equal(Letters(text.Get), Letters(Tokenizer.Decode(ids)));
        }).Holds(300);

    // Merging one pair after another, everywhere at once, is how the encoding is defined; the queue must come to the same.
    [Fact]
    public void Merging_by_a_queue_is_merging_by_the_definition()
    {
        Random random = new(7);
        for (int trial = 0; trial < 200; trial++)
        {
            string word = string.Concat(Enumerable.Range(0, random.Next(1, 30)).Select(_ => (char)('a' + random.Next(6))));
            Assert.Equal(MergedByDefinition(word), Tokenizer.EncodeToIds(word));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("   \t\r\n ")]
    [InlineData("\0")]
    [InlineData("\u0001\u0002\u001b[31m")]
    [InlineData("🕺🏽👨‍👩‍👧")]
    [InlineData("\ud800 alone")]
    [InlineData("走る人")]
    [InlineData("رجل يمشي")]
    [InlineData("&#xD800;&#0;&#99999999999;&unknown;")]
    public void Hostile_text_is_taken(string text) => Assert.InRange(Tokenizer.EncodeForModel(text).Length, 2, SentenceTokenizer.ContextLength);

    [Theory]
    [InlineData(10_000, "a")]
    [InlineData(10_000, "walk ")]
    [InlineData(2_000, "🕺")]
    public void Long_text_is_cut_to_what_the_model_reads_and_ends_in_the_end_mark(int times, string piece)
    {
        int[] ids = Tokenizer.EncodeForModel(string.Concat(Enumerable.Repeat(piece, times)));
        Assert.Equal(SentenceTokenizer.ContextLength, ids.Length);
        Assert.Equal((SentenceTokenizer.StartId, SentenceTokenizer.EndId), (ids[0], ids[^1]));
    }

    [Theory]
    [InlineData("&lt;b&gt;", "<b>")]
    [InlineData("&amp;lt;", "<")]
    [InlineData("fish &amp chips", "fish & chips")]
    [InlineData("&notit;", "¬it;")]
    [InlineData("&#65;&#x42;", "ab")]
    [InlineData("&#150;", "–")]
    [InlineData("&nosuchname;", "&nosuchname;")]
    public void Character_references_are_resolved(string text, string plain) => Assert.Equal(plain, new SentenceText().Normalize(text));

    [Theory]
    [InlineData("ΟΔΟΣ", "οδος")]
    [InlineData("ΣΑΣ ΣΣ", "σας σς")]
    [InlineData("İ", "i̇")]
    [InlineData("A\u00A0 B\u2003C", "a b c")]
    public void Text_is_lower_case_by_the_full_rules_and_blanks_are_one_space(string text, string plain) => Assert.Equal(plain, new SentenceText().Normalize(text));

    [Theory]
    [InlineData("isn't it 42?!", "isn|'t|it|4|2|?!")]
    [InlineData("𝒜𝒷 x", "𝒜𝒷|x")]
    [InlineData("they'll've", "they|'ll|'ve")]
    [InlineData("''s", "''|s")]
    public void Text_is_cut_into_words(string text, string words) =>
        Assert.Equal(words.Split('|'), new SentenceWords().PreTokenize(text).Select(word => text.Substring(word.Offset, word.Length)));

    [Fact]
    public void A_token_s_parts_make_the_token()
    {
        Assert.Null(Tokenizer.PartsOf(0));
        Assert.Null(Tokenizer.PartsOf(SentenceTokenizer.EndId));
        for (int id = 512; id < SentenceTokenizer.StartId; id += 97)
        {
            (int left, int right) = Tokenizer.PartsOf(id)!.Value;
            Assert.True(left < id && right < id);
            Assert.Equal(Tokenizer.Decode([id]), Tokenizer.Decode([left, right]));
        }
    }

    [Fact]
    public void Ids_that_no_token_has_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Tokenizer.Decode([SentenceTokenizer.VocabularySize]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Tokenizer.PartsOf(-1));
    }

    // The smallest tokenizer: bytes, and a + b = ab. "aab" is a, ab.
    [Fact]
    public void A_merge_that_is_not_of_the_vocabulary_is_refused_and_one_that_is_merges()
    {
        string[] symbols = [.. Enumerable.Range('!', 0x144 - '!').Where(code => code is <= '~' or (>= 0xA1 and not 0xAD)).Select(code => ((char)code).ToString())];
        Dictionary<string, int> ids = symbols.Append("ab").Select((symbol, id) => (symbol, id)).ToDictionary(pair => pair.symbol, pair => pair.id);
        BpeTokenizer tokenizer = BpeTokenizer.Create(new BpeOptions(ids) { Merges = ["a b"], ByteLevel = true });
        Assert.Equal([ids["a"], ids["ab"]], tokenizer.EncodeToIds("aab"));
        Assert.Throws<ArgumentException>(() => BpeTokenizer.Create(new BpeOptions(ids) { Merges = ["a c"], ByteLevel = true }));
    }

    [RequiresFact("Microsoft.ML.Tokenizers")]
    public void Tokens_come_from_the_package() => Assert.Equal("Microsoft.ML.Tokenizers", typeof(BpeTokenizer).Assembly.GetName().Name);

    private static string WordOf(int seed)
    {
        Random random = new(seed);
        return random.Next(5) == 0 ? random.Next(10).ToString(System.Globalization.CultureInfo.InvariantCulture)
            : string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => (char)('a' + random.Next(26))));
    }

    private static string Letters(string text) => string.Concat(new SentenceText().Normalize(text).EnumerateRunes().Where(rune => !Rune.IsWhiteSpace(rune)));

    private static List<int> MergedByDefinition(string word)
    {
        // Ids of merges are in the order of their ranks.
        List<int> ids = [.. word.Select((letter, place) => letter - '!' + (place + 1 == word.Length ? 256 : 0))];
        while (true)
        {
            int best = Enumerable.Range(0, ids.Count - 1).Select(place => WholeOf(ids[place], ids[place + 1])).DefaultIfEmpty(int.MaxValue).Min();
            if (best == int.MaxValue)
            {
                return ids;
            }

            for (int place = 0; place + 1 < ids.Count; place++)
            {
                if (WholeOf(ids[place], ids[place + 1]) == best)
                {
                    ids[place] = best;
                    ids.RemoveAt(place + 1);
                }
            }
        }
    }

    private static readonly Dictionary<(int, int), int> Wholes =
        Enumerable.Range(512, SentenceTokenizer.StartId - 512).ToDictionary(id => Tokenizer.PartsOf(id)!.Value, id => id);

    private static int WholeOf(int left, int right) => Wholes.GetValueOrDefault((left, right), int.MaxValue);
}
