namespace Motion.Sim.Tests;

public class PlaceholderTests
{
    [Fact]
    public void Repository_root_is_found() => Assert.True(File.Exists(Motion.Testing.Repository.PathOf("Motion.sln")));
}
