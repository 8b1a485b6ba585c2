using System.Diagnostics;
using Motion.Sim.Characters;
using Motion.Sim.Physics;

namespace Motion.Cli.Bench;

/// <summary>Worlds of our engine that go through a scenario of the physics benchmark.</summary>
internal sealed class SimCrowd : IDisposable
{
    private readonly SimScenario scenario;
    private readonly Func<double> clock;
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

    /// <summary>Starts every world, each at another age so that their episodes do not end together.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="scenario">What the worlds go through.</param>
    /// <param name="options">How they are stepped.</param>
    /// <param name="clock"><see cref="WallSeconds"/> or <see cref="ProcessorSeconds"/>.</param>
    /// <param name="seed">Seed of targets and poses.</param>
    public SimCrowd(IPhysicsEngine engine, SimScenario scenario, BatchOptions options, Func<double> clock, int seed)
    {
        this.scenario = scenario;
        this.clock = clock;
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

    /// <summary>Seconds that go by.</summary>
    public static double WallSeconds() => Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency;

    /// <summary>Seconds for which a processor worked for this program: what other programs do meanwhile does not count.</summary>
    public static double ProcessorSeconds() => Environment.CpuUsage.TotalTime.TotalSeconds;

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

    /// <summary>Runs control steps for a while and returns how many physics steps of one world were done in a second.</summary>
    /// <param name="seconds">How long at least; one control step when 0.</param>
    /// <param name="cancellation">Stops between control steps.</param>
    public double PhysicsStepsPerSecond(double seconds, CancellationToken cancellation)
    {
        double spent = 0;
        long done = 0;
        do
        {
            cancellation.ThrowIfCancellationRequested();
            spent += Step();
            done += (long)batch.WorldCount * batch.Options.StepsPerControl;
        }
        while (spent < seconds);
        return done / spent;
    }

    /// <summary>One control step; the seconds that setting the controls, stepping and resetting took. Drawing random numbers is not counted.</summary>
    public double Step()
    {
        Draw();
        double began = clock();
        batch.SetControls(controls);
        batch.Step();
        double seconds = clock() - began;
        return seconds + Begin(FindEnded());
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

    /// <summary>Begins new episodes in the first worlds of the list; the seconds that it took to reset them.</summary>
    private double Begin(int count)
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

        double began = clock();
        batch.Reset(ended.AsSpan(0, count), poses.AsSpan(0, count * rest.Length), velocities.AsSpan(0, count * turn.Length));
        return clock() - began;
    }
}
