using System.Numerics;
using Motion.Sim.Characters;
using Motion.Viewer.Drawing;

namespace Motion.Viewer.Live;

/// <summary>Makes the picture of a moment of play: the character, what it follows, what touches and pushes it, and where it has been.</summary>
internal sealed class PlayScene
{
    private const float MetresPerNewton = 1 / 1200f;
    private const float TouchingForce = 5;
    private static readonly Tint s_ghost = new(110, 205, 140, 150);
    private static readonly Tint s_ball = new(244, 190, 62);
    private static readonly Tint s_contact = new(60, 200, 120, 150);
    private static readonly Tint s_force = new(250, 200, 60);
    private static readonly Tint s_push = new(250, 80, 60);
    private static readonly Tint s_expected = new(70, 150, 250, 220);
    private static readonly Tint s_wanted = new(235, 70, 110, 190);
    private static readonly Tint s_trail = new(250, 150, 40, 200);
    private readonly Character _character;
    private readonly CharacterSolids _figure;
    private readonly Vector3[] _ghostPlaces;
    private readonly Quaternion[] _ghostRotations;

    public PlayScene(Character character)
    {
        (_character, _figure) = (character, new CharacterSolids(character));
        (_ghostPlaces, _ghostRotations) = (new Vector3[character.Bodies.Length], new Quaternion[character.Bodies.Length]);
    }

    /// <summary>What is drawn.</summary>
    public Scenery Scenery { get; } = new();

    /// <summary>Fills it.</summary>
    /// <param name="frame">The moment.</param>
    /// <param name="places">Origins of the bodies as they are shown, m.</param>
    /// <param name="rotations">Orientations of the bodies as they are shown.</param>
    /// <param name="view">What is shown.</param>
    /// <param name="history">Where it has been.</param>
    /// <param name="ghost">Another pose for the ghost; the one that is followed when null.</param>
    public void Fill(LiveFrame frame, Vector3[] places, Quaternion[] rotations, PlayView view, PlayHistory history, float[]? ghost = null)
    {
        Scenery.Clear();
        Scenery.Focus = places[0] with { Z = 0.8f };
        bool isOpen = view.Joints || view.Centre || view.Forces;
        _figure.AddTo(isOpen ? Scenery.Ghosts : Scenery.Solids, places, rotations, isOpen ? Tint.Middle.Faded(0.5f) : null);
        foreach (Vector3 ball in frame.Balls)
        {
            Scenery.Solids.Add(Solid.Sphere(ball, LiveWorld.BallRadius, s_ball));
        }

        if ((view.Ghost || ghost is not null) && (ghost ?? frame.Reference?.Positions) is { } pose)
        {
            ForwardKinematics.Compute(_character, pose, _ghostPlaces, _ghostRotations);
            _figure.AddTo(Scenery.Ghosts, _ghostPlaces, _ghostRotations, s_ghost);
        }

        if (view.Trail && history.Samples.Count > 1)
        {
            Scenery.Ribbons.Add(new Ribbon([.. history.Samples.TakeLast(150).Select(sample => sample.Place)], 0.04f, s_trail, 0));
        }

        if (frame.Plan is { } plan)
        {
            AddPlan(plan, places[0], view);
        }

        AddContacts(frame, places, view);
        if (view.Joints)
        {
            AddJoints(places, rotations);
        }

        if (view.Centre)
        {
            Scenery.Marks.Add(Solid.Sphere(frame.CentreOfMass, 0.045f, s_force));
            Scenery.Discs.Add(new Disc(frame.CentreOfMass with { Z = 0 }, 0.05f, 0.07f, s_force));
        }

        if (frame.Push is { } push)
        {
            Scenery.Marks.Add(Solid.Sphere(push.PointWorld, 0.03f, s_push));
            Scenery.AddArrow(push.PointWorld, push.ForceWorld * (2 * MetresPerNewton), s_push, 1.3f);
        }
    }

    private void AddPlan(LivePlan plan, Vector3 root, PlayView view)
    {
        IReadOnlyList<Vector2> wanted = view.Drawn.Count > 1 ? view.Drawn : plan.Wanted;
        if (wanted.Count > 1)
        {
            Scenery.Ribbons.Add(new Ribbon([.. wanted.Select(OnGround)], 0.09f, s_wanted));
        }

        if (wanted.Count > 0)
        {
            Scenery.AddTarget(OnGround(wanted[^1]), 0.3f, s_wanted);
        }

        if (!plan.Expected.IsEmpty)
        {
            Scenery.Ribbons.Add(new Ribbon([root with { Z = 0 }, .. plan.Expected.Select(OnGround)], 0.05f, s_expected));
        }
    }

    private static Vector3 OnGround(Vector2 point) => new(point, 0);

    private void AddContacts(LiveFrame frame, Vector3[] places, PlayView view)
    {
        for (int body = 0; body < places.Length; body++)
        {
            Vector3 force = frame.ContactForces[body];
            if (force.LengthSquared() < TouchingForce * TouchingForce)
            {
                continue;
            }

            Vector3 ground = places[body] with { Z = 0 };
            if (view.Contacts)
            {
                Scenery.Discs.Add(new Disc(ground, 0, 0.14f, s_contact));
            }

            if (view.Forces)
            {
                Scenery.AddArrow(ground, force * MetresPerNewton, s_force);
            }
        }
    }

    private void AddJoints(Vector3[] places, Quaternion[] rotations)
    {
        foreach (Joint joint in _character.Joints.Where(joint => joint.Kind != JointKind.Free))
        {
            Vector3 place = places[joint.Body] + Vector3.Transform(joint.Anchor, rotations[joint.Body]);
            Scenery.Marks.Add(Solid.Sphere(place, joint.Kind == JointKind.Ball ? 0.035f : 0.025f, Tint.Warning));
            int parent = _character.Bodies[joint.Body].Parent;
            if (parent >= 0)
            {
                Scenery.Marks.Add(Solid.Capsule(places[parent], place, 0.009f, Tint.Middle));
            }
        }
    }
}
