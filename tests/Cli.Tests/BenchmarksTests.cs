using System.Reflection;
using BenchmarkDotNet.Attributes;

namespace Motion.Cli.Tests;

/// <summary>A benchmark that no longer runs measures nothing: each is run, for its smallest parameters.</summary>
public class BenchmarksTests
{
    private static readonly Type[] All =
        [.. Assembly.Load("Motion.Benchmarks").GetTypes().Where(type => Methods<BenchmarkAttribute>(type).Any())];

    public static TheoryData<Type> Classes => [.. All];

    [Fact]
    public void There_is_one_of_each_tier() => Assert.Equal(
        ["Macro", "Micro", "Middle"], All.Select(type => type.Namespace!.Split('.')[^1]).Distinct().Order());

    [Theory]
    [MemberData(nameof(Classes))]
    public void Every_benchmark_runs(Type type)
    {
        object benchmark = Activator.CreateInstance(type)!;
        foreach (PropertyInfo property in type.GetProperties())
        {
            property.SetValue(benchmark, property.GetCustomAttribute<ParamsAttribute>()!.Values[0]);
        }

        int ran = 0;
        Call<GlobalSetupAttribute>(benchmark);
        foreach (MethodInfo method in Methods<BenchmarkAttribute>(type))
        {
            method.Invoke(benchmark, null);
            method.Invoke(benchmark, null); // and again: it must not consume what it works on
            ran++;
        }

        Call<GlobalCleanupAttribute>(benchmark);
        Assert.True(ran > 0);
    }

    private static void Call<T>(object benchmark)
        where T : Attribute
    {
        foreach (MethodInfo method in Methods<T>(benchmark.GetType()))
        {
            method.Invoke(benchmark, null);
        }
    }

    private static IEnumerable<MethodInfo> Methods<T>(Type type)
        where T : Attribute => type.GetMethods().Where(method => method.IsDefined(typeof(T)));
}
