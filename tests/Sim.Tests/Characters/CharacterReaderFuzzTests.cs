using System.Text;
using Motion.Sim.Characters;

namespace Motion.Sim.Tests.Characters;

/// <summary>Whatever is done to a file, the reader answers with a character or with an <see cref="InputException"/>.</summary>
public class CharacterReaderFuzzTests
{
    private static readonly string[] Odd =
        ["", "0", "-1", "1e39", "-1e38", "nan", "inf", "1e-30", "2147483648", "\u0000", "true", "x", "0 0 0", "1 2 3 4 5 6 7 8 9", "main", "🚶", "<", "&#x41;"];

    public static TheoryData<string> All => TestCharacters.All;

    [Theory]
    [MemberData(nameof(All))]
    public void Mutated_files_give_a_character_or_an_input_error(string name)
    {
        string text = File.ReadAllText(TestCharacters.PathOf(name));
        for (int seed = 0; seed < 400; seed++)
        {
            string mutant = Mutate(text, new Random(seed));
            Exception? error = Record.Exception(() =>
            {
                Character character = CharacterReader.Parse(mutant, name);
                Assert.All(character.Bodies, body => Assert.True(float.IsFinite(body.Mass) && float.IsFinite(body.Inertia.XX) && float.IsFinite(body.Position.X)));
            });
            Assert.True(error is null or InputException, $"seed {seed}: {error}\n{mutant}");
        }
    }

    private static string Mutate(string text, Random random)
    {
        StringBuilder mutant = new(text);
        for (int change = random.Next(1, 4); change > 0; change--)
        {
            int at = random.Next(mutant.Length);
            switch (random.Next(5))
            {
                case 0:
                    mutant.Remove(at, Math.Min(random.Next(1, 40), mutant.Length - at));
                    break;
                case 1:
                    mutant[at] = (char)random.Next(1, 256);
                    break;
                case 2:
                    string copy = mutant.ToString(at, Math.Min(random.Next(1, 200), mutant.Length - at));
                    mutant.Insert(random.Next(mutant.Length), copy);
                    break;
                case 3:
                    SwapLines(mutant, random);
                    break;
                default:
                    ReplaceValue(mutant, random);
                    break;
            }
        }

        return mutant.ToString();
    }

    private static void SwapLines(StringBuilder text, Random random)
    {
        string[] lines = text.ToString().Split('\n');
        int first = random.Next(lines.Length);
        int second = random.Next(lines.Length);
        (lines[first], lines[second]) = (lines[second], lines[first]);
        text.Clear().AppendJoin('\n', lines);
    }

    private static void ReplaceValue(StringBuilder text, Random random)
    {
        string whole = text.ToString();
        int open = whole.IndexOf('"', random.Next(whole.Length));
        int close = open < 0 ? -1 : whole.IndexOf('"', open + 1);
        if (close > 0)
        {
            text.Remove(open + 1, close - open - 1).Insert(open + 1, Odd[random.Next(Odd.Length)]);
        }
    }
}
