using System.Reflection;
using Motion.Sim.Physics;
using Motion.Sim.Physics.Wide;
using Motion.Testing;
using Xunit.Sdk;

namespace Motion.Sim.Tests.Physics;

/// <summary>The engines that every test of physics runs on: another engine is one more line here.</summary>
internal static class Engines
{
    public static IReadOnlyList<IPhysicsEngine> All { get; } = [new WideEngine()];

    public static IPhysicsEngine Named(string name) => All.Single(engine => engine.Name == name);
}

public class EnginesTests
{
    [Fact]
    public void Engines_are_told_apart_by_their_names() => Assert.Distinct(Engines.All.Select(engine => engine.Name));

    [RequiresFact("BepuPhysics")]
    public void The_engine_on_bepu_is_tested_as_the_others_are() => Assert.Contains(Engines.All, engine => engine.Name == "bepu");
}

/// <summary>Cases of a theory: the name of every engine, followed by the arguments given here.</summary>
/// <param name="rest">Arguments after the engine's name.</param>
[DataDiscoverer("Xunit.Sdk.DataDiscoverer", "xunit.core")]
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class EveryEngineAttribute(params object[] rest) : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => Engines.All.Select(engine => (object[])[engine.Name, .. rest]);
}
