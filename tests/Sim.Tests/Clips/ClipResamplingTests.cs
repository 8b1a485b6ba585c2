using System.Numerics;
using Motion.Sim.Clips;

namespace Motion.Sim.Tests.Clips;

public sealed class ClipResamplingTests
{
    private static readonly Skeleton Stick = new([new("root", -1, Vector3.Zero), new("tip", 0, Vector3.UnitZ, IsEnd: true)]);

    private static Clip Turning(double frameRate, int frames, float radiansPerSecond) => new()
    {
        Name = "turning",
        Skeleton = Stick,
        FrameRate = frameRate,
        RootPositions = [.. Enumerable.Range(0, frames).Select(frame => new Vector3(frame / (float)frameRate, 0, 1))],
        Rotations = [.. Enumerable.Range(0, frames).SelectMany(frame => new[]
        {
            Quaternion.CreateFromAxisAngle(Vector3.UnitX, radiansPerSecond * frame / (float)frameRate), Quaternion.Identity,
        })],
    };

    [Fact]
    public void Steady_turn_and_travel_are_the_same_at_any_rate()
    {
        // 31 frames at 30 fps last 1 s: at 48 fps that is 49 frames, frame 24 stands at half a second.
        Clip clip = Turning(30, 31, 2).Resample(48);

        Assert.Equal(49, clip.FrameCount);
        Assert.Equal(0.5f, clip.RootPositions[24].X, 1e-5f);
        Assert.Equal(1f, clip.RootPositions[48].X, 1e-5f);
        // The tip leans by 2 rad/s · 0.5 s = 1 rad about X: (0, −sin 1, cos 1) above the root.
        Vector3 tip = clip.PositionsWorld(24)[1];
        Assert.Equal(-MathF.Sin(1), tip.Y, 1e-5f);
        Assert.Equal(1 + MathF.Cos(1), tip.Z, 1e-5f);
    }

    [Fact]
    public void Opposite_signs_of_one_rotation_do_not_turn_it_the_long_way()
    {
        Clip clip = Turning(30, 2, 0.3f);
        clip.Rotations[2] = Quaternion.Negate(clip.Rotations[2]);

        Quaternion middle = clip.Resample(60).Rotations[2];

        // Halfway to 0.01 rad is 0.005 rad, whichever sign the second quaternion carries.
        Assert.Equal(0.005f, 2 * MathF.Asin(MathF.Abs(middle.X)), 1e-5f);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-30)]
    [InlineData(double.NaN)]
    [InlineData(1e9)]
    public void Senseless_rates_are_refused(double frameRate)
    {
        MotionException problem = Assert.Throws<MotionException>(() => Turning(30, 2, 1).Resample(frameRate));
        Assert.Equal(ExitCode.BadConfiguration, problem.ExitCode);
    }

    [Fact]
    public void A_single_frame_stays_a_single_frame()
    {
        Assert.Equal(1, Turning(30, 1, 1).Resample(120).FrameCount);
    }
}
