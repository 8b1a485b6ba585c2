using System.Collections.Immutable;
using System.Diagnostics;
using Motion.Sim.Physics;
using Motion.Sim.Skills;

namespace Motion.Policies.Skills;

/// <summary>
/// Lets a policy see in copies of its worlds where what it is told leads. Where that is a fall, it is told another skill for a moment first: the one on whose
/// way it stands longest. Where looks are waited for, the same worlds are guided the same way.
/// </summary>
public sealed class Lookahead : IDisposable
{
    // Worlds that are about to fall at a time are few.
    private const int WorldsPerWay = 64;

    private readonly SkillTask _task;
    private readonly LookaheadOptions _options;
    private readonly SkillForecast _asTold;
    private readonly SkillForecast _detours;
    private readonly ImmutableArray<Detour> _ways;
    private readonly int _steps;
    private readonly Guided[] _worlds;
    private Look? _pending;
    private long _step;

    /// <param name="engine">Makes worlds.</param>
    /// <param name="policy">Who acts; not disposed here.</param>
    /// <param name="task">The worlds that it acts in; not disposed here.</param>
    /// <param name="skills">What it may be told on the way: [skill][condition].</param>
    /// <param name="options">How it looks.</param>
    /// <exception cref="MotionException">Options are out of range.</exception>
    public Lookahead(IPhysicsEngine engine, SkillPolicy policy, SkillTask task, ImmutableArray<ReadOnlyMemory<float>> skills, LookaheadOptions options)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        (_task, _options) = (task, options);
        int StepsOf(float seconds) => Math.Max(1, (int)MathF.Round(seconds * task.Tracking.Options.ControlRate));
        _steps = StepsOf(options.Seconds);
        _ways = [.. options.DetourSeconds.SelectMany(seconds => Enumerable.Range(0, skills.Length).Select(skill => new Detour(skill, options.Delay, StepsOf(seconds))))];
        _asTold = new SkillForecast(engine, policy, task, skills, task.WorldCount);
        _detours = new SkillForecast(engine, policy, task, skills, _ways.Length * (1 + (task.WorldCount / WorldsPerWay)));
        _worlds = new Guided[task.WorldCount];
    }

    /// <summary>Whether looks are waited for; otherwise they go on beside, and are heeded when they are ready.</summary>
    public bool Waits { get; init; } = true;

    /// <summary>Times that a fall was seen ahead.</summary>
    public long Falls { get; private set; }

    /// <summary>Times that it was not seen any more on another way.</summary>
    public long Averted { get; private set; }

    /// <summary>Milliseconds that the last look took.</summary>
    public double Milliseconds { get; private set; }

    /// <summary>Tells worlds what leads them on: once every control step, before the policy acts.</summary>
    /// <param name="observations">What the worlds observe: [world × feature]; conditions are changed where there is a detour.</param>
    public void Guide(Span<float> observations)
    {
        for (int world = 0; world < _worlds.Length; world++)
        {
            Notice(world);
        }

        if (_pending is null && Due() is { Length: > 0 } due)
        {
            Begin(due);
        }

        Heed();
        for (int world = 0; world < _worlds.Length; world++)
        {
            Detour way = _worlds[world].Way;
            _asTold.Tell(observations.Slice(world * _task.ObservationCount, _task.ObservationCount), way);
            _worlds[world].Way = way.After(1);
        }

        _step++;
    }

    /// <summary>Forgets what it saw: the worlds were started anew.</summary>
    public void Restart()
    {
        Drop();
        Array.Clear(_worlds);
    }

    /// <summary>Where it stands, for <see cref="Restore"/>. A look that is under way is no part of it.</summary>
    public object Save() => (_step, (Guided[])_worlds.Clone());

    /// <summary>Goes on from where it stood once.</summary>
    public void Restore(object state)
    {
        (_step, Guided[] worlds) = ((long, Guided[]))state;
        worlds.CopyTo(_worlds, 0);
        Drop();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Drop();
        _asTold.Dispose();
        _detours.Dispose();
    }

    /// <summary>What is told anew is told at once, and looked at.</summary>
    private void Notice(int world)
    {
        ref Guided guided = ref _worlds[world];
        if (guided.Told is null || !_task.ToldTo(world).SequenceEqual(guided.Told))
        {
            guided = new Guided(_task.ToldTo(world).ToArray(), default, true);
        }
    }

    private int[] Due() => [.. Enumerable.Range(0, _worlds.Length).Where(world => _worlds[world].IsAnew || _step % _options.Every == 0)];

    private void Begin(int[] due)
    {
        (SkillSnapshot From, Detour Way)[] asTold = [.. due.Select(world => (_task.Snapshot(world), _worlds[world].Way))];
        foreach (int world in due)
        {
            _worlds[world].IsAnew = false;
        }

        Func<Detour?[]> look = () => Ways(asTold);
        _pending = new Look(due, [.. due.Select(world => _worlds[world].Told!)], Waits ? Task.FromResult(look()) : Task.Run(look), _step);
    }

    /// <summary>For each world another way to go, where that leads further.</summary>
    private Detour?[] Ways((SkillSnapshot From, Detour Way)[] asTold)
    {
        long began = Stopwatch.GetTimestamp();
        int[] stood = _asTold.Stood(asTold, _steps);
        int[] falling = [.. Enumerable.Range(0, stood.Length).Where(index => stood[index] > 0 && stood[index] < _steps)]; // who lies already falls no more
        int[] come = falling.Length == 0 ? [] : _detours.Stood([.. falling.SelectMany(index => _ways.Select(way => (asTold[index].From, way)))], _steps);
        Detour?[] found = new Detour?[stood.Length];
        for (int index = 0; index < falling.Length; index++)
        {
            // Of those that lead equally far the first is the shortest.
            ArraySegment<int> own = new(come, index * _ways.Length, _ways.Length);
            int furthest = Enumerable.Range(0, own.Count).MaxBy(way => own[way]);
            found[falling[index]] = own[furthest] > stood[falling[index]] ? _ways[furthest] : null;
            Averted += own[furthest] == _steps ? 1 : 0;
        }

        Falls += falling.Length;
        Milliseconds = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        return found;
    }

    /// <summary>Takes over what was found, less the steps that were done meanwhile, where the same is told still.</summary>
    private void Heed()
    {
        if (_pending is not { Found.IsCompleted: true } ready)
        {
            return;
        }

        _pending = null;
        Detour?[] found = ready.Found.GetAwaiter().GetResult();
        for (int index = 0; index < found.Length; index++)
        {
            ref Guided guided = ref _worlds[ready.Worlds[index]];
            if (found[index] is { } way && guided.Told == ready.Told[index])
            {
                guided.Way = way.After((int)(_step - ready.Step));
            }
        }
    }

    private void Drop()
    {
        _pending?.Found.Wait();
        _pending = null;
    }

    /// <summary>What a world is told, the way that it goes there, and whether nobody has looked yet.</summary>
    private record struct Guided(float[]? Told, Detour Way, bool IsAnew);

    private sealed record Look(int[] Worlds, float[][] Told, Task<Detour?[]> Found, long Step);
}
