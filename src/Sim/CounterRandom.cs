using System.Runtime.CompilerServices;

namespace Motion.Sim;

/// <summary>
/// Random numbers by counting: the number at a place depends on the key and the place alone, so any thread may draw any part and a run is
/// continued by remembering where it stood. The mixing is that of SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number
/// generators", 2014), which passes BigCrush.
/// </summary>
/// <param name="key">Which sequence.</param>
public readonly struct CounterRandom(ulong key)
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    /// <summary>A sequence of its own for a purpose within a seed: different purposes share no numbers in practice.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="purpose">A constant for each use.</param>
    public static CounterRandom For(ulong seed, ulong purpose) => new(Mix(seed + (Golden * (purpose + 1))));

    /// <summary>64 random bits at a place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Bits(ulong place) => Mix(key + (Golden * (place + 1)));

    /// <summary>Even over [0, 1), in steps of 2⁻²⁴.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Uniform(ulong place) => (Bits(place) >> 40) * (1f / (1 << 24));

    /// <summary>Even over 0 … count − 1.</summary>
    public int Below(ulong place, int count) => (int)(((Bits(place) >> 32) * (ulong)count) >> 32);

    /// <summary>Fills with normal numbers of mean 0 and deviation 1 (Box and Muller), those from an even place on.</summary>
    /// <param name="place">Place of the first.</param>
    /// <param name="values">Result; an odd length draws one that is not used.</param>
    public void Normal(ulong place, Span<float> values)
    {
        for (int index = 0; index < values.Length; index += 2)
        {
            ulong bits = Bits(place + ((ulong)index / 2));
            float radius = MathF.Sqrt(-2 * MathF.Log(((bits >> 40) + 1) * (1f / (1 << 24))));
            (float sine, float cosine) = MathF.SinCos((uint)(bits & 0xFFFFFF) * (MathF.Tau / (1 << 24)));
            values[index] = radius * cosine;
            if (index + 1 < values.Length)
            {
                values[index + 1] = radius * sine;
            }
        }
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
