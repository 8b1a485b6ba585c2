using BenchmarkDotNet.Attributes;
using Motion.Sim.Clips;
using Motion.Sim.Clips.Readers;
using Motion.Testing;

namespace Motion.Benchmarks.Middle;

/// <summary>Reading a shipped clip (30 frames a second, 31 joints).</summary>
[MemoryDiagnoser]
public class ClipFiles
{
    private readonly string _path = Repository.PathOf("motions", "walk_forward.bvh");

    [Benchmark]
    public RawClip ReadBvh() => BvhReader.Read(_path);
}
