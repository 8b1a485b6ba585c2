using System.Numerics;
using Motion.Sim.Characters;

namespace Motion.Sim.Physics.Wide;

/// <summary>
/// A scene compiled for stepping: bodies welded together become one link, every degree of freedom knows its chain of
/// ancestors, and the joint-space matrix is stored by rows that hold only those.
/// </summary>
internal sealed class WideModel
{
    private WideModel(Scene scene, Link[] links, WideJoint[] joints, Dof[] dofs, BodyFrame[] bodies, ControlMap[] controls, ContactModel contacts)
    {
        Scene = scene;
        Links = links;
        Joints = joints;
        Dofs = dofs;
        Bodies = bodies;
        Controls = controls;
        BallControls = [.. controls.Where(c => !c.IsTorque && joints[c.Joint].Kind == JointKind.Ball).Select(c => c.Joint).Distinct().Select(BallOf)];
        Contacts = contacts;
        Tendons = [.. scene.Character.TendonLimits.Select(limit => TendonOf(limit, dofs, joints))];
        FreeRoots = [.. Enumerable.Range(0, links.Length).Where(link => IsFreelyFloating(links, joints, dofs, link))];
        FreeTree = [.. links.Select(link => Array.IndexOf(FreeRoots, link.Root))];
        for (int tree = 0; tree < FreeRoots.Length; tree++)
        {
            for (int axis = 0; axis < 3; axis++)
            {
                dofs[links[FreeRoots[tree]].FirstDof + axis].Falls = (3 * tree) + axis;
            }
        }

        PositionCount = joints.Sum(joint => joint.PositionCount);
        Chains = ChainIndices(dofs);
        MatrixRows = dofs.Sum(dof => dof.Depth + 1);
    }

    public Scene Scene { get; }

    public Link[] Links { get; }

    public WideJoint[] Joints { get; }

    public Dof[] Dofs { get; }

    /// <summary>Where each body of the scene sits on its link.</summary>
    public BodyFrame[] Bodies { get; }

    public ControlMap[] Controls { get; }

    /// <summary>Ball joints with targets.</summary>
    public BallControl[] BallControls { get; }

    public ContactModel Contacts { get; }

    /// <summary>Limits on sums of hinge angles.</summary>
    public Tendon[] Tendons { get; }

    /// <summary>Links that float with nothing to hold them: the roots of the free trees.</summary>
    public int[] FreeRoots { get; }

    /// <summary>Which free tree each link belongs to, or −1.</summary>
    public int[] FreeTree { get; }

    public int PositionCount { get; }

    /// <summary>For each degree of freedom, its ancestors from the root down and itself: indices by depth.</summary>
    public int[][] Chains { get; }

    /// <summary>Entries of the joint-space matrix.</summary>
    public int MatrixRows { get; }

    /// <exception cref="MotionException">The scene has something the engine does not do.</exception>
    public static WideModel Compile(Scene scene, BatchOptions options)
    {
        SceneBodies all = SceneBodies.Of(scene);
        Link[] links = LinkBuilder.Build(all, out BodyFrame[] bodies);
        WideJoint[] joints = [.. all.Joints.Select(joint => WideJoint.From(joint, bodies[joint.Body].Link))];
        Dof[] dofs = DofBuilder.Build(links, joints, all, options, out ControlMap[] controls);
        ContactModel contacts = options.Contacts ? ContactBuilder.Build(all, bodies, links, dofs, options) : ContactModel.None;
        return new WideModel(scene, links, joints, dofs, bodies, controls, contacts);
    }

    private BallControl BallOf(int joint)
    {
        int Index(int axis) => Array.FindIndex(Controls, c => c.Joint == joint && c.Axis == axis && !c.IsTorque);
        return new BallControl(joint, Index(0), Index(1), Index(2));
    }

    private static bool IsFreelyFloating(Link[] links, WideJoint[] joints, Dof[] dofs, int link) =>
        links[link].Root == link && joints[links[link].FirstJoint].Kind == JointKind.Free
            && dofs[links[link].FirstDof] is { Armature: 0, Damping: 0 };

    private static Tendon TendonOf(TendonLimit limit, Dof[] dofs, WideJoint[] joints)
    {
        TendonTerm[] terms = [.. limit.Terms.Select(t => new TendonTerm(joints[t.Joint].Position, joints[t.Joint].Velocity, t.Coefficient)).OrderBy(t => t.Dof)];
        for (int term = 1; term < terms.Length; term++)
        {
            if (!IsAncestor(dofs, terms[term - 1].Dof, terms[term].Dof))
            {
                throw new MotionException(ExitCode.BadInput, $"tendon '{limit.Name}' joins joints on different branches; only joints of one chain are supported");
            }
        }

        return new Tendon(terms, limit.Lower, limit.Upper);
    }

    private static bool IsAncestor(Dof[] dofs, int ancestor, int dof)
    {
        while (dof > ancestor)
        {
            dof = dofs[dof].Parent;
        }

        return dof == ancestor;
    }

    private static int[][] ChainIndices(Dof[] dofs)
    {
        var chains = new int[dofs.Length][];
        for (int dof = 0; dof < dofs.Length; dof++)
        {
            chains[dof] = dofs[dof].Parent < 0 ? [dof] : [.. chains[dofs[dof].Parent], dof];
        }

        return chains;
    }
}

/// <summary>A rigid piece: one body with those welded to it.</summary>
internal struct Link
{
    public int Parent;
    public int Root;
    public int FirstJoint;
    public int JointCount;
    public int FirstDof;
    public int DofEnd;

    /// <summary>The deepest degree of freedom that moves it.</summary>
    public readonly int TipDof => DofEnd - 1;

    /// <summary>Which prop it is, or −1.</summary>
    public int Prop;

    /// <summary>Origin in the parent link's frame at rest.</summary>
    public Vector3 Position;
    public Quaternion Rotation;
    public float Mass;
    public Vector3 CenterOfMass;
    public SymmetricMatrix Inertia;
}

/// <summary>A joint on its link.</summary>
internal struct WideJoint
{
    public JointKind Kind;
    public int Link;
    public int Position;
    public int Velocity;
    public Vector3 Anchor;
    public Vector3 Axis;
    public bool Limited;
    public float Lower;
    public float Upper;
    public float Stiffness;
    public float SpringReference;

    public readonly int PositionCount => Kind switch { JointKind.Free => 7, JointKind.Ball => 4, _ => 1 };

    public readonly int VelocityCount => Kind switch { JointKind.Free => 6, JointKind.Ball => 3, _ => 1 };

    public static WideJoint From(Joint joint, int link) => new()
    {
        Kind = joint.Kind,
        Link = link,
        Position = joint.PositionIndex,
        Velocity = joint.VelocityIndex,
        Anchor = joint.Anchor,
        Axis = joint.Axis,
        Limited = joint.Limited,
        Lower = joint.Lower,
        Upper = joint.Upper,
        Stiffness = joint.Stiffness,
        SpringReference = joint.SpringReference,
    };
}

/// <summary>A degree of freedom.</summary>
internal struct Dof
{
    public int Parent;

    /// <summary>How many ancestors it has.</summary>
    public int Depth;

    /// <summary>Where its matrix row starts: entry e belongs to the ancestor at depth e, the last to itself.</summary>
    public int Row;
    public float Armature;

    /// <summary>Damping of the joint, with what its spring's implicit step adds.</summary>
    public float Damping;
    public float Kp;

    /// <summary>Velocity gain of the drive, with what the position gain's implicit step adds.</summary>
    public float Kd;
    public float TorqueLower;
    public float TorqueUpper;

    /// <summary>3 · tree + axis for the translation of what floats freely, else −1.</summary>
    public int Falls;

    /// <summary>Whether a drive with gains acts on it.</summary>
    public readonly bool IsDriven => Kp != 0 || Kd != 0;
}

/// <summary>A body of the scene in the frame of its link (−1: fixed to the world).</summary>
internal readonly record struct BodyFrame(int Link, Vector3 Position, Quaternion Rotation);

/// <summary>How one control becomes a joint target or torque: <c>Scale·clamp(control) + Offset</c>.</summary>
/// <param name="Joint">The joint.</param>
/// <param name="Dof">The degree of freedom.</param>
/// <param name="Axis">Which of the joint's.</param>
/// <param name="IsTorque">Whether the result is a torque, N·m, and not a target, rad.</param>
/// <param name="Scale">Factor on the control.</param>
/// <param name="Offset">Result at zero control.</param>
/// <param name="ControlLower">Smallest control.</param>
/// <param name="ControlUpper">Largest control.</param>
internal readonly record struct ControlMap(
    int Joint, int Dof, int Axis, bool IsTorque, float Scale, float Offset, float ControlLower, float ControlUpper);

/// <summary>A limit on a weighted sum of hinge angles along one chain.</summary>
internal sealed record Tendon(TendonTerm[] Terms, float Lower, float Upper);

/// <summary>One hinge of a tendon.</summary>
internal readonly record struct TendonTerm(int Position, int Dof, float Coefficient);

/// <summary>The controls that make up a ball joint's target, −1 where an axis has none.</summary>
internal readonly record struct BallControl(int Joint, int X, int Y, int Z);

/// <summary>The character's bodies and joints followed by the props' as further trees.</summary>
internal sealed record SceneBodies(Body[] Bodies, Joint[] Joints, Shape[] Shapes, Scene Scene)
{
    public int CharacterBodies => Scene.Character.Bodies.Length;

    public static SceneBodies Of(Scene scene)
    {
        Character character = scene.Character;
        if (scene.Props.Length > 8)
        {
            throw new MotionException(ExitCode.BadConfiguration, $"a scene has {scene.Props.Length} props; at most 8 are allowed");
        }

        List<Body> bodies = [.. character.Bodies];
        List<Joint> joints = [.. character.Joints];
        List<Shape> shapes = [.. character.Shapes];
        int position = character.PositionCount;
        int velocity = character.VelocityCount;
        foreach (Prop prop in scene.Props)
        {
            int index = bodies.Count;
            bodies.Add(new Body(prop.Name, -1, Vector3.Zero, Quaternion.Identity, prop.Mass, Vector3.Zero, PropInertia.Of(prop), joints.Count, 1));
            joints.Add(new Joint { Name = prop.Name, Body = index, Kind = JointKind.Free, PositionIndex = position, VelocityIndex = velocity });
            shapes.Add(new Shape { Name = prop.Name, Body = index, Kind = prop.Kind, Size = prop.Size, Friction = prop.Friction });
            position += 7;
            velocity += 6;
        }

        return new SceneBodies([.. bodies], [.. joints], [.. shapes], scene);
    }
}
