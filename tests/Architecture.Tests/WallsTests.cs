using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Motion.Architecture.Tests;

/// <summary>Who may see whom.</summary>
public class WallsTests
{
    /// <summary>For each project, those it may see. The command line sees everything: it wires the parts.</summary>
    private static readonly Dictionary<string, string[]> MaySee = new()
    {
        ["Motion.Sim"] = [],
        ["Motion.Torch"] = [],
        ["Motion.Language"] = ["Motion.Torch"],
        ["Motion.Policies"] = ["Motion.Sim", "Motion.Torch"],
        ["Motion.Distillation"] = ["Motion.Sim", "Motion.Torch", "Motion.Language", "Motion.Policies"],
        ["Motion.Viewer"] = ["Motion.Sim"],
        ["Motion.Cli"] = ["Motion.Sim", "Motion.Torch", "Motion.Language", "Motion.Policies", "Motion.Distillation", "Motion.Viewer"],
    };

    /// <summary>Libraries of others, and the projects they are for. Not here: those of the .NET runtime, which all may use.</summary>
    private static readonly Dictionary<string, string[]> LibrariesFor = new()
    {
        ["System.CommandLine"] = ["Motion.Cli"],
        ["Spectre.Console"] = ["Motion.Cli"],
        ["Google.Protobuf"] = ["Motion.Distillation"],
        ["System.Numerics.Tensors"] = [.. MaySee.Keys],
        ["TorchSharp"] = ["Motion.Language", "Motion.Policies", "Motion.Distillation", "Motion.Torch", "Motion.Cli"],
        ["BepuPhysics"] = ["Motion.Sim"],
        ["BepuUtilities"] = ["Motion.Sim"],
        ["Microsoft.ML.Tokenizers"] = ["Motion.Language"],
        ["Silk.NET"] = ["Motion.Viewer"],
    };

    public static TheoryData<string> Projects => [.. Source.Assemblies.Keys];

    [Fact]
    public void Every_project_of_src_has_its_walls() =>
        Assert.Equal(MaySee.Keys.Order(), Source.Assemblies.Keys.Order());

    [Theory]
    [MemberData(nameof(Projects))]
    public void Compiled_references_keep_to_the_walls(string project)
    {
        IEnumerable<string> references = Source.Assemblies[project].GetReferencedAssemblies().Select(reference => reference.Name!);
        Rule.Holds("see the table of CONTRIBUTING.md", Forbidden(project, references));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_references_keep_to_the_walls(string project)
    {
        string file = Source.ProjectFiles("src").Single(file => Path.GetFileNameWithoutExtension(file) == project);
        IEnumerable<string> references = System.Xml.Linq.XDocument.Load(file).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value));
        Rule.Holds("see the table of CONTRIBUTING.md", Forbidden(project, references));
    }

    [Theory]
    [InlineData("Motion.Sim", "Motion.Torch")]
    [InlineData("Motion.Viewer", "Motion.Policies")]
    [InlineData("Motion.Language", "Motion.Sim")]
    [InlineData("Motion.Torch", "motion")]
    [InlineData("Motion.Sim", "Spectre.Console")]
    [InlineData("Motion.Viewer", "TorchSharp")]
    [InlineData("Motion.Policies", "Some.New.Library")]
    public void A_forbidden_edge_is_seen(string project, string reference) =>
        Assert.Equal([$"{project} -> {reference}"], Forbidden(project, [reference]));

    [Fact]
    public void Policies_know_no_optimiser_and_no_loss()
    {
        using PEReader file = new(File.OpenRead(Source.Assemblies["Motion.Policies"].Location));
        MetadataReader metadata = file.GetMetadataReader();
        IEnumerable<string> types = metadata.TypeReferences.Select(handle => metadata.GetString(metadata.GetTypeReference(handle).Name));
        Assert.DoesNotContain(types, type => type == "optim" || type.EndsWith("Loss", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Forbidden(string project, IEnumerable<string> references) =>
        references.Where(reference => !IsAllowed(project, reference)).Select(reference => $"{project} -> {reference}");

    private static bool IsAllowed(string project, string reference)
    {
        if (reference == "motion" || reference.StartsWith("Motion.", StringComparison.Ordinal))
        {
            return MaySee[project].Contains(reference);
        }

        string? library = LibrariesFor.Keys.FirstOrDefault(name => reference == name || reference.StartsWith($"{name}.", StringComparison.Ordinal));
        return library is not null ? LibrariesFor[library].Contains(project) : IsOfTheRuntime(reference);
    }

    private static bool IsOfTheRuntime(string reference) =>
        File.Exists(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, $"{reference}.dll"));
}
