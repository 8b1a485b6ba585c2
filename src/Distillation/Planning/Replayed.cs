using Motion.Policies.Planning;

namespace Motion.Distillation.Planning;

/// <summary>Chooses joint targets in every world: gives [world × actuator], rad, for physical states, [world × feature], of a step of the window.</summary>
public delegate void ReplayActor(int step, ReadOnlySpan<float> states, Span<float> targets);

/// <summary>What teachers did, and what somebody else made of it: windows of one step more than there are actions, one for each world.</summary>
/// <param name="Taught">What teachers did. A window is of no use whose rollout has a flag after its first row.</param>
/// <param name="Repeated">The same from the same state by somebody else; no actions; flagged where it fell.</param>
/// <param name="TaughtPlaces">Where roots were on the ground: [world × step].</param>
/// <param name="RepeatedPlaces">Likewise.</param>
public sealed record Replayed(TrajectoryRollout Taught, TrajectoryRollout Repeated, GroundPlace[] TaughtPlaces, GroundPlace[] RepeatedPlaces);
