using System.Numerics;
using Motion.Sim.Characters;

namespace Motion.Sim.Clips.Retargeting;

/// <summary>
/// A character's tree laid out for fitting: bodies placed from position vectors, and the world axis and anchor of every degree of freedom.
/// One instance is used by one thread; nothing is allocated after construction.
/// </summary>
internal sealed class ArticulatedTree
{
    private readonly Body[] _bodies;
    private readonly Joint[] _joints;
    private readonly int[][] _chains;

    public ArticulatedTree(Character character)
    {
        _bodies = [.. character.Bodies];
        _joints = [.. character.Joints];
        FreedomCount = character.VelocityCount;
        PositionCount = character.PositionCount;
        Positions = new Vector3[_bodies.Length];
        Rotations = new Quaternion[_bodies.Length];
        Axes = new Vector3[FreedomCount];
        Anchors = new Vector3[FreedomCount];
        IsTranslation = new bool[FreedomCount];
        _chains = new int[_bodies.Length][];
        for (int body = 0; body < _bodies.Length; body++)
        {
            List<int> chain = _bodies[body].Parent < 0 ? [] : [.. _chains[_bodies[body].Parent]];
            foreach (Joint joint in JointsOf(body))
            {
                chain.AddRange(Enumerable.Range(joint.VelocityIndex, joint.VelocityCount));
            }

            _chains[body] = [.. chain];
        }

        foreach (Joint joint in _joints.Where(joint => joint.Kind == JointKind.Free))
        {
            IsTranslation.AsSpan(joint.VelocityIndex, 3).Fill(true);
        }
    }

    public int BodyCount => _bodies.Length;

    public int FreedomCount { get; }

    public int PositionCount { get; }

    /// <summary>Body origins, world: [body].</summary>
    public Vector3[] Positions { get; }

    /// <summary>Body orientations, world: [body].</summary>
    public Quaternion[] Rotations { get; }

    /// <summary>Unit direction of each degree of freedom, world: [freedom].</summary>
    public Vector3[] Axes { get; }

    /// <summary>A point on the axis of each rotational degree of freedom, world: [freedom].</summary>
    public Vector3[] Anchors { get; }

    /// <summary>Which degrees of freedom shift instead of turn: [freedom].</summary>
    public bool[] IsTranslation { get; }

    /// <summary>The degrees of freedom that move a body, from the root down.</summary>
    public ReadOnlySpan<int> Chain(int body) => _chains[body];

    public ReadOnlySpan<Joint> JointsOf(int body) => _joints.AsSpan(_bodies[body].FirstJoint, _bodies[body].JointCount);

    public Body Body(int body) => _bodies[body];

    /// <summary>World point of a body.</summary>
    public Vector3 Point(int body, Vector3 local) => Positions[body] + Vector3.Transform(local, Rotations[body]);

    /// <summary>Velocity of a point of the tree along a degree of freedom at unit rate.</summary>
    public Vector3 Column(int freedom, Vector3 point) =>
        IsTranslation[freedom] ? Axes[freedom] : Vector3.Cross(Axes[freedom], point - Anchors[freedom]);

    /// <summary>Places every body.</summary>
    public void Place(ReadOnlySpan<float> positions)
    {
        for (int body = 0; body < _bodies.Length; body++)
        {
            PlaceBody(body, positions);
        }
    }

    /// <summary>Places one body whose parent has been placed.</summary>
    public void PlaceBody(int index, ReadOnlySpan<float> positions)
    {
        Body body = _bodies[index];
        Vector3 position = body.Position;
        Quaternion rotation = body.Rotation;
        if (body.Parent >= 0)
        {
            position = Positions[body.Parent] + Vector3.Transform(body.Position, Rotations[body.Parent]);
            rotation = Rotations[body.Parent] * body.Rotation;
        }

        foreach (Joint joint in JointsOf(index))
        {
            int at = joint.VelocityIndex;
            if (joint.Kind == JointKind.Free)
            {
                position = PositionVector.RootPosition(joint, positions);
                rotation = PositionVector.Rotation(joint, positions);
                (Axes[at], Axes[at + 1], Axes[at + 2]) = (Vector3.UnitX, Vector3.UnitY, Vector3.UnitZ);
                SetTurns(at + 3, rotation, position);
                continue;
            }

            Vector3 anchor = position + Vector3.Transform(joint.Anchor, rotation);
            if (joint.Kind == JointKind.Hinge)
            {
                Axes[at] = Vector3.Transform(joint.Axis, rotation);
                Anchors[at] = anchor;
                rotation *= PositionVector.Rotation(joint, positions);
            }
            else
            {
                rotation *= PositionVector.Rotation(joint, positions);
                SetTurns(at, rotation, anchor);
            }

            position = anchor - Vector3.Transform(joint.Anchor, rotation);
        }

        Positions[index] = position;
        Rotations[index] = Quaternion.Normalize(rotation);
    }

    private void SetTurns(int at, Quaternion rotation, Vector3 anchor)
    {
        Axes[at] = Vector3.Transform(Vector3.UnitX, rotation);
        Axes[at + 1] = Vector3.Transform(Vector3.UnitY, rotation);
        Axes[at + 2] = Vector3.Transform(Vector3.UnitZ, rotation);
        Anchors[at] = Anchors[at + 1] = Anchors[at + 2] = anchor;
    }
}
