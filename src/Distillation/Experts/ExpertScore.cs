namespace Motion.Distillation.Experts;

/// <summary>What was measured of an expert. Distances are between bodies' origins and those of the reference.</summary>
public sealed record ExpertScore
{
    /// <summary>Share of episodes from random starts in which no body was further than 0.5 m from its reference.</summary>
    public double Success05 { get; init; }

    /// <summary>The same at 0.3 m.</summary>
    public double Success03 { get; init; }

    /// <summary>Share of episodes from the first frame in which no body was further than 0.5 m from its reference.</summary>
    public double Success05Start { get; init; }

    /// <summary>Share of all these episodes in which a body that the clip keeps off the ground touched it.</summary>
    public double FallRate { get; init; }

    /// <summary>The same with pushes; not measured where negative.</summary>
    public double FallRatePushed { get; init; } = -1;

    /// <summary>Share of pushed episodes in which no body was further than 0.5 m from its reference; not measured where negative.</summary>
    public double Success05Pushed { get; init; } = -1;

    /// <summary>Share of episodes from other clips' poses, or at rest, that came into the clip without a fall; not measured where negative.</summary>
    public double Entered { get; init; } = -1;

    /// <summary>Mean distance of bodies as seen from the roots, mm, over steps before an episode failed.</summary>
    public double MpjpeRootMm { get; init; }

    /// <summary>Mean distance of bodies, mm.</summary>
    public double MpjpeGlobalMm { get; init; }

    /// <summary>Mean difference of the bodies' velocities, m/s, by differences over a control step.</summary>
    public double VelocityError { get; init; }

    /// <summary>Mean difference of the bodies' accelerations, m/s², by second differences over control steps.</summary>
    public double AccelerationError { get; init; }

    /// <summary>Mean way that a foot which bears load slides on the ground in a control step, mm.</summary>
    public double FootSlideMm { get; init; }

    /// <summary>Mean jerk of the bodies, m/s³, by third differences over control steps.</summary>
    public double Jerk { get; init; }

    /// <summary>One number to choose the best of several by: success first, then error.</summary>
    public double Rank => Success05 + Success05Start + (2 * Math.Max(0, Entered)) - (0.002 * MpjpeRootMm);

    /// <summary>The figures by the names that they have in JSON.</summary>
    public IEnumerable<KeyValuePair<string, double>> Figures =>
    [
        new("success_05", Success05),
        new("success_03", Success03),
        new("success_05_start", Success05Start),
        new("fall_rate", FallRate),
        new("fall_rate_pushed", FallRatePushed),
        new("success_05_pushed", Success05Pushed),
        new("entered", Entered),
        new("mpjpe_root_mm", MpjpeRootMm),
        new("mpjpe_global_mm", MpjpeGlobalMm),
        new("velocity_error", VelocityError),
        new("acceleration_error", AccelerationError),
        new("foot_slide_mm", FootSlideMm),
        new("jerk", Jerk),
    ];
}
