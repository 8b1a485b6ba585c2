using System.Runtime.InteropServices;

namespace Motion.Torch.Tests.Scopes;

public class MemoryTests
{
    [Fact]
    public void Training_leaves_no_memory_behind()
    {
        using var network = nn.Sequential(nn.Linear(16, 32), nn.ELU(), nn.LayerNorm(32), nn.Linear(32, 8));
        using var optimiser = optim.AdamW(network.parameters());
        using var x = randn(16, 16);
        void Train(int steps)
        {
            for (var step = 0; step < steps; step++)
            {
                using var scope = NewDisposeScope();
                optimiser.zero_grad();
                network.call(x).square().mean().backward();
                nn.utils.clip_grad_norm_(network.parameters(), 1);
                optimiser.step();
            }
        }

        // What the compiler of hot methods takes settles within the first steps.
        Train(1000);
        List<(double Native, double Managed)> growth = [];
        for (var window = 0; window < 5; window++)
        {
            var before = InUse();
            Train(1000);
            var after = InUse();
            growth.Add(((after.Native - before.Native) / 1000.0, (after.Managed - before.Managed) / 1000.0));
        }

        // The smallest tensor that a step makes takes more than 500 bytes with its description, in every window; what earlier tests left
        // is let go in one or two of them.
        Assert.InRange(growth.Select(bytes => bytes.Native).Order().ElementAt(2), -400, 400);
        Assert.InRange(growth.Select(bytes => bytes.Managed).Order().ElementAt(2), -20, 20);
    }

    [Fact]
    public void Errors_leave_no_memory_behind()
    {
        using var x = randn(64, 64);
        void Fail(int times)
        {
            for (var i = 0; i < times; i++)
            {
                Assert.ThrowsAny<ExternalException>(() => x.view(7, 7));
            }
        }

        Fail(500);
        var native = InUse().Native;
        Fail(2000);

        // What earlier tests left may be let go meanwhile.
        Assert.InRange((InUse().Native - native) / 2000.0, -10_000, 1000);
    }

    [Fact]
    public void Tensors_that_nobody_disposed_are_collected()
    {
        Forget(10);
        Collect();
        var resident = Resident();
        // 1,000 tensors of 1 MiB each.
        for (var round = 0; round < 20; round++)
        {
            Forget(50);
            Collect();
        }

        Assert.InRange(Resident() - resident, -200_000_000, 100_000_000);
    }

    [Fact]
    public void A_scope_that_was_forgotten_is_collected_with_its_tensors()
    {
        var resident = Resident();
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
        Assert.InRange(Resident() - resident, -200_000_000, 400_000_000);
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

    private static long Resident()
    {
        Collect();
        return Environment.WorkingSet;
    }

    /// <summary>Bytes that the C library and the managed heap have given out: unlike resident memory, without what they keep for later.</summary>
    private static (long Native, long Managed) InUse()
    {
        Collect();
        var info = MallocInfo();
        return ((long)(info.UsedBytes + info.MappedBytes), GC.GetTotalMemory(forceFullCollection: true));
    }

    [DllImport("libc", EntryPoint = "mallinfo2")]
    private static extern MallocInformation MallocInfo();

    /// <summary>struct mallinfo2 of malloc.h.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct MallocInformation
    {
        private readonly nuint arena, freeChunks, fastChunks, mappedChunks;
        internal readonly nuint MappedBytes;
        private readonly nuint unused, fastBytes;
        internal readonly nuint UsedBytes;
        private readonly nuint freeBytes, releasable;
    }
}
