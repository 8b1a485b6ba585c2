using Motion.Sim.Characters;
using Motion.Testing;

namespace Motion.Sim.Tests.Characters;

/// <summary>The characters that tests run on: those written for them, and the shipped one.</summary>
internal static class TestCharacters
{
    /// <summary>Names of all of them.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["humanoid", "three_hinges", "classes", "many_hinges", "box", "free_ball", "pendulum", "double_pendulum"];

    /// <summary>All of them, for a theory.</summary>
    public static TheoryData<string> All => [.. Names];

    /// <summary>The MJCF file of one.</summary>
    public static string PathOf(string name) => name == "humanoid"
        ? Repository.PathOf("src", "Sim", "Characters", "Assets", "humanoid.xml")
        : Repository.PathOf("tests", "Sim.Tests", "Characters", "Data", $"{name}.xml");

    /// <summary>One, read.</summary>
    public static Character Read(string name) => CharacterReader.Read(PathOf(name));

    /// <summary>A pose away from rest: every joint and the root turned at random, by up to half of <paramref name="reach"/> rad (m) an axis.</summary>
    public static float[] RandomPose(Character character, int seed, float reach = 1)
    {
        Random random = new(seed);
        float[] velocity = new float[character.VelocityCount];
        foreach (Joint joint in character.Joints)
        {
            for (int axis = 0; axis < joint.VelocityCount; axis++)
            {
                velocity[joint.VelocityIndex + axis] = ((float)random.NextDouble() - 0.5f) * reach;
            }
        }

        float[] pose = PositionVector.Rest(character);
        PositionVector.Integrate(character, pose, velocity, 1);
        return pose;
    }
}
