namespace Motion.Sim.Physics.Wide;

internal static class WorldDump
{
    public static void Write(string path, Scene scene, BatchOptions options, int world, StateRecord[] states) =>
        throw new NotImplementedException($"{path} {scene} {options} {world} {states}");
}
