using System.Collections.Concurrent;
using System.Diagnostics;

namespace Motion.Viewer.Live;

/// <summary>
/// Runs a session on a thread of its own, in real time. It never waits for whoever draws: what is to be seen is published after every control step, and
/// what is to be done is taken from a queue between them. When a step takes longer than its time, time runs slower and <see cref="RealTimeFactor"/> says so.
/// </summary>
public sealed class LiveLoop : IDisposable
{
    // Time that is lost is not caught up with beyond this, s.
    private const double MostLate = 0.1;
    private readonly LiveSession _session;
    private readonly ConcurrentQueue<Action<LiveSession>> _commands = new();
    private readonly AutoResetEvent _wake = new(false);
    private readonly Thread _thread;
    private volatile LiveFrame _frame;
    private volatile bool _ends;
    private double _realTimeFactor = 1;
    private long _steps;

    /// <summary>Starts.</summary>
    /// <param name="session">The session; nothing else may touch it until this is disposed.</param>
    public LiveLoop(LiveSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        _session = session;
        _frame = session.Look();
        _thread = new Thread(Run) { IsBackground = true, Name = "live" };
        _thread.Start();
    }

    /// <summary>What is to be seen now.</summary>
    public LiveFrame Frame => _frame;

    /// <summary>Simulated seconds in a second of the clock, over the last second of running; of the pace that was wanted.</summary>
    public double RealTimeFactor => Volatile.Read(ref _realTimeFactor);

    /// <summary>Control steps that were made since it started, those stepped over again included.</summary>
    public long Steps => Volatile.Read(ref _steps);

    /// <summary>Does something to the session, soon, on its thread.</summary>
    /// <param name="command">What.</param>
    public void Do(Action<LiveSession> command)
    {
        _commands.Enqueue(command);
        _wake.Set();
    }

    /// <summary>Does something to the session and waits for what it gives.</summary>
    /// <param name="command">What.</param>
    /// <exception cref="MotionException">It failed.</exception>
    public T Ask<T>(Func<LiveSession, T> command)
    {
        TaskCompletionSource<T> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Do(session =>
        {
            try
            {
                answer.SetResult(command(session));
            }
            catch (Exception problem)
            {
                answer.SetException(problem);
            }
        });
        return answer.Task.GetAwaiter().GetResult();
    }

    /// <summary>Ends the thread; the session can be used again.</summary>
    public void Dispose()
    {
        _ends = true;
        _wake.Set();
        _thread.Join();
        _wake.Dispose();
    }

    private void Run()
    {
        RealTime time = new(_session.ControlRate);
        while (!_ends)
        {
            bool changed = false;
            while (_commands.TryDequeue(out Action<LiveSession>? command))
            {
                command(_session);
                changed = true;
            }

            if (_session.IsPaused)
            {
                time.Stop();
            }
            else if (time.IsDue(_session.Pace))
            {
                if (_session.Advance())
                {
                    Volatile.Write(ref _steps, _steps + 1);
                    Volatile.Write(ref _realTimeFactor, time.Note());
                }

                changed = true;
            }

            if (changed)
            {
                _frame = _session.Look();
            }
            else
            {
                _wake.WaitOne(_session.IsPaused ? Timeout.InfiniteTimeSpan : time.Wait());
            }
        }
    }

    /// <summary>When control steps are due.</summary>
    private sealed class RealTime(int rate)
    {
        private readonly Queue<(double At, double Simulated)> _done = new();
        private double _due = double.NaN;
        private double _pace = 1;

        private static double Now => (double)Stopwatch.GetTimestamp() / Stopwatch.Frequency;

        public void Stop()
        {
            _due = double.NaN;
            _done.Clear();
        }

        public bool IsDue(double pace)
        {
            double now = Now;
            _pace = pace;
            _due = double.IsNaN(_due) ? now : Math.Max(_due, now - MostLate);
            if (now < _due)
            {
                return false;
            }

            _due += 1 / (rate * pace);
            return true;
        }

        /// <summary>Notes a step; gives the real-time factor of the last second, as a share of the wanted pace.</summary>
        public double Note()
        {
            double now = Now;
            _done.Enqueue((now, 1 / (rate * _pace)));
            while (now - _done.Peek().At > 1)
            {
                _done.Dequeue();
            }

            double passed = now - _done.Peek().At;
            return passed < 0.2 ? 1 : (_done.Sum(step => step.Simulated) - _done.Peek().Simulated) / passed;
        }

        public TimeSpan Wait() => TimeSpan.FromMilliseconds(Math.Clamp(Math.Ceiling((_due - Now) * 1000), 0, 1000));
    }
}
