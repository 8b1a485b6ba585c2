using Motion.Policies.Planning;
using Motion.Sim.Clips.Retargeting;
using Motion.Sim.Physics;
using Motion.Sim.Physics.Wide;
using Motion.Sim.Tests.Tracking;
using Motion.Sim.Tracking;

namespace Motion.Policies.Tests.Planning;

public sealed class StateReaderTests
{
    [Fact]
    public void A_state_is_what_the_tracking_task_shows_a_world_of_itself_and_then_its_feet()
    {
        using IWorldBatch batch = Worlds(3);
        using TrackingTask task = new(batch, ReferenceTable.Of([TestMotions.Waving()], new TrackingOptions()), new TrackingOptions(), seed: 3);
        for (int step = 0; step < 3; step++)
        {
            task.Step(new float[3 * task.ActionCount]);
        }

        float[] observations = new float[3 * task.ObservationCount], state = new float[ToyModel.Layout.Count];
        task.Observe(observations);
        GroundPlace place = new StateReader(ToyModel.Layout).Read(batch, 1, state);
        Assert.Equal(task.Layout.StateCount + 2, state.Length);
        Assert.All(observations.Skip(task.ObservationCount).Take(task.Layout.StateCount).Zip(state), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
        Assert.Equal(batch.Positions[1], place.Position.X);
    }

    [Fact]
    public void Moving_and_turning_on_the_ground_changes_only_the_place()
    {
        using IWorldBatch batch = Worlds(2);
        (float[] Positions, float[] Velocities) here = TestMotions.Random(5), there = TestMotions.Moved(here, new GroundDisplacement(1.2f, new System.Numerics.Vector3(4, -3, 0)));
        batch.Reset([0, 1], [.. here.Positions, .. there.Positions], [.. here.Velocities, .. there.Velocities]);
        StateReader reader = new(ToyModel.Layout);
        float[] one = new float[ToyModel.Layout.Count], other = new float[one.Length];
        GroundPlace from = reader.Read(batch, 0, one), to = reader.Read(batch, 1, other);
        Assert.All(one.Zip(other), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
        Assert.Equal(1.2f, MathF.IEEERemainder(to.Heading - from.Heading, MathF.Tau), 1e-4f);
    }

    [Fact]
    public void Feet_bear_weight_once_the_character_stands_on_them()
    {
        using IWorldBatch batch = Worlds(1);
        float[] rest = Motion.Sim.Characters.PositionVector.Rest(TestMotions.Humanoid), state = new float[ToyModel.Layout.Count];
        batch.Reset([0], rest, new float[TestMotions.Humanoid.VelocityCount]);
        StateReader reader = new(ToyModel.Layout);
        reader.Read(batch, 0, state);
        Assert.Equal([0, 0], state[^2..]);
        for (int step = 0; step < 6; step++)
        {
            batch.Step();
        }

        reader.Read(batch, 0, state);
        Assert.Equal([1, 1], state[^2..]);
        Assert.False(new FallDetector(ToyModel.Layout).HasFallen(batch, 0));
    }

    [Fact]
    public void Who_lies_on_the_ground_has_fallen()
    {
        using IWorldBatch batch = Worlds(1);
        float[] lying = Motion.Sim.Characters.PositionVector.Rest(TestMotions.Humanoid);
        Motion.Sim.Characters.PositionVector.SetRotation(TestMotions.Humanoid.Joints[0], lying, System.Numerics.Quaternion.CreateFromAxisAngle(System.Numerics.Vector3.UnitY, MathF.PI / 2));
        Motion.Sim.Characters.PositionVector.SetRootPosition(TestMotions.Humanoid.Joints[0], lying, new System.Numerics.Vector3(0, 0, 0.15f));
        batch.Reset([0], lying, new float[TestMotions.Humanoid.VelocityCount]);
        for (int step = 0; step < 15; step++)
        {
            batch.Step();
        }

        Assert.True(new FallDetector(ToyModel.Layout).HasFallen(batch, 0));
    }

    private static IWorldBatch Worlds(int count) =>
        new WideEngine().CreateBatch(new Scene { Character = TestMotions.Humanoid }, new BatchOptions { WorldCount = count, SolverIterations = 10, Threads = 1 });
}
