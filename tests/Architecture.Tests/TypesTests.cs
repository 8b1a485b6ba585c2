using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Motion.Architecture.Tests;

/// <summary>How types are named and made.</summary>
public class TypesTests
{
    private static readonly string[] EmptySuffixes = ["Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Utilities", "Base"];

    private static readonly string[] Seams = ["TorchSharp", "Motion.Torch", "Motion.Sim.Physics", "Motion.Language.Tokens", "Motion.Viewer.Platform", "Silk.NET"];

    [Fact]
    public void No_type_is_called_by_a_word_that_says_nothing() => Rule.Holds(
        "name it after what it does",
        Source.Types.Where(type => type.Namespace?.StartsWith("TorchSharp", StringComparison.Ordinal) != true).Where(type => type.Name is "Motion" or "Base" || StartsWithBase(type.Name) || EmptySuffixes.Any(suffix => EndsWith(type.Name, suffix))));

    [Theory]
    [InlineData("BaseTask")]
    [InlineData("PolicyBase")]
    [InlineData("ClipHelper")]
    [InlineData("WorldManager")]
    public void A_word_that_says_nothing_is_seen(string name) =>
        Assert.True(StartsWithBase(name) || EmptySuffixes.Any(suffix => EndsWith(name, suffix)));

    [Theory]
    [InlineData("Baseline")]
    [InlineData("Basement")]
    public void A_word_that_only_begins_like_it_is_not(string name) => Assert.False(StartsWithBase(name));

    [Fact]
    public void Clip_never_means_the_text_model() => Rule.Holds(
        "a clip is recorded motion",
        Source.Assemblies["Motion.Language"].GetTypes()
            .Where(type => type.Name.StartsWith("Clip", StringComparison.OrdinalIgnoreCase))
            .Where(type => type.Name.Contains("Text", StringComparison.Ordinal) || type.Name.Contains("Token", StringComparison.Ordinal)));

    [Fact]
    public void A_class_without_heirs_is_sealed()
    {
        HashSet<Type> parents = [.. Source.Types.Select(type => type.BaseType).OfType<Type>().Select(Definition)];
        Rule.Holds("seal it", Source.Types.Where(type => type is { IsClass: true, IsSealed: false } && !IsMadeToInherit(type) && !parents.Contains(type)));
    }

    [Fact]
    public void No_static_state_can_change() => Rule.Holds(
        "pass it in instead",
        Source.Types
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(field => field is { IsInitOnly: false, IsLiteral: false } && !IsGenerated(field) && !IsOfOneThread(field))
            .Select(field => $"{field.DeclaringType!.FullName}.{field.Name}"));

    /// <summary>
    /// A test fake counts, and so does a generic implementation, which is one for each of its arguments. At a seam the second
    /// implementation is the other stack's.
    /// </summary>
    [Fact]
    public void An_interface_has_two_implementations()
    {
        Type[] all = [.. Source.Types];
        string[] tests = [.. Source.Files("tests", "*.cs").Select(File.ReadAllText)];
        IEnumerable<Type> interfaces = all.Where(type => type.IsInterface && !Seams.Any(type.Namespace!.StartsWith));
        Rule.Holds("use the class itself", interfaces.Where(type =>
            all.Where(other => other != type && Implements(other, type)).Sum(other => other.IsGenericType ? 2 : 1)
            + tests.Count(source => IsFakedIn(source, type.Name)) < 2));
    }

    [Theory]
    [InlineData("internal sealed class ToyWorld(int size) : IDisposable, IEnvironment\n{", true)]
    [InlineData("class Reader { IEnvironment environment; }", false)]
    [InlineData("class ToyWorld : IEnvironmentFactory {", false)]
    public void A_fake_is_told_from_a_use(string source, bool fake) => Assert.Equal(fake, IsFakedIn(source, "IEnvironment"));

    private static bool IsFakedIn(string source, string contract) =>
        Regex.IsMatch(source, $@"\b(class|struct|record)\s+\w+[^{{;]*:[^{{;]*\b{contract.Split('`')[0]}\b");

    private static bool StartsWithBase(string name) => name.Length > 4 && name.StartsWith("Base", StringComparison.Ordinal) && char.IsUpper(name[4]);

    private static bool EndsWith(string name, string suffix) => name.Split('`')[0].EndsWith(suffix, StringComparison.Ordinal);

    /// <summary>TorchSharp's names are its own: users derive from its modules.</summary>
    private static bool IsMadeToInherit(Type type) => type.IsAbstract || type.Assembly == Source.Assemblies["Motion.Torch"];

    private static bool IsGenerated(FieldInfo field) => field.IsDefined(typeof(CompilerGeneratedAttribute)) && field.Name.StartsWith("<>", StringComparison.Ordinal);

    private static bool IsOfOneThread(FieldInfo field) => field.IsDefined(typeof(ThreadStaticAttribute));

    private static bool Implements(Type type, Type contract) => type.GetInterfaces().Any(found => Definition(found) == contract);

    private static Type Definition(Type type) => type.IsGenericType ? type.GetGenericTypeDefinition() : type;
}
