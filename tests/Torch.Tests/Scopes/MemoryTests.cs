namespace Motion.Torch.Tests.Scopes;

public class MemoryTests
{
    [Fact]
    public void Training_leaves_no_memory_behind()
    {
        using var network = nn.Sequential(nn.Linear(64, 128), nn.ELU(), nn.LayerNorm(128), nn.Linear(128, 32));
        using var optimiser = optim.AdamW(network.parameters());
        using var x = randn(256, 64);
        void Train(int steps)
        {
            for (var step = 0; step < steps; step++)
            {
                using var scope = NewDisposeScope();
                optimiser.zero_grad();
                network.call(x).square().mean().backward();
                nn.utils.clip_grad_norm_(network.parameters(), 1);
                optimiser.step();
                Assert.Throws<TorchException>(() => x.matmul(x));
            }
        }

        Train(100);
        var (resident, managed) = Now();
        Train(1000);
        var (residentAfter, managedAfter) = Now();

        // The smallest thing a step makes that could stay behind is a gradient of 128 numbers; an activation is 256 times that.
        Assert.InRange((residentAfter - resident) / 1000.0, -100_000, 8_000);
        Assert.InRange((managedAfter - managed) / 1000.0, -1_000, 40);
    }

    [Fact]
    public void Tensors_that_nobody_disposed_are_collected()
    {
        Forget(10);
        Collect();
        var (resident, _) = Now();
        // 1,000 tensors of 1 MiB each.
        for (var round = 0; round < 20; round++)
        {
            Forget(50);
            Collect();
        }

        Assert.InRange(Now().Resident - resident, -200_000_000, 100_000_000);
    }

    [Fact]
    public void A_scope_that_was_forgotten_is_collected_with_its_tensors()
    {
        var resident = Now().Resident;
        for (var round = 0; round < 20; round++)
        {
            // A thread that ends without closing its scope leaves it to the collector.
            Thread thread = new(() =>
            {
                NewDisposeScope();
                for (var i = 0; i < 50; i++)
                {
                    ones(512, 512);
                }
            });
            thread.Start();
            thread.Join();
            Collect();
        }

        // The last threads' leftovers take a few collections more; all of them would be 1,000 MiB.
        Assert.InRange(Now().Resident - resident, -200_000_000, 400_000_000);
    }

    [Fact]
    public void Adding_allocates_the_tensor_object_alone()
    {
        using var scope = NewDisposeScope();
        using var unrecorded = no_grad();
        var (one, two) = (ones(1, 1), ones(1, 1));
        for (var i = 0; i < 1000; i++)
        {
            (one + two).Dispose();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            (one + two).Dispose();
        }

        // An object header and four fields.
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 1000, 24, 64);
    }

    private static void Forget(int count)
    {
        for (var i = 0; i < count; i++)
        {
            ones(512, 512);
        }
    }

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    private static (long Resident, long Managed) Now()
    {
        Collect();
        return (Environment.WorkingSet, GC.GetTotalMemory(forceFullCollection: true));
    }
}
