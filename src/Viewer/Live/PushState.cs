using System.Numerics;

namespace Motion.Viewer.Live;

/// <summary>What a person does to a body: drags it by a spring, or shoves it for a while.</summary>
/// <param name="Body">Which body.</param>
/// <param name="AnchorBody">Where on it, in its own frame, m.</param>
/// <param name="TargetWorld">Where a drag draws that point, m; null for a shove.</param>
/// <param name="ForceWorld">Force of a shove, N.</param>
/// <param name="StepsLeft">Control steps that a shove goes on for.</param>
internal sealed record PushState(int Body, Vector3 AnchorBody, Vector3? TargetWorld, Vector3 ForceWorld, int StepsLeft)
{
    /// <summary>Stiffness of a drag, N/m.</summary>
    public const float Stiffness = 600;

    /// <summary>Most that a drag pulls with, N.</summary>
    public const float MostForce = 400;

    /// <summary>The push as it acts on the world now.</summary>
    public LivePush On(LiveWorld world)
    {
        Vector3 point = world.PlaceOf(Body) + Vector3.Transform(AnchorBody, world.RotationOf(Body));
        Vector3 force = TargetWorld is { } target ? Stiffness * (target - point) : ForceWorld;
        float size = force.Length();
        return new LivePush(Body, point, TargetWorld is not null && size > MostForce ? force * (MostForce / size) : force);
    }
}
