using Motion.Distillation.Planning;
using Motion.Policies.Planning;
using Motion.Sim;
using Motion.Sim.Tests.Tracking;
using Motion.Testing;

namespace Motion.Distillation.Tests.Planning;

public sealed class RolloutShardsTests : IDisposable
{
    private const int Window = 8;
    private static readonly StateLayout Layout = new(TestMotions.Humanoid);
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_that_was_left_half_done_is_gone_on_with()
    {
        using ToySource source = new();
        using CancellationTokenSource stop = new();
        Assert.Throws<OperationCanceledException>(() => RolloutShards.Write(source, ToySource.Options, _folder.Root, _ => stop.Cancel(), stop.Token));
        Assert.Equal(1, source.Rolled);
        List<long> told = [];
        RolloutShards.Write(source, ToySource.Options, _folder.Root, told.Add, CancellationToken.None);
        Assert.Equal(3, source.Rolled);
        Assert.Equal([288, 576, 864], told);
    }

    [Fact]
    public void Rollouts_of_another_source_are_not_gone_on_with()
    {
        Write();
        using ToySource other = new() { Description = "other toys" };
        InputException problem = Assert.Throws<InputException>(() => RolloutShards.Write(other, ToySource.Options, _folder.Root, _ => { }, CancellationToken.None));
        Assert.Contains("(toys) than what is asked for now (other toys)", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Windows_hold_what_was_rolled_out_and_end_with_their_trajectory()
    {
        Write();
        using MappedRollouts data = new([_folder.Root], Layout, Window, RolloutPart.Learned);
        Assert.Equal(2 * 288, data.Transitions);
        Assert.Equal(["slow", "fast"], data.Skills);

        // Of a world's 48 steps, windows of 8 with the state after them begin at 40. Where a fall cuts them, 21 and 27 steps: all but the last of the
        // first part (a fall fills up what is missing), and 27 − 8 = 19 of the other. Four worlds of the one kind and two of the other, in two files.
        Assert.Equal(2 * ((4 * 40) + (2 * (20 + 19))), data.Windows);
        WindowBatch batch = new(400, Window, Layout.Count, Layout.Actions);
        data.Draw(new CounterRandom(5), batch);
        int fell = 0;
        for (int window = 0; window < batch.Windows; window++)
        {
            float[] alive = batch.Alive[(window * Window)..((window + 1) * Window)], acted = batch.Acted[(window * Window)..((window + 1) * Window)];
            Assert.Equal(alive.OrderDescending(), alive);
            float[] first = State(batch, window, 0);
            Assert.Equal(1f, Sum(first[0], first[1], first[2]), 0.02f);
            for (int step = 0; step < Window; step++)
            {
                // Past a fall the last state stays.
                Assert.Equal(alive[step] == 0, State(batch, window, step + 1).SequenceEqual(State(batch, window, step)));
            }

            fell += alive[^1] == 0 ? 1 : 0;
            Assert.True(alive[^1] == 1 || acted.Sum() == 0, "what is done in the last third of a second before a fall is not learned");
        }

        Assert.InRange(fell, 10, 150);
    }

    [Fact]
    public void What_is_held_back_is_not_learned_from_and_a_share_is_the_first_files()
    {
        Write();
        using MappedRollouts held = new([_folder.Root], Layout, Window, RolloutPart.Held), half = new([_folder.Root], Layout, Window, RolloutPart.Learned, 0.5);
        Assert.Equal((288L, 288L), (held.Transitions, half.Transitions));
        WindowBatch one = new(4, Window, Layout.Count, Layout.Actions), other = new(4, Window, Layout.Count, Layout.Actions);
        held.Draw(new CounterRandom(5), one);
        half.Draw(new CounterRandom(5), other);
        Assert.NotEqual(one.States, other.States);
    }

    [Fact]
    public void A_damaged_or_missing_file_is_named_with_what_to_do()
    {
        Assert.Contains("found 0; './motion train planner' makes some", Assert.Throws<InputException>(() => new MappedRollouts([_folder.Root], Layout, Window, RolloutPart.Learned)).Message, StringComparison.Ordinal);
        Write();
        File.WriteAllText(RolloutShards.PathOf(_folder.Root, 0), "no tensors");
        InputException problem = Assert.Throws<InputException>(() => new MappedRollouts([_folder.Root], Layout, Window, RolloutPart.Learned));
        Assert.Contains("shard-0000.safetensors", problem.Message, StringComparison.Ordinal);
        Assert.Contains("delete it", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rollouts_of_another_character_are_refused()
    {
        Write();
        StateLayout giant = new(TestMotions.Humanoid with { Name = "giant", Bodies = [.. TestMotions.Humanoid.Bodies.Select(body => body with { Position = 2 * body.Position })] });
        Assert.Contains(
            "of character 'humanoid', another one than 'giant'", Assert.Throws<InputException>(() => new MappedRollouts([_folder.Root], giant, Window, RolloutPart.Learned)).Message, StringComparison.Ordinal);
    }

    private static float[] State(WindowBatch batch, int window, int step) => batch.States.AsSpan(((window * (Window + 1)) + step) * Layout.Count, Layout.Count).ToArray();

    // sin t, sin (t + 1) and sin (t + 2) belong to one t: cos t follows from the first two, and the third from both.
    private static float Sum(float first, float second, float third)
    {
        float cosine = (second - (first * MathF.Cos(1))) / MathF.Sin(1);
        float expected = (first * MathF.Cos(2)) + (cosine * MathF.Sin(2));
        return 1 + (third - expected);
    }

    private void Write()
    {
        using ToySource source = new();
        RolloutShards.Write(source, ToySource.Options, _folder.Root, _ => { }, CancellationToken.None);
    }
}
