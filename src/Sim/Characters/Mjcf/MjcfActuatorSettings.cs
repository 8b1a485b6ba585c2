namespace Motion.Sim.Characters.Mjcf;

/// <summary>
/// The numbers behind an actuator. In MJCF <c>motor</c> and <c>position</c> are short ways to set the numbers of a
/// <c>general</c> actuator, and all three share one set of defaults; so settings build on each other in file order.
/// </summary>
internal sealed record MjcfActuatorSettings
{
    /// <summary>Transmission ratio by axis; a hinge uses the first.</summary>
    public (float X, float Y, float Z) Gear { get; private init; } = (1, 0, 0);

    public string ControlLimited { get; private init; } = "auto";

    public (float Lower, float Upper) ControlRange { get; private init; }

    public string ForceLimited { get; private init; } = "auto";

    public (float Lower, float Upper) ForceRange { get; private init; }

    public float Gain { get; private init; } = 1;

    /// <summary>Constant, per length, per rate.</summary>
    public (float Constant, float Length, float Rate) Bias { get; private init; }

    /// <summary>Whether <see cref="Bias"/> counts.</summary>
    public bool HasBias { get; private init; }

    /// <summary>These settings as changed by an element's own attributes.</summary>
    public MjcfActuatorSettings With(MjcfElement element)
    {
        MjcfActuatorSettings common = this with
        {
            Gear = GearOf(element),
            ControlLimited = element.Choice("ctrllimited", ControlLimited, "auto", "true", "false"),
            ControlRange = Pair(element, "ctrlrange", ControlRange),
            ForceLimited = element.Choice("forcelimited", ForceLimited, "auto", "true", "false"),
            ForceRange = Pair(element, "forcerange", ForceRange),
        };
        return element.Tag switch
        {
            "motor" => common with { Gain = 1, HasBias = false },
            "position" => common.WithPosition(element),
            _ => common.WithGeneral(element),
        };
    }

    private MjcfActuatorSettings WithPosition(MjcfElement element)
    {
        float kp = element.Number("kp", Gain);
        float kv = element.Number("kv", 0);
        if (kp < 0 || kv < 0)
        {
            throw element.Error("kp and kv are not negative");
        }

        return this with { Gain = kp, Bias = (0, -kp, -kv), HasBias = true };
    }

    private MjcfActuatorSettings WithGeneral(MjcfElement element)
    {
        element.Choice("dyntype", "none", "none");
        element.Choice("gaintype", "fixed", "fixed");
        float gain = element.Numbers("gainprm", 1, 10) is { } gains ? gains[0] : Gain;
        (float, float, float) bias = Bias;
        if (element.Numbers("biasprm", 1, 10) is { } numbers)
        {
            bias = (numbers[0], numbers.Length > 1 ? numbers[1] : Bias.Length, numbers.Length > 2 ? numbers[2] : Bias.Rate);
        }

        bool hasBias = element.Choice("biastype", HasBias ? "affine" : "none", "none", "affine") == "affine";
        MjcfActuatorSettings settings = this with { Gain = gain, Bias = bias, HasBias = hasBias };
        return settings.HasBias && (settings.Bias.Length > 0 || settings.Bias.Rate > 0)
            ? throw element.Error("biasprm wants its second and third number negative or zero: a drive pulls back", "biasprm")
            : settings;
    }

    private (float, float, float) GearOf(MjcfElement element)
    {
        if (element.Numbers("gear", 1, 6) is not { } gear)
        {
            return Gear;
        }

        if (gear.Skip(3).Any(ratio => ratio != 0))
        {
            throw element.Error("gear wants its fourth to sixth number zero: a humanoid's joints turn about at most three axes", "gear");
        }

        return (gear[0], gear.Length > 1 ? gear[1] : Gear.Y, gear.Length > 2 ? gear[2] : Gear.Z);
    }

    private static (float, float) Pair(MjcfElement element, string attribute, (float, float) fallback) =>
        element.Numbers(attribute, 2, 2) is { } pair ? (pair[0], pair[1]) : fallback;
}
