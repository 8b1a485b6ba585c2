using System.Collections.Immutable;

namespace Motion.Sim.Clips.Analysis;

/// <summary>How a role was found.</summary>
public enum RoleEvidence
{
    /// <summary>No joint has the role.</summary>
    None,

    /// <summary>From the joint's name.</summary>
    Name,

    /// <summary>From lengths, branches and symmetry alone.</summary>
    Geometry,

    /// <summary>From the person's map.</summary>
    Map,
}

/// <summary>Which joint of a skeleton plays which role.</summary>
public sealed record JointRoles
{
    /// <summary>Joint of each role, or −1: [role].</summary>
    public required ImmutableArray<int> Joints { get; init; }

    /// <summary>How each role was found: [role].</summary>
    public required ImmutableArray<RoleEvidence> Evidence { get; init; }

    /// <summary>How sure the assignment is, 0 to 1.</summary>
    public required float Confidence { get; init; }

    /// <summary>The joint of a role, or −1.</summary>
    public int this[JointRole role] => Joints[(int)role];

    /// <summary>Whether a joint has the role.</summary>
    public bool Has(JointRole role) => this[role] >= 0;
}
