namespace Motion.Sim.Configuration;

/// <summary>Checks of settings.</summary>
public static class Setting
{
    /// <summary>Refuses a value that is out of range.</summary>
    /// <param name="holds">Whether it is within.</param>
    /// <param name="name">The setting.</param>
    /// <param name="found">Its value.</param>
    /// <param name="wanted">What is allowed.</param>
    /// <exception cref="MotionException">It is not; names setting, value and what is allowed.</exception>
    public static void Require(bool holds, string name, object found, string wanted)
    {
        if (!holds)
        {
            throw new MotionException(ExitCode.BadConfiguration, $"{name} is {found}; allowed is {wanted}");
        }
    }
}
