using System.Runtime.InteropServices;

namespace Motion.Torch.Tests.Random;

public sealed class SeedTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    public static TheoryData<string> Draws => [.. ByGenerator.Keys];

    private static Dictionary<string, Func<Generator?, Tensor>> ByGenerator => new()
    {
        ["rand"] = generator => rand(50, generator: generator),
        ["randn"] = generator => randn([5, 10], generator: generator),
        ["randint"] = generator => randint(-3, 1000, [50], generator: generator),
        ["randperm"] = generator => randperm(50, generator: generator),
        ["multinomial"] = generator => ones(50).multinomial(20, generator: generator),
        ["bernoulli"] = generator => bernoulli(full(200, 0.5), generator),
        ["normal_"] = generator => zeros(50).normal_(generator: generator),
        ["uniform_"] = generator => zeros(50).uniform_(0, 1, generator),
        ["exponential_"] = generator => zeros(50).exponential_(generator: generator),
        ["bernoulli_"] = generator => zeros(200).bernoulli_(0.5, generator),
    };

    [Theory]
    [MemberData(nameof(Draws))]
    public void The_same_seed_gives_the_same_numbers_whatever_other_generators_do(string name)
    {
        var draw = ByGenerator[name];
        using Generator first = new(42), second = new(42), other = new(43);
        var expected = draw(first);
        randn(100);
        var different = draw(other);
        Expect.Exactly(expected, draw(second));
        Assert.False(expected.Equals(different));
        Assert.False(expected.Equals(draw(first)));
    }

    [Theory]
    [MemberData(nameof(Draws))]
    public void The_common_seed_governs_draws_without_a_generator(string name)
    {
        var draw = ByGenerator[name];
        manual_seed(5);
        var expected = draw(null);
        manual_seed(5);
        Expect.Exactly(expected, draw(null));
    }

    [Fact]
    public void A_generator_leaves_the_common_one_alone()
    {
        manual_seed(5);
        var expected = randn(10);
        manual_seed(5);
        using Generator own = new(9);
        randn(10, generator: own);
        Expect.Exactly(expected, randn(10));
    }

    [Fact]
    public void A_state_is_continued()
    {
        using Generator generator = new(42), other = new(1);
        randn(13, generator: generator);
        var state = generator.get_state();
        var expected = randn(10, generator: generator);
        other.set_state(state);
        Expect.Exactly(expected, randn(10, generator: other));
        generator.manual_seed(42);
        Assert.Equal(42, generator.initial_seed());

        manual_seed(3);
        var common = get_rng_state();
        expected = rand(5);
        set_rng_state(common);
        Expect.Exactly(expected, rand(5));
        Assert.ThrowsAny<ExternalException>(() => generator.set_state(zeros(3)));
    }

    [Fact]
    public void Draws_have_the_distribution_that_they_name()
    {
        using Generator generator = new(1);
        var even = rand(20_000, generator: generator);
        Assert.InRange(even.mean().ToDouble(), 0.49, 0.51);
        Assert.InRange(even.min().ToDouble(), 0, 0.001);
        Assert.InRange(even.max().ToDouble(), 0.999, 1);
        var normal = randn(20_000, generator: generator);
        Assert.InRange(normal.mean().ToDouble(), -0.03, 0.03);
        Assert.InRange(normal.std().ToDouble(), 0.98, 1.02);
        var whole = randint(2, 5, [20_000], generator: generator);
        Expect.Elements([2, 4], stack([whole.min(), whole.max()]));
        Assert.Equal(ScalarType.Int64, whole.dtype);
        Expect.Exactly(arange(100), randperm(100, generator: generator).sort().Values);
        Assert.InRange(zeros(20_000).exponential_(2, generator).mean().ToDouble(), 0.48, 0.52);
        // Weights 1 : 3.
        var drawn = tensor(new[] { 1f, 3f }).multinomial(20_000, replacement: true, generator);
        Assert.InRange(drawn.@float().mean().ToDouble(), 0.73, 0.77);
        Assert.InRange(zeros(20_000).bernoulli_(0.3, generator).mean().ToDouble(), 0.28, 0.32);
        Assert.InRange(zeros(20_000).uniform_(-2, 4, generator).mean().ToDouble(), 0.9, 1.1);
        Assert.InRange(zeros(20_000).normal_(5, 2, generator).std().ToDouble(), 1.96, 2.04);
        Assert.InRange(randn_like(normal).std().ToDouble(), 0.98, 1.02);
        Assert.InRange(rand_like(normal).mean().ToDouble(), 0.49, 0.51);
        Assert.Equal([3], empty_like(zeros(3)).shape);
    }
}
