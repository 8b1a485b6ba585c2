namespace Motion.Torch.Tests.Optimisers;

public sealed class ScheduleTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();
    private readonly optim.Optimizer optimiser = optim.SGD([nn.Parameter(ones(1))], 8);

    public void Dispose()
    {
        optimiser.Dispose();
        scope.Dispose();
    }

    [Fact]
    public void Rates_drop_by_a_factor_every_so_many_epochs() =>
        Follow([8, 8, 4, 4, 2], optim.lr_scheduler.StepLR(optimiser, 2, 0.5));

    [Fact]
    public void Rates_drop_at_milestones() =>
        Follow([8, 4, 4, 2, 2], optim.lr_scheduler.MultiStepLR(optimiser, [1, 3], 0.5));

    [Fact]
    public void Rates_decay_exponentially() => Follow([8, 4, 2, 1], optim.lr_scheduler.ExponentialLR(optimiser, 0.5));

    [Fact]
    public void Rates_follow_a_function() => Follow([0, 8, 16], optim.lr_scheduler.LambdaLR(optimiser, epoch => epoch));

    [Fact]
    public void Rates_go_evenly_from_one_factor_to_another_and_stay() =>
        Follow([2, 4, 6, 8, 8], optim.lr_scheduler.LinearLR(optimiser, 0.25, 1, 3));

    // Half a cosine from 8 to 2 within 4 epochs: 5 ± 3, 5 ± 3 / √2, 5.
    [Fact]
    public void Rates_follow_half_a_cosine() =>
        Follow([8, 5 + (3 / Math.Sqrt(2)), 5, 5 - (3 / Math.Sqrt(2)), 2], optim.lr_scheduler.CosineAnnealingLR(optimiser, 4, 2));

    [Fact]
    public void A_warm_up_goes_over_into_a_decay()
    {
        var warmUp = optim.lr_scheduler.LinearLR(optimiser, 0.5, 1, 2);
        var decay = optim.lr_scheduler.ExponentialLR(optimiser, 0.5);
        Follow([4, 6, 8, 4, 2], optim.lr_scheduler.SequentialLR(optimiser, [warmUp, decay], [2]));
        Assert.Throws<ArgumentException>(() => optim.lr_scheduler.SequentialLR(optimiser, [warmUp, decay], [1, 2]));
    }

    [Fact]
    public void A_schedule_goes_on_after_the_last_epoch()
    {
        Follow([2, 1], optim.lr_scheduler.ExponentialLR(optimiser, 0.5, last_epoch: 1));
        var jumping = optim.lr_scheduler.ExponentialLR(optimiser, 0.5);
        jumping.step(3);
        Assert.Equal([1], jumping.get_last_lr());
    }

    private void Follow(double[] rates, optim.lr_scheduler.LRScheduler schedule)
    {
        foreach (var (rate, epoch) in rates.Select((rate, epoch) => (rate, epoch)))
        {
            Assert.Equal(rate, optimiser.ParamGroups.Single().LearningRate, 9);
            Assert.Equal(rate, schedule.get_last_lr().Single(), 9);
            schedule.step();
        }
    }
}
