using System.Collections.Immutable;
using System.Numerics;
using Motion.Sim.Characters;
using Motion.Sim.Physics;

namespace Motion.Viewer.Live;

/// <summary>How the world of live play is simulated.</summary>
public sealed record LiveWorldOptions
{
    /// <summary>Physics steps per second.</summary>
    public int PhysicsRate { get; init; } = 120;

    /// <summary>Control steps per second.</summary>
    public int ControlRate { get; init; } = 30;

    /// <summary>Sweeps of the contact solver in each physics step.</summary>
    public int SolverIterations { get; init; } = 10;

    /// <summary>Balls that can lie about; the oldest is thrown again.</summary>
    public int Balls { get; init; } = 4;
}

/// <summary>
/// One simulated character, its ground and the balls that are thrown at it: a batch of one world, with what a person does to it. Drivers step
/// <see cref="Batch"/>; everything else goes through here.
/// </summary>
public sealed class LiveWorld : IDisposable
{
    /// <summary>Radius of a ball, m.</summary>
    public const float BallRadius = 0.12f;

    /// <summary>Mass of a ball, kg.</summary>
    public const float BallMass = 3;

    // A ball that was never thrown rests far away in the batch.
    private const float Away = 500;
    private readonly bool[] _mayTouch;
    private int _nextBall;

    /// <summary>Makes the world, at rest.</summary>
    /// <param name="engine">What simulates it.</param>
    /// <param name="character">Who lives in it.</param>
    /// <param name="options">How it is simulated; as usual when null.</param>
    /// <exception cref="MotionException">The options or the character do not fit the engine.</exception>
    public LiveWorld(IPhysicsEngine engine, Character character, LiveWorldOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(character);
        options ??= new LiveWorldOptions();
        Character = character;
        Scene scene = new()
        {
            Character = character,
            Props = [.. Enumerable.Range(1, options.Balls).Select(ball => new Prop($"ball {ball}", ShapeKind.Sphere, new Vector3(BallRadius, 0, 0), BallMass))],
        };
        Batch = engine.CreateBatch(scene, new BatchOptions
        {
            WorldCount = 1,
            PhysicsRate = options.PhysicsRate,
            ControlRate = options.ControlRate,
            SolverIterations = options.SolverIterations,
            Threads = 1,
        });
        _mayTouch = [.. character.Bodies.Select(body => body.Name.EndsWith("foot", StringComparison.Ordinal) || body.Name.EndsWith("hand", StringComparison.Ordinal))];
    }

    /// <summary>Who lives in it.</summary>
    public Character Character { get; }

    /// <summary>The batch of this one world. Bodies are the character's, then the balls.</summary>
    public IWorldBatch Batch { get; }

    /// <summary>Control steps per second.</summary>
    public int ControlRate => Batch.Options.ControlRate;

    /// <summary>Whether a body other than hands and feet lies on the ground.</summary>
    public bool IsFallen
    {
        get
        {
            ReadOnlySpan<float> forces = Batch.ContactForces, places = Batch.BodyPositions;
            for (int body = 0; body < _mayTouch.Length; body++)
            {
                if (!_mayTouch[body] && GroundTouch.Lies(places, forces, worlds: 1, world: 0, body))
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Origin of a body in the world, m.</summary>
    public Vector3 PlaceOf(int body) => At(Batch.BodyPositions, body);

    /// <summary>Orientation of a body in the world.</summary>
    public Quaternion RotationOf(int body)
    {
        ReadOnlySpan<float> turns = Batch.BodyRotations.Slice(4 * body, 4);
        return new Quaternion(turns[1], turns[2], turns[3], turns[0]);
    }

    /// <summary>Pushes a body at a point until the next call for that body.</summary>
    /// <param name="body">Index of a body of the character.</param>
    /// <param name="forceWorld">Force, N; zero lets go.</param>
    /// <param name="pointWorld">Where it acts, m.</param>
    public void Push(int body, Vector3 forceWorld, Vector3 pointWorld) =>
        Batch.SetExternalForce(0, body, forceWorld, Vector3.Cross(pointWorld - PlaceOf(body), forceWorld));

    /// <summary>Throws the next ball.</summary>
    /// <param name="fromWorld">Where it starts, m.</param>
    /// <param name="velocityWorld">How fast, m/s.</param>
    public void Throw(Vector3 fromWorld, Vector3 velocityWorld)
    {
        if (Batch.Scene.Props.IsEmpty)
        {
            return;
        }

        Batch.PlaceProp(0, _nextBall, fromWorld, velocityWorld);
        _nextBall = (_nextBall + 1) % Batch.Scene.Props.Length;
    }

    /// <summary>Centres of the balls that were thrown, m.</summary>
    public ImmutableArray<Vector3> Balls()
    {
        int first = Character.Bodies.Length;
        return [.. Enumerable.Range(first, Batch.Scene.Props.Length).Select(PlaceOf).Where(place => place.Z < Away)];
    }

    /// <summary>Everything that decides the world's future.</summary>
    public SavedWorld Save() => new(Batch.Save(0), _nextBall);

    /// <summary>Puts the world back, to the bit.</summary>
    /// <param name="saved">What <see cref="Save"/> gave.</param>
    public void Restore(SavedWorld saved)
    {
        ArgumentNullException.ThrowIfNull(saved);
        Batch.Restore(0, saved.State);
        _nextBall = saved.NextBall;
    }

    /// <inheritdoc/>
    public void Dispose() => Batch.Dispose();

    internal static Vector3 At(ReadOnlySpan<float> rows, int body) => new(rows[3 * body], rows[(3 * body) + 1], rows[(3 * body) + 2]);
}

/// <summary>A world as it was.</summary>
/// <param name="State">The batch's part.</param>
/// <param name="NextBall">Which ball is thrown next.</param>
public sealed record SavedWorld(WorldState State, int NextBall);
