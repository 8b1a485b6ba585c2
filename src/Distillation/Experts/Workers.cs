using System.Collections.Concurrent;
using static TorchSharp.torch;

namespace Motion.Distillation.Experts;

/// <summary>
/// Threads that tensors are computed on, each operator on one thread: work is shared out in pieces of a fixed number, so that results do not
/// depend on which thread takes which.
/// </summary>
public sealed class Workers : IDisposable
{
    private readonly BlockingCollection<Action> _queue = [];
    private readonly Thread[] _threads;

    /// <param name="count">Number of threads.</param>
    public Workers(int count)
    {
        _threads = [.. Enumerable.Range(0, count).Select(index => new Thread(Serve) { IsBackground = true, Name = $"learner {index}" })];
        foreach (Thread thread in _threads)
        {
            thread.Start();
        }
    }

    /// <summary>Number of threads.</summary>
    public int Count => _threads.Length;

    /// <summary>Gives one thread something to do and returns at once; the task ends with it.</summary>
    public Task Start(Action work)
    {
        TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _queue.Add(() =>
        {
            try
            {
                work();
                done.SetResult();
            }
            catch (Exception problem)
            {
                done.SetException(problem);
            }
        });
        return done.Task;
    }

    /// <summary>Does pieces of work on the threads that are free, and returns when all are done.</summary>
    /// <param name="pieces">How many pieces.</param>
    /// <param name="work">Does one, given its number.</param>
    public void Run(int pieces, Action<int> work)
    {
        Task[] tasks = new Task[pieces];
        for (int piece = 0; piece < pieces; piece++)
        {
            int own = piece;
            tasks[piece] = Start(() => work(own));
        }

        foreach (Task task in tasks)
        {
            task.GetAwaiter().GetResult();
        }
    }

    /// <summary>Ends the threads when what was given to them is done.</summary>
    public void Dispose()
    {
        _queue.CompleteAdding();
        foreach (Thread thread in _threads)
        {
            thread.Join();
        }

        _queue.Dispose();
    }

    private void Serve()
    {
        // Of the calling thread alone: the counts of OpenMP are kept by thread.
        set_num_threads(1);
        foreach (Action work in _queue.GetConsumingEnumerable())
        {
            work();
        }
    }
}
