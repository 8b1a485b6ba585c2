using System.Collections.Immutable;

namespace Motion.Sim.Clips.Writing;

/// <summary>A motion ready to be taken out.</summary>
/// <param name="Clip">The motion: metres, Z up, licence and captions with it.</param>
public sealed record ExportMotion(Clip Clip)
{
    /// <summary>What the body looks like in glTF; bones drawn from the skeleton when null.</summary>
    public ProxyMesh? Mesh { get; init; }

    /// <summary>The rig whose units, axes and whole hierarchy BVH files take; those of the options when null.</summary>
    public RigFile? Rig { get; init; }

    /// <summary>What the files cannot tell exactly, in sentences.</summary>
    public ImmutableArray<string> Remarks { get; init; } = [];
}
