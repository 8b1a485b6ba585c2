using System.Numerics;
using Motion.Sim.Characters;

namespace Motion.Sim.Tests.Characters;

public class MassPropertiesTests
{
    [Fact]
    public void Capsule_of_no_length_is_a_ball_and_a_long_one_nearly_a_cylinder()
    {
        // A ball of 3 kg and radius 0.2: 2/5·3·0.04 = 0.048.
        Vector3 ball = MassProperties.PrincipalMoments(ShapeKind.Capsule, new Vector3(0.2f, 0, 0), 3);
        Assert.Equal(0.048f, ball.X, 1e-6f);
        Assert.Equal(0.048f, ball.Z, 1e-6f);

        // A rod of 2 kg, 10 m long and 1 mm thick: 2·100/12 = 16.67 across; 2·(1e-3)²/2 = 1e-6 along.
        Vector3 rod = MassProperties.PrincipalMoments(ShapeKind.Capsule, new Vector3(1e-3f, 5, 0), 2);
        Assert.Equal(16.667f, rod.X, 0.01f);
        Assert.Equal(1e-6f, rod.Z, 1e-8f);
    }

    [Fact]
    public void Capsule_moments_are_those_of_a_cylinder_and_two_half_balls()
    {
        // Radius 1, straight part 2 (half 1), density 3/π: cylinder 3/π·2π = 6 kg, ball 3/π·4/3·π = 4 kg.
        // Along: 6·1/2 + 2/5·4·1 = 4.6. Across: 6·(4/12 + 1/4) + 4·(2/5 + 1 + 3/8·2) = 3.5 + 8.6 = 12.1.
        Vector3 size = new(1, 1, 0);
        Assert.Equal(10 * MathF.PI / 3, MassProperties.Volume(ShapeKind.Capsule, size), 1e-5f);
        Vector3 moments = MassProperties.PrincipalMoments(ShapeKind.Capsule, size, 10);
        Assert.Equal(12.1f, moments.X, 1e-5f);
        Assert.Equal(12.1f, moments.Y, 1e-5f);
        Assert.Equal(4.6f, moments.Z, 1e-5f);
    }

    [Fact]
    public void Box_moments_grow_with_the_other_two_edges()
    {
        // Half edges 1, 2, 3 and 6 kg: 6/3·(4 + 9), 2·(1 + 9), 2·(1 + 4).
        Assert.Equal(new Vector3(26, 20, 10), MassProperties.PrincipalMoments(ShapeKind.Box, new Vector3(1, 2, 3), 6));
        Assert.Equal(48, MassProperties.Volume(ShapeKind.Box, new Vector3(1, 2, 3)));
    }

    [Fact]
    public void Joined_masses_have_their_common_centre_and_the_parallel_axis_terms()
    {
        // Points of 1 kg at x = 0 and 3 kg at x = 4: centre 3; about it 1·9 + 3·1 = 12 across X, nothing along it.
        MassProperties joined = MassProperties.Join([new(1, Vector3.Zero, default), new(3, new Vector3(4, 0, 0), default)]);
        Assert.Equal((4f, new Vector3(3, 0, 0)), (joined.Mass, joined.Center));
        Assert.Equal(new SymmetricMatrix(0, 12, 12, 0, 0, 0), joined.Inertia);
    }

    [Fact]
    public void Products_of_inertia_carry_their_sign()
    {
        // A point of 2 kg at (1, 2, 3): Ixx = 2·(4 + 9), Iyy = 2·(1 + 9), Izz = 2·(1 + 4), Ixy = −2·2, Ixz = −2·3, Iyz = −2·6.
        Assert.Equal(new SymmetricMatrix(26, 20, 10, -4, -6, -12), SymmetricMatrix.PointMass(2, new Vector3(1, 2, 3)));
    }

    [Fact]
    public void Turning_a_matrix_moves_its_entries_to_the_outer_axes()
    {
        // A quarter turn about Z takes X to Y and Y to −X.
        SymmetricMatrix turned = new SymmetricMatrix(1, 2, 3, 0.1f, 0.2f, 0.3f).Rotate(Quaternion.CreateFromAxisAngle(Vector3.UnitZ, MathF.PI / 2));
        float[] expected = [2, 1, 3, -0.1f, -0.3f, 0.2f];
        float[] found = [turned.XX, turned.YY, turned.ZZ, turned.XY, turned.XZ, turned.YZ];
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
    }

    [Theory]
    [InlineData(1, 1, 1, 0, 0, 0, true)]
    [InlineData(1, 1, 1, 0.9f, 0, 0, true)]
    [InlineData(1, 1, 1, 1.1f, 0, 0, false)]
    [InlineData(1, 1, -1, 0, 0, 0, false)]
    [InlineData(1, 1, 1, 0.6f, -0.6f, 0.6f, false)]
    public void Positive_definite_matrices_are_told_from_others(float xx, float yy, float zz, float xy, float xz, float yz, bool positive) =>
        Assert.Equal(positive, new SymmetricMatrix(xx, yy, zz, xy, xz, yz).IsPositiveDefinite);
}
