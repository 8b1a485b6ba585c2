using System.Collections.Immutable;

namespace Motion.Distillation.Embedding;

/// <summary>Sentences and strings that ask for no motion: what a character must not pretend to understand.</summary>
internal static class UnrelatedSentences
{
    /// <summary>All of them.</summary>
    public static ImmutableArray<string> All { get; } =
    [
        "the stock market fell sharply today", "what is the capital of france", "please translate this letter into german", "my password is wrong again",
        "two plus two is four", "the soup needs more salt", "how do i install the printer driver", "interest rates may rise next year",
        "colorless green ideas sleep furiously", "the cat is black", "it will rain tomorrow", "who wrote the novel", "i like chocolate cake",
        "the parliament passed a new law", "a blue car with tinted windows", "open the file and save a copy", "the moon is made of cheese",
        "quarterly revenue exceeded expectations", "water boils at one hundred degrees", "asdf qwer zxcv", "blah blah blah", "lorem ipsum dolor sit amet",
        "hello", "thank you very much", "yes", "ok computer", "why", "the quick brown fox", "select all from users where id equals one",
        "print hello world", "xkcd qzzt vrrm", "to be or not to be", "once upon a time in a distant kingdom", "tell me a joke", "what time is it",
        "the theory of relativity", "a bottle of red wine", "cheap flights to london", "recipe for apple pie", "error code forty two",
        "the sofa is comfortable", "this sentence is false", "a triangle has three corners", "my favourite colour is green", "the river is deep",
        "an old wooden house", "sales tax", "chapter seven", "weather forecast", "the president of the united states", "photosynthesis in plants",
        "a glass half full", "happy birthday", "good morning", "free shipping on all orders", "the database is locked", "segmentation fault",
        "a cup of tea", "the colour of the sky", "buy milk and eggs", "how tall is the tower", "the train to berlin is late", "banana",
        "quantum entanglement", "she is very clever", "the meaning of life", "unsubscribe from this list", "the smell of fresh bread",
        "a very large number", "it is what it is", "you are wrong", "nothing", "the law of supply and demand", "grammar and spelling",
        "a piece of music by bach", "the year nineteen eighty four", "zzzzzz", "aaaa aaaa", "foo bar baz", "null pointer exception",
    ];
}
