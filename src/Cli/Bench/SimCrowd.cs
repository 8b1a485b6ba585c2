using System.Diagnostics;
using Motion.Sim.Characters;
using Motion.Sim.Physics;

namespace Motion.Cli.Bench;

/// <summary>How many physics steps of one world are done.</summary>
/// <param name="PerSecond">In a second that goes by.</param>
/// <param name="PerProcessorSecond">In a second of a processor's time: what other programs do meanwhile does not count.</param>
internal readonly record struct SimRate(double PerSecond, double PerProcessorSecond)
{
    /// <summary>The higher of each.</summary>
    public SimRate Best(SimRate other) => new(Math.Max(PerSecond, other.PerSecond), Math.Max(PerProcessorSecond, other.PerProcessorSecond));
}

/// <summary>Worlds of our engine that go through a scenario of the physics benchmark.</summary>
internal sealed class SimCrowd : IDisposable
{
    private readonly SimScenario scenario;
    private readonly ulong seed;
    private readonly IWorldBatch batch;
    private readonly int[] age;
    private readonly int[] episode;
    private readonly int[] ended;
    private readonly float[] controls;
    private readonly float[] poses;
    private readonly float[] velocities;
    private readonly float[] rest;
    private readonly float[] turn;
    private long steps;
    private TimeSpan spent;
    private TimeSpan worked;

    /// <summary>Starts every world, each at another age so that their episodes do not end together.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="scenario">What the worlds go through.</param>
    /// <param name="options">How they are stepped.</param>
    /// <param name="seed">Seed of targets and poses.</param>
    public SimCrowd(IPhysicsEngine engine, SimScenario scenario, BatchOptions options, int seed)
    {
        this.scenario = scenario;
        this.seed = (ulong)seed;
        Character humanoid = CharacterLibrary.Humanoid();
        batch = engine.CreateBatch(new Scene { Character = humanoid }, options);
        age = [.. Enumerable.Range(0, options.WorldCount).Select(world => (int)((long)world * SimScenario.EpisodeSteps / options.WorldCount))];
        episode = new int[options.WorldCount];
        ended = [.. Enumerable.Range(0, options.WorldCount)];
        controls = new float[batch.ControlCount * options.WorldCount];
        rest = PositionVector.Rest(humanoid);
        turn = new float[humanoid.VelocityCount];
        poses = new float[options.WorldCount * rest.Length];
        velocities = new float[options.WorldCount * turn.Length];
        Begin(options.WorldCount);
    }

    /// <summary>Contacts that push now, in the mean over the worlds.</summary>
    public double ContactsPerWorld => (double)batch.ContactCount / batch.WorldCount;

    /// <summary>Worlds in a vector.</summary>
    public int Lanes => batch.Options.Lanes;

    /// <summary>Bytes that one world occupies.</summary>
    public long BytesPerWorld => batch.BytesPerWorld;

    /// <summary>Worlds that failed in all control steps.</summary>
    public long Failures => batch.FailureCount;

    /// <summary>Runs some control steps that nobody times.</summary>
    public void WarmUp(int controlSteps)
    {
        for (int step = 0; step < controlSteps; step++)
        {
            Step();
        }
    }

    /// <summary>Runs control steps for a while and tells how fast they were.</summary>
    /// <param name="seconds">Processor time at least; one control step when 0.</param>
    /// <param name="cancellation">Stops between control steps.</param>
    public SimRate Measure(double seconds, CancellationToken cancellation)
    {
        (spent, worked) = (TimeSpan.Zero, TimeSpan.Zero);
        long done = 0;
        do
        {
            cancellation.ThrowIfCancellationRequested();
            Step();
            done += (long)batch.WorldCount * batch.Options.StepsPerControl;
        }
        while (worked.TotalSeconds < seconds);
        return new(done / spent.TotalSeconds, done / worked.TotalSeconds);
    }

    /// <summary>
    /// One control step; how long setting the controls, stepping and resetting took. Drawing random numbers is not counted.
    /// </summary>
    public TimeSpan Step()
    {
        TimeSpan before = spent;
        Draw();
        Time(() =>
        {
            batch.SetControls(controls);
            batch.Step();
        });
        Begin(FindEnded());
        return spent - before;
    }

    /// <inheritdoc/>
    public void Dispose() => batch.Dispose();

    private void Draw()
    {
        WorldRandom random = new(seed, -1, steps++);
        for (int index = 0; scenario.TargetBound > 0 && index < controls.Length; index++)
        {
            controls[index] = random.NextFloat(-scenario.TargetBound, scenario.TargetBound);
        }
    }

    private int FindEnded()
    {
        ReadOnlySpan<float> heights = batch.Positions.Slice(2 * batch.WorldCount, batch.WorldCount);
        int count = 0;
        for (int world = 0; world < batch.WorldCount; world++)
        {
            if (++age[world] >= SimScenario.EpisodeSteps || heights[world] < scenario.FallHeight)
            {
                (age[world], ended[count]) = (0, world);
                count++;
            }
        }

        return count;
    }

    /// <summary>Begins new episodes in the first worlds of the list.</summary>
    private void Begin(int count)
    {
        for (int index = 0; index < count; index++)
        {
            WorldRandom random = new(seed, ended[index], episode[ended[index]]++);
            Span<float> pose = poses.AsSpan(index * rest.Length, rest.Length);
            rest.CopyTo(pose);
            for (int dof = 6; dof < turn.Length; dof++)
            {
                turn[dof] = random.NextFloat(-SimScenario.PoseNoise, SimScenario.PoseNoise);
            }

            PositionVector.Integrate(batch.Scene.Character, pose, turn, 1);
        }

        Time(() => batch.Reset(ended.AsSpan(0, count), poses.AsSpan(0, count * rest.Length), velocities.AsSpan(0, count * turn.Length)));
    }

    private void Time(Action work)
    {
        TimeSpan workedBefore = Environment.CpuUsage.TotalTime;
        long began = Stopwatch.GetTimestamp();
        work();
        spent += Stopwatch.GetElapsedTime(began);
        worked += Environment.CpuUsage.TotalTime - workedBefore;
    }
}
