using System.Globalization;
using FsCheck;
using Microsoft.FSharp.Core;

namespace Motion.Testing;

/// <summary>How properties are checked: on the same random values in every run, so that a suite that was green stays green.</summary>
public static class Properties
{
    /// <summary>Environment variable with another seed, or <c>random</c> for a fresh one: for those who want to explore.</summary>
    public const string SeedVariable = "MOTION_PROPERTY_SEED";

    private const ulong UsualSeed = 20_261_121;

    /// <summary>Checks a property.</summary>
    /// <param name="property">What shall hold.</param>
    /// <param name="tests">On how many values.</param>
    /// <exception cref="Exception">It does not hold; the message says for which value and which seed, whatever the seed came from.</exception>
    public static void Holds(this Property property, int tests = 100) =>
        property.Check(Config.QuickThrowOnFailure.WithMaxTest(tests).WithReplay(
            FSharpOption<Replay>.Some(new Replay(new Rnd(Seed(Environment.GetEnvironmentVariable(SeedVariable))), FSharpOption<int>.None))));

    /// <summary>The seed that a setting asks for.</summary>
    /// <param name="setting">Null or empty for the usual one, a number, or <c>random</c>.</param>
    /// <exception cref="FormatException">It is none of these.</exception>
    public static ulong Seed(string? setting) => setting switch
    {
        null or "" => UsualSeed,
        "random" => (ulong)System.Random.Shared.NextInt64(),
        _ => ulong.Parse(setting, NumberStyles.None, CultureInfo.InvariantCulture),
    };
}
