using Motion.Sim.Physics;

namespace Motion.Sim.Tests.Physics;

public sealed class WorldRandomTests
{
    [Fact]
    public void The_same_seed_world_and_episode_give_the_same_numbers()
    {
        WorldRandom first = new(7, 3, 2), second = new(7, 3, 2);

        Assert.Equal(Bits(ref first, 1000), Bits(ref second, 1000));
    }

    [Fact]
    public void No_number_is_shared_by_neighbouring_seeds_worlds_and_episodes()
    {
        HashSet<ulong> seen = [];
        for (ulong seed = 0; seed < 10; seed++)
        {
            for (int world = 0; world < 10; world++)
            {
                for (long episode = 0; episode < 10; episode++)
                {
                    WorldRandom random = new(seed, world, episode);
                    Assert.All(Bits(ref random, 50), bits => Assert.True(seen.Add(bits)));
                }
            }
        }
    }

    [Fact]
    public void Streams_of_neighbouring_worlds_are_uncorrelated()
    {
        const int count = 20_000;
        for (int world = 0; world < 20; world++)
        {
            WorldRandom here = new(1, world, 0), beside = new(1, world + 1, 0), later = new(1, world, 1);
            double besides = 0, laters = 0;
            for (int draw = 0; draw < count; draw++)
            {
                double value = here.NextFloat() - 0.5;
                besides += value * (beside.NextFloat() - 0.5);
                laters += value * (later.NextFloat() - 0.5);
            }

            // A product of two uniform numbers has deviation 1/12; the correlation of 20,000 pairs has deviation 1/√20000 = 0.0071.
            Assert.InRange(12 * besides / count, -0.03, 0.03);
            Assert.InRange(12 * laters / count, -0.03, 0.03);
        }
    }

    [Fact]
    public void Floats_fill_the_unit_interval_evenly()
    {
        WorldRandom random = new(5, 0, 0);
        int[] bins = new int[10];
        for (int draw = 0; draw < 100_000; draw++)
        {
            float value = random.NextFloat();
            Assert.InRange(value, 0, 0.99999994f);
            bins[(int)(10 * value)]++;
        }

        // 10,000 a bin, deviation 95.
        Assert.All(bins, count => Assert.InRange(count, 9_500, 10_500));
    }

    [Fact]
    public void Whole_numbers_stay_below_their_bound_and_all_occur()
    {
        WorldRandom random = new(5, 1, 0);
        int[] counts = new int[7];
        for (int draw = 0; draw < 7_000; draw++)
        {
            counts[random.NextInt(7)]++;
        }

        Assert.All(counts, count => Assert.InRange(count, 850, 1_150));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.NextInt(0));
    }

    [Fact]
    public void Gaussian_numbers_have_the_moments_of_the_normal_distribution()
    {
        WorldRandom random = new(5, 2, 0);
        const int count = 100_000;
        double sum = 0, squares = 0, fourths = 0;
        for (int draw = 0; draw < count; draw++)
        {
            double value = random.NextGaussian();
            (sum, squares, fourths) = (sum + value, squares + (value * value), fourths + (value * value * value * value));
        }

        // Mean 0 ± 0.003, variance 1 ± 0.0045, fourth moment 3 ± 0.03 (one deviation each).
        Assert.InRange(sum / count, -0.015, 0.015);
        Assert.InRange(squares / count, 0.98, 1.02);
        Assert.InRange(fourths / count, 2.85, 3.15);
    }

    [Fact]
    public void A_point_of_the_stream_can_be_returned_to()
    {
        WorldRandom random = new(5, 3, 0);
        Bits(ref random, 17);
        ulong mark = random.Drawn;
        ulong[] after = Bits(ref random, 5);

        random.Drawn = mark;

        Assert.Equal(17ul, mark);
        Assert.Equal(after, Bits(ref random, 5));
    }

    private static ulong[] Bits(ref WorldRandom random, int count)
    {
        ulong[] values = new ulong[count];
        for (int index = 0; index < count; index++)
        {
            values[index] = random.NextBits();
        }

        return values;
    }
}
