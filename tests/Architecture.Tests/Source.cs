using System.Reflection;
using Motion.Testing;

namespace Motion.Architecture.Tests;

/// <summary>What the rules are checked on: compiled assemblies and source files of the repository.</summary>
internal static class Source
{
    /// <summary>Assemblies of src/, by project name.</summary>
    public static IReadOnlyDictionary<string, Assembly> Assemblies { get; } =
        ProjectFiles("src").Select(file => Path.GetFileNameWithoutExtension(file)).ToDictionary(project => project, project => Assembly.Load(AssemblyName(project)));

    /// <summary>Every type that a person wrote in src/.</summary>
    public static IEnumerable<Type> Types =>
        Assemblies.Values.SelectMany(assembly => assembly.GetTypes()).Where(type => !type.FullName!.Contains('<', StringComparison.Ordinal));

    /// <summary>Project files below a folder of the repository.</summary>
    public static IEnumerable<string> ProjectFiles(string folder) => Files(folder, "*.csproj");

    /// <summary>Files below a folder of the repository; those below none of the folders that builds leave.</summary>
    public static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(Repository.PathOf(folder), pattern, SearchOption.AllDirectories)
            .Where(file => !Relative(file).Split('/').Any(part => part is "bin" or "obj" or "node_modules"))
            .Order(StringComparer.Ordinal);

    /// <summary>A path as the repository has it.</summary>
    public static string Relative(string file) => Path.GetRelativePath(Repository.Root, file);

    /// <summary>The name of a project's assembly: its own, except the program's.</summary>
    public static string AssemblyName(string project) => project == "Motion.Cli" ? "motion" : project;
}
