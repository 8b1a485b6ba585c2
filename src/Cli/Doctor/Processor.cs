using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Text.Json.Nodes;
using Arm = System.Runtime.Intrinsics.Arm;

namespace Motion.Cli.Doctor;

/// <summary>Looks at the processor as .NET sees it.</summary>
internal static class Processor
{
    /// <summary>Model, number of processors and instruction sets.</summary>
    public static Component Look()
    {
        string[] sets = [.. InstructionSets().Where(set => set.Supported).Select(set => set.Name)];
        return new()
        {
            Key = "cpu",
            Name = "processor",
            Required = true,
            WithoutIt = "without AVX2 or NEON the physics steps fewer worlds at a time",
            Present = true,
            Version = Model(),
            Remark = $"{Environment.ProcessorCount} processors; {string.Join(", ", sets)}; {Vector<float>.Count} floats at a time",
            Details = new Dictionary<string, JsonNode?>
            {
                ["processors"] = Environment.ProcessorCount,
                ["architecture"] = RuntimeInformation.ProcessArchitecture.ToString(),
                ["instruction_sets"] = new JsonArray([.. sets.Select(set => JsonValue.Create(set))]),
                ["vector_floats"] = Vector<float>.Count,
                ["vector512_accelerated"] = Vector512.IsHardwareAccelerated,
            },
        };
    }

    private static (string Name, bool Supported)[] InstructionSets() =>
    [
        ("SSE4.2", Sse42.IsSupported),
        ("AVX", Avx.IsSupported),
        ("AVX2", Avx2.IsSupported),
        ("FMA", Fma.IsSupported),
        ("AVX-512F", Avx512F.IsSupported),
        ("AVX-512BW", Avx512BW.IsSupported),
        ("AVX-512DQ", Avx512DQ.IsSupported),
        ("AVX-512VBMI", Avx512Vbmi.IsSupported),
        ("NEON", Arm.AdvSimd.IsSupported),
    ];

    private static string Model()
    {
        const string Information = "/proc/cpuinfo";
        string? line = File.Exists(Information)
            ? File.ReadLines(Information).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line is null ? RuntimeInformation.ProcessArchitecture.ToString() : line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }
}
