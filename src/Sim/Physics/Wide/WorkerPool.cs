namespace Motion.Sim.Physics.Wide;

/// <summary>Threads that share out numbered pieces of work, without allocating. The caller's thread works too.</summary>
internal sealed class WorkerPool : IDisposable
{
    private readonly Action<int, int> work;
    private readonly Thread[] threads;
    private readonly Semaphore start = new(0, int.MaxValue);
    private readonly Semaphore finished = new(0, int.MaxValue);
    private int pieces;
    private int next;
    private bool stopped;
    private Exception? failure;

    /// <param name="threadCount">Threads in all, the caller's included.</param>
    /// <param name="work">Does one piece: (thread, piece).</param>
    public WorkerPool(int threadCount, Action<int, int> work)
    {
        this.work = work;
        threads = new Thread[threadCount - 1];
        for (int index = 0; index < threads.Length; index++)
        {
            int thread = index + 1;
            threads[index] = new Thread(() => Serve(thread)) { IsBackground = true, Name = $"worlds {thread}" };
            threads[index].Start();
        }
    }

    /// <summary>Does all pieces and returns when the last is done.</summary>
    public void Run(int count)
    {
        pieces = count;
        Volatile.Write(ref next, 0);
        int helpers = Math.Min(threads.Length, count - 1);
        if (helpers > 0)
        {
            start.Release(helpers);
        }

        TakePieces(0);
        for (int helper = 0; helper < helpers; helper++)
        {
            finished.WaitOne();
        }

        if (failure is Exception exception)
        {
            failure = null;
            throw new InvalidOperationException("a worker thread failed", exception);
        }
    }

    public void Dispose()
    {
        Volatile.Write(ref stopped, true);
        start.Release(Math.Max(1, threads.Length));
        foreach (Thread thread in threads)
        {
            thread.Join();
        }

        start.Dispose();
        finished.Dispose();
    }

    private void Serve(int thread)
    {
        while (true)
        {
            start.WaitOne();
            if (Volatile.Read(ref stopped))
            {
                return;
            }

            TakePieces(thread);
            finished.Release();
        }
    }

    private void TakePieces(int thread)
    {
        try
        {
            for (int piece = Interlocked.Increment(ref next) - 1; piece < pieces; piece = Interlocked.Increment(ref next) - 1)
            {
                work(thread, piece);
            }
        }
        catch (Exception exception) when (thread > 0)
        {
            failure = exception;
        }
    }
}
