using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Motion.Testing;

/// <summary>What MuJoCo says of a model at some positions. Rows are flat; the world is left out of bodies.</summary>
/// <param name="Mass">Total mass, kg.</param>
/// <param name="Center">Centre of mass in the world, m: [3].</param>
/// <param name="Inertia">Joint-space inertia with armature: [degree of freedom × degree of freedom].</param>
/// <param name="BodyMass">Masses, kg: [body].</param>
/// <param name="BodyPositions">Origins in the world, m: [body × 3].</param>
/// <param name="BodyRotations">Orientations in the world, w x y z: [body × 4].</param>
/// <param name="GeomPositions">Centres of geoms in the world, m: [geom × 3].</param>
/// <param name="GeomMatrices">Orientations of geoms in the world, rows first: [geom × 9].</param>
/// <param name="Contacts">First geom, second geom, sliding friction: [contact × 3].</param>
public sealed record PeerMass(
    double Mass,
    double[] Center,
    double[] Inertia,
    double[] BodyMass,
    double[] BodyPositions,
    double[] BodyRotations,
    double[] GeomPositions,
    double[] GeomMatrices,
    double[] Contacts);

/// <summary>MuJoCo's state at one time.</summary>
/// <param name="Time">Time, s.</param>
/// <param name="NormalForce">Sum of all contacts' normal forces, N.</param>
/// <param name="Contacts">Number of contacts.</param>
/// <param name="Energy">Potential and kinetic energy, J.</param>
/// <param name="Qpos">Positions.</param>
/// <param name="Qvel">Velocities.</param>
public sealed record PeerState(double Time, double NormalForce, int Contacts, double[] Energy, double[] Qpos, double[] Qvel);

/// <summary>What MuJoCo is asked to step through. Lists that stay empty take MuJoCo's defaults: rest pose, no velocity, no control.</summary>
public sealed record PeerRequest
{
    /// <summary>Length of a step, s.</summary>
    public double Timestep { get; init; } = 0.001;

    /// <summary><c>euler</c>, <c>implicit</c> or <c>rk4</c>.</summary>
    public string Integrator { get; init; } = "euler";

    /// <summary>How many steps.</summary>
    public required int Steps { get; init; }

    /// <summary>States come back every so many steps, the first and, if it divides, the last included.</summary>
    public int Every { get; init; } = 1;

    /// <summary>Whether things collide.</summary>
    public bool Contacts { get; init; }

    /// <summary>Whether joint limits hold.</summary>
    public bool Limits { get; init; } = true;

    /// <summary>Gravity, m/s²: [3]; the file's when empty.</summary>
    public double[] Gravity { get; init; } = [];

    /// <summary>Positions at the start.</summary>
    public double[] Qpos { get; init; } = [];

    /// <summary>Velocities at the start.</summary>
    public double[] Qvel { get; init; } = [];

    /// <summary>Constant part of the controls: [actuator].</summary>
    public double[] Constant { get; init; } = [];

    /// <summary>A sine's amplitude, added to the constant: [actuator]; comes with <see cref="Frequency"/> and <see cref="Phase"/>.</summary>
    public double[] Amplitude { get; init; } = [];

    /// <summary>Its frequency, Hz: [actuator].</summary>
    public double[] Frequency { get; init; } = [];

    /// <summary>Its phase at time 0, rad: [actuator].</summary>
    public double[] Phase { get; init; } = [];

    internal string Text()
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"timestep {Timestep:r}\nintegrator {Integrator}\nsteps {Steps}\nevery {Every}\n");
        text.Append(CultureInfo.InvariantCulture, $"contacts {(Contacts ? 1 : 0)}\nlimits {(Limits ? 1 : 0)}\n");
        foreach ((string key, double[] values) in new[]
        {
            ("gravity", Gravity), ("qpos", Qpos), ("qvel", Qvel),
            ("constant", Constant), ("amplitude", Amplitude), ("frequency", Frequency), ("phase", Phase),
        })
        {
            if (values.Length > 0)
            {
                text.AppendLine($"{key} {string.Join(' ', values.Select(value => value.ToString("r", CultureInfo.InvariantCulture)))}");
            }
        }

        return text.ToString();
    }
}

/// <summary>
/// MuJoCo, asked through the program that native/bench/mujoco builds. Tests that use it carry
/// <c>[RequiresFact("mujoco"), Trait("Category", "Peer")]</c>.
/// </summary>
public static class MuJoCoPeer
{
    private static readonly JsonSerializerOptions Names = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>The program.</summary>
    public static string Program { get; } =
        Environment.GetEnvironmentVariable("MOTION_MUJOCO_PEER") is { Length: > 0 } path
            ? path
            : Repository.PathOf("artifacts", "native", "bench", "mujoco_peer");

    /// <summary>Masses and frames of a model at some positions, or at rest when none are given.</summary>
    public static async Task<PeerMass> Mass(string file, params double[] qpos) =>
        JsonSerializer.Deserialize<PeerMass>(await Run("mass", file, new PeerRequest { Steps = 0, Qpos = qpos }), Names)!;

    /// <summary>States of a model over time.</summary>
    public static async Task<PeerState[]> Trajectory(string file, PeerRequest request) =>
    [
        .. (await Run("trajectory", file, request))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize<PeerState>(line, Names)!),
    ];

    private static async Task<string> Run(string verb, string file, PeerRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        ProgramResult result = await ExternalProgram.Run(Program, [verb, file], input: request.Text());
        return result.ExitCode == 0 ? result.Output : throw new InvalidOperationException($"{verb} {file}: {result.Error}");
    }
}
