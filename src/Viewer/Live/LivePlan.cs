using System.Collections.Immutable;
using System.Numerics;

namespace Motion.Viewer.Live;

/// <summary>What a driver that plans has in mind: it is drawn on the ground.</summary>
/// <param name="Expected">Where the root is expected after each of the steps that are left of the plan, m; empty before the first one.</param>
/// <param name="Wanted">Where the character was sent, m: one point is a target, several are a path; empty when it was not sent anywhere.</param>
/// <param name="Milliseconds">How long the latest plan took; 0 before the first one.</param>
/// <param name="Overruns">How many plans took longer than the play could wait, so that it went on with the one before.</param>
public sealed record LivePlan(ImmutableArray<Vector2> Expected, ImmutableArray<Vector2> Wanted, double Milliseconds, int Overruns);
