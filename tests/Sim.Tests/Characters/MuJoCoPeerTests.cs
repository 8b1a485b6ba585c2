using Motion.Testing;

namespace Motion.Sim.Tests.Characters;

/// <summary>The program that asks MuJoCo does what it is asked: figures known in closed form come back.</summary>
[Trait("Category", "Peer")]
public class MuJoCoPeerTests
{
    [RequiresFact("mujoco")]
    public async Task Box_at_rest_presses_with_its_weight_and_falls_when_nothing_collides()
    {
        string box = TestCharacters.PathOf("box");
        PeerState[] resting = await MuJoCoPeer.Trajectory(box, new PeerRequest { Steps = 2000, Every = 1000, Contacts = true });
        Assert.Equal([0.0, 1.0, 2.0], resting.Select(state => Math.Round(state.Time, 6)));

        // 3 kg · 9.81 m/s² on four corners.
        Assert.Equal(29.43, resting[^1].NormalForce, 0.05);
        Assert.Equal(4, resting[^1].Contacts);

        // Half a second of fall: 9.81·0.125 = 1.226 m below 0.1 m, and one Euler step's worth more.
        PeerState[] falling = await MuJoCoPeer.Trajectory(box, new PeerRequest { Steps = 500, Every = 500, Contacts = false });
        Assert.Equal(0.1 - 1.226, falling[^1].Qpos[2], 0.01);
        Assert.Equal(-4.905, falling[^1].Qvel[2], 1e-9);
    }

    [RequiresFact("mujoco")]
    public async Task Gravity_positions_velocities_and_controls_reach_MuJoCo()
    {
        string pendulum = TestCharacters.PathOf("double_pendulum");
        double[] qpos = [1, 0, 0, 0, 0.5];
        PeerRequest request = new() { Steps = 100, Every = 100, Gravity = [0, 0, 0], Qpos = qpos, Qvel = [0, 0, 0, 1] };
        PeerState[] free = await MuJoCoPeer.Trajectory(pendulum, request);
        Assert.Equal(qpos, free[0].Qpos);
        Assert.Equal(1, free[0].Qvel[3]);

        PeerState[] driven = await MuJoCoPeer.Trajectory(
            pendulum, request with { Constant = [0, 0, 0, 0.5], Amplitude = [0, 0, 0, 0.3], Frequency = [0, 0, 0, 2], Phase = [0, 0, 0, 1.5] });

        // The drive pulls the elbow toward 0.5 + 0.3·sin(2π·2·t + 1.5), which is above 0.5 at first.
        Assert.True(driven[1].Qpos[4] > free[1].Qpos[4] + 1e-3, $"{driven[1].Qpos[4]} against {free[1].Qpos[4]}");
    }

    [RequiresFact("mujoco")]
    public async Task Wrong_request_is_refused_with_the_reason()
    {
        InvalidOperationException error = await Assert.ThrowsAsync<InvalidOperationException>(
            () => MuJoCoPeer.Trajectory(TestCharacters.PathOf("box"), new PeerRequest { Steps = 1, Qpos = [1, 2] }));
        Assert.Contains("qpos wants 7 numbers, found 2", error.Message, StringComparison.Ordinal);
    }
}
