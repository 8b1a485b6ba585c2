namespace Motion.Sim.Physics;

/// <summary>
/// Random numbers of one world in one episode. They are a function of (seed, world, episode, how many were drawn) alone, so a world's
/// numbers depend neither on how many worlds there are nor on which thread asks, and any point of the stream can be returned to.
/// </summary>
/// <remarks>
/// The n-th number is the SplitMix64 finaliser of key + n·γ, with the key the same finaliser folded over seed, world and episode
/// (Steele, Lea and Flood, Fast Splittable Pseudorandom Number Generators, OOPSLA 2014). A value type: copies go on independently.
/// </remarks>
public struct WorldRandom
{
    private const ulong Gamma = 0x9E3779B97F4A7C15;

    private readonly ulong key;

    /// <summary>Starts the stream of one world in one episode.</summary>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="world">Index of the world.</param>
    /// <param name="episode">How many episodes the world has begun before.</param>
    public WorldRandom(ulong seed, int world, long episode)
    {
        key = Mix(Mix(Mix(seed + Gamma) ^ (ulong)world) ^ (ulong)episode);
        Drawn = 0;
    }

    /// <summary>How many numbers were drawn. Setting it moves to that point of the stream.</summary>
    public ulong Drawn { readonly get; set; }

    /// <summary>64 random bits.</summary>
    public ulong NextBits() => Mix(key + (++Drawn * Gamma));

    /// <summary>Uniform in [0, 1), a multiple of 2⁻²⁴.</summary>
    public float NextFloat() => (NextBits() >> 40) * (1f / (1 << 24));

    /// <summary>Uniform in [<paramref name="low"/>, <paramref name="high"/>].</summary>
    public float NextFloat(float low, float high) => low + ((high - low) * NextFloat());

    /// <summary>Uniform in 0 … <paramref name="bound"/> − 1; uneven by less than 2⁻³².</summary>
    /// <exception cref="ArgumentOutOfRangeException">The bound is not positive.</exception>
    public int NextInt(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        return (int)Math.BigMul(NextBits(), (ulong)bound, out _);
    }

    /// <summary>Normally distributed with mean 0 and deviation 1 (Box and Muller 1958); draws two numbers.</summary>
    public float NextGaussian()
    {
        double radius = Math.Sqrt(-2 * Math.Log(((NextBits() >> 11) + 1) * (1.0 / (1UL << 53))));
        return (float)(radius * Math.Cos(2 * Math.PI * ((NextBits() >> 11) * (1.0 / (1UL << 53)))));
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
