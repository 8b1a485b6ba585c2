using System.Numerics;
using System.Runtime.InteropServices;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Retargeting;

namespace Motion.Sim.Skills;

/// <summary>
/// The last states of every world, of which some are seen: each as it was observed then, with where it was from where the root is now: forward and
/// leftward in the present heading, m, and cosine and sine of the turn.
/// </summary>
internal sealed class PastStates
{
    /// <summary>Numbers that say where a past state was.</summary>
    public const int PlaceCount = 4;

    private readonly int _worlds;
    private readonly int _stateCount;
    private readonly int _stride;
    private readonly int _slots;
    private readonly float[] _states;
    private readonly Vector3[] _places;
    private int _now;

    public PastStates(int worlds, int stateCount, int count, int stride)
    {
        (_worlds, _stateCount, Count, _stride) = (worlds, stateCount, count, stride);
        _slots = (count * stride) + 1;
        _states = new float[_slots * worlds * stateCount];
        _places = new Vector3[_slots * worlds];
    }

    /// <summary>Past states that are seen.</summary>
    public int Count { get; }

    /// <summary>Steps that they reach back.</summary>
    public int Reach => _slots - 1;

    /// <summary>Begins the next step: what was the present becomes the past.</summary>
    public void Advance() => _now = (_now + 1) % _slots;

    /// <summary>Writes a world's state of so many steps ago.</summary>
    /// <param name="world">The world.</param>
    /// <param name="ago">Steps ago, 0 for the present.</param>
    /// <param name="state">[state].</param>
    /// <param name="place">Root's x and y, m, and heading, rad.</param>
    public void Set(int world, int ago, ReadOnlySpan<float> state, Vector3 place)
    {
        state.CopyTo(State(world, ago));
        _places[Index(world, ago)] = place;
    }

    /// <summary>What is remembered of a world, the present first: [step ago × state], and places.</summary>
    public (float[] States, Vector3[] Places) Of(int world)
    {
        (float[] states, Vector3[] places) = (new float[_slots * _stateCount], new Vector3[_slots]);
        for (int ago = 0; ago < _slots; ago++)
        {
            State(world, ago).CopyTo(states.AsSpan(ago * _stateCount));
            places[ago] = PlaceAt(world, ago);
        }

        return (states, places);
    }

    /// <summary>Puts that into a world, of another object of this kind too.</summary>
    public void Put(int world, (float[] States, Vector3[] Places) past)
    {
        for (int ago = 0; ago < _slots; ago++)
        {
            Set(world, ago, past.States.AsSpan(ago * _stateCount, _stateCount), past.Places[ago]);
        }
    }

    /// <summary>Where a world's root was so many steps ago.</summary>
    public Vector3 PlaceAt(int world, int ago) => _places[Index(world, ago)];

    /// <summary>Writes what is seen of a world's past: [past state × (state + place)].</summary>
    public void See(int world, Span<float> seen)
    {
        Vector3 here = _places[Index(world, 0)];
        (float sine, float cosine) = MathF.SinCos(here.Z);
        for (int past = 0; past < Count; past++)
        {
            Span<float> row = seen.Slice(past * (_stateCount + PlaceCount), _stateCount + PlaceCount);
            int ago = (past + 1) * _stride;
            State(world, ago).CopyTo(row);
            Vector3 there = _places[Index(world, ago)];
            (float x, float y) = (there.X - here.X, there.Y - here.Y);
            (float turnSine, float turnCosine) = MathF.SinCos(there.Z - here.Z);
            (row[_stateCount], row[_stateCount + 1]) = ((cosine * x) + (sine * y), (cosine * y) - (sine * x));
            (row[_stateCount + 2], row[_stateCount + 3]) = (turnCosine, turnSine);
        }
    }

    /// <summary>A root's x and y, m, and heading, rad.</summary>
    public static Vector3 PlaceOf(Character character, ReadOnlySpan<float> positions)
    {
        Joint root = character.Joints.First(joint => joint.Kind == JointKind.Free);
        Vector3 place = PositionVector.RootPosition(root, positions);
        return new Vector3(place.X, place.Y, GroundDisplacement.Heading(PositionVector.Rotation(root, positions)));
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(_now);
        writer.Write(MemoryMarshal.AsBytes(_states.AsSpan()));
        writer.Write(MemoryMarshal.AsBytes(_places.AsSpan()));
    }

    public void Restore(BinaryReader reader)
    {
        _now = reader.ReadInt32();
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(_states.AsSpan()));
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(_places.AsSpan()));
    }

    private Span<float> State(int world, int ago) => _states.AsSpan(Index(world, ago) * _stateCount, _stateCount);

    private int Index(int world, int ago) => ((((_now - ago) % _slots) + _slots) % _slots * _worlds) + world;
}
