using BenchmarkDotNet.Attributes;
using Motion.Sim.Characters;
using Motion.Sim.Physics;
using Motion.Sim.Physics.Wide;

namespace Motion.Benchmarks.Middle;

/// <summary>One control step of a batch of humanoids, lying where they fell: contacts included. Divide by the worlds for the cost of one.</summary>
[MemoryDiagnoser]
public class Physics
{
    private IWorldBatch _batch = null!;

    /// <summary>Worlds in the batch: fewer than a vector has lanes, one vector, many.</summary>
    [Params(1, 16, 1024)]
    public int Worlds { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _batch = new WideEngine().CreateBatch(new Scene { Character = CharacterLibrary.Humanoid() }, new BatchOptions { WorldCount = Worlds });
        for (int step = 0; step < 30; step++)
        {
            _batch.Step();
        }
    }

    [GlobalCleanup]
    public void CleanUp() => _batch.Dispose();

    [Benchmark]
    public void Step() => _batch.Step();
}
