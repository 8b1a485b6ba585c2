using System.Numerics;
using Motion.Sim.Characters;

namespace Motion.Sim.Physics.Wide;

internal sealed unsafe partial class WideBatch
{
    public void Reset(ReadOnlySpan<int> worlds, ReadOnlySpan<float> positions, ReadOnlySpan<float> velocities)
    {
        int givenPositions = VectorLength(positions.Length, worlds.Length, Scene.Character.PositionCount, PositionCount, nameof(positions));
        int givenVelocities = VectorLength(velocities.Length, worlds.Length, Scene.Character.VelocityCount, VelocityCount, nameof(velocities));
        for (int index = 0; index < worlds.Length; index++)
        {
            int world = Checked(worlds[index]);
            PutAtRest(world);
            float* placed = Column(world, layout.Positions);
            float* moving = Column(world, layout.Velocities);
            for (int coordinate = 0; coordinate < givenPositions; coordinate++)
            {
                placed[coordinate * Rows.Width] = positions[(index * givenPositions) + coordinate];
            }

            for (int dof = 0; dof < givenVelocities; dof++)
            {
                moving[dof * Rows.Width] = velocities[(index * givenVelocities) + dof];
            }

            CopyRows(world, layout.Positions, layout.Targets, PositionCount);
            if (IsSound(world))
            {
                CopyRows(world, layout.Positions, layout.ResetPositions, PositionCount);
                CopyRows(world, layout.Velocities, layout.ResetVelocities, VelocityCount);
            }
        }
    }

    /// <summary>Whether a world's state can be stepped at all: only such a one is worth returning to; else it is the rest pose.</summary>
    private bool IsSound(int world)
    {
        float fastest = MathF.Max(Options.MaximumSpeed, Options.MaximumAngularSpeed);
        return AllWithin(Column(world, layout.Positions), PositionCount, 1e5f) && AllWithin(Column(world, layout.Velocities), VelocityCount, fastest);
    }

    private static bool AllWithin(float* column, int count, float bound)
    {
        for (int row = 0; row < count; row++)
        {
            if (!(MathF.Abs(column[row * Rows.Width]) <= bound))
            {
                return false;
            }
        }

        return true;
    }

    private void HeedExternalForces()
    {
        if (!settings.HasExternalForces)
        {
            settings = settings with { HasExternalForces = true };
        }
    }

    public void SetVariation(int world, in WorldVariation variation)
    {
        float* gravity = Column(Checked(world), layout.Gravity);
        Vector3 total = Scene.Character.Gravity + variation.GravityOffset;
        gravity[0] = total.X;
        gravity[Rows.Width] = total.Y;
        gravity[2 * Rows.Width] = total.Z;
        *Column(world, layout.Friction) = variation.Friction;
        *Column(world, layout.Mass) = variation.Mass;
        ClearRows(world, layout.MomentumKnown, 1);
        *Column(world, layout.Gain) = variation.Gain;
    }

    public void SetExternalForce(int world, int body, Vector3 force, Vector3 torque)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(body);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(body, BodyCount);
        SetRows(Checked(world), layout.External + (6 * body), [force.X, force.Y, force.Z, torque.X, torque.Y, torque.Z]);
        HeedExternalForces();
    }

    public void PlaceProp(int world, int prop, Vector3 position, Vector3 velocity)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(prop);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(prop, Scene.Props.Length);
        int firstPosition = Scene.Character.PositionCount + (7 * prop), firstVelocity = Scene.Character.VelocityCount + (6 * prop);
        SetRows(Checked(world), layout.Positions + firstPosition, [position.X, position.Y, position.Z, 1, 0, 0, 0]);
        SetRows(world, layout.Velocities + firstVelocity, [velocity.X, velocity.Y, velocity.Z, 0, 0, 0]);
        SetRows(world, layout.PropPlaced + prop, [1]);
        ClearRows(world, layout.MomentumKnown, 1);
        MarkStale(world);
    }

    public WorldState Save(int world)
    {
        float* column = Column(Checked(world), 0);
        var values = new float[layout.StateRows];
        for (int row = 0; row < values.Length; row++)
        {
            values[row] = column[row * Rows.Width];
        }

        return new WorldState(Scene, values);
    }

    public void Restore(int world, WorldState state)
    {
        if (!ReferenceEquals(state.Model, Scene) || state.Values.Length != layout.StateRows)
        {
            throw new ArgumentException("the state was saved from a batch of another scene", nameof(state));
        }

        SetRows(Checked(world), 0, state.Values);
        if (state.Values.AsSpan(layout.External, 6 * BodyCount).ContainsAnyExcept(0))
        {
            HeedExternalForces();
        }

        MarkStale(world);
    }

    public void Fork(int source, ReadOnlySpan<int> destinations)
    {
        float* from = Column(Checked(source), 0);
        foreach (int world in destinations)
        {
            float* to = Column(Checked(world), 0);
            for (int row = 0; row < layout.Row; row++)
            {
                to[row * Rows.Width] = from[row * Rows.Width];
            }

            MarkStale(world);
        }
    }

    public void WriteDump(int world, string path) =>
        new WorldDump(Scene.Character.Name, Checked(world), Options.ControlRate, history.StatesOf(world)).Write(path);

    /// <summary>Rest pose, no velocity, no contacts, props away, the scene's own physics.</summary>
    private void PutAtRest(int world)
    {
        ClearWorld(world);
        ClearRows(world, layout.Velocities, VelocityCount);
        ClearRows(world, layout.ResetVelocities, VelocityCount);
        ClearRows(world, layout.Controls, ControlCount);
        ClearRows(world, layout.PropPlaced, Scene.Props.Length);
        if (*Column(world, layout.Mass) == 0)
        {
            Vector3 gravity = Scene.Character.Gravity;
            SetRows(world, layout.Gravity, [gravity.X, gravity.Y, gravity.Z]);
            SetRows(world, layout.Friction, [1]);
            SetRows(world, layout.Mass, [1]);
            SetRows(world, layout.Gain, [1]);
        }

        for (int index = 0; index < model.Joints.Length; index++)
        {
            ref readonly WideJoint joint = ref model.Joints[index];
            Link link = model.Links[joint.Link];
            int row = layout.Positions + joint.Position;
            switch (joint.Kind)
            {
                case JointKind.Free:
                    Vector3 place = link.Prop < 0 ? link.Position : new Vector3(1000 + (10 * link.Prop), 1000, 1000);
                    SetRows(world, row, [place.X, place.Y, place.Z, link.Rotation.W, link.Rotation.X, link.Rotation.Y, link.Rotation.Z]);
                    break;
                case JointKind.Ball:
                    SetRows(world, row, [1, 0, 0, 0]);
                    break;
                default:
                    SetRows(world, row, [0]);
                    break;
            }
        }

        CopyRows(world, layout.Positions, layout.ResetPositions, PositionCount);
        CopyRows(world, layout.Positions, layout.Targets, PositionCount);
        MarkStale(world);
    }

    private void MarkStale(int world)
    {
        stale[world / Rows.Width] = true;
        anyStale = true;
    }

    private void SetRows(int world, int row, ReadOnlySpan<float> values)
    {
        float* column = Column(world, row);
        for (int index = 0; index < values.Length; index++)
        {
            column[index * Rows.Width] = values[index];
        }
    }

    private int Checked(int world) => (uint)world < (uint)WorldCount
        ? world
        : throw new ArgumentOutOfRangeException(nameof(world), world, $"the batch has worlds 0 to {WorldCount - 1}");

    private static int VectorLength(int given, int worlds, int character, int all, string name) =>
        given == worlds * character ? character
        : given == worlds * all ? all
        : throw new ArgumentException($"{given} numbers were given for {worlds} worlds; {character} (or {all} with props) are wanted for each", name);
}
