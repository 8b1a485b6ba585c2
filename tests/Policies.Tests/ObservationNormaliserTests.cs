namespace Motion.Policies.Tests;

public class ObservationNormaliserTests
{
    [Fact]
    public void Before_it_has_seen_anything_it_leaves_observations_as_they_are()
    {
        using DisposeScope scope = NewDisposeScope();
        using ObservationNormaliser normaliser = new(2);
        Assert.Equal([0.5f, -3], normaliser.Normalise(tensor((float[])[0.5f, -3])).data<float>().ToArray());
    }

    [Fact]
    public void What_comes_in_parts_gives_mean_0_and_deviation_1_of_the_whole()
    {
        using DisposeScope scope = NewDisposeScope();
        using ObservationNormaliser normaliser = new(1);

        // 1, 3, 5, 7: mean 4, variance (9 + 1 + 1 + 9)/4 = 5. 4 + √5 becomes 1; far away is cut to ±5.
        normaliser.Learn(tensor((float[])[1, 3]).view(2, 1));
        normaliser.Learn(tensor((float[])[5, 7]).view(2, 1));
        float[] normal = normaliser.Normalise(tensor((float[])[4, 4 + MathF.Sqrt(5), 1000, -1000]).view(4, 1)).data<float>().ToArray();
        Assert.Equal([0, 1, 5, -5], normal.Select(value => MathF.Round(value, 5)));
    }

    [Fact]
    public void What_was_saved_goes_on_the_same()
    {
        using DisposeScope scope = NewDisposeScope();
        using ObservationNormaliser first = new(1), second = new(1);
        first.Learn(tensor((float[])[1, 3]).view(2, 1));
        second.Load(first.Save());
        first.Learn(tensor((float[])[9, 1, 4]).view(3, 1));
        second.Learn(tensor((float[])[9, 1, 4]).view(3, 1));
        Assert.Equal(first.Save().data<double>().ToArray(), second.Save().data<double>().ToArray());
        Assert.Throws<ArgumentException>(() => new ObservationNormaliser(2).Load(first.Save()));
    }
}
