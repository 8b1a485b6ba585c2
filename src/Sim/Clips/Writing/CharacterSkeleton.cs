using System.Collections.Immutable;
using System.Numerics;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Analysis;
using Motion.Sim.Clips.Retargeting;

namespace Motion.Sim.Clips.Writing;

/// <summary>
/// A character as animation tools want it: one joint to a body, resting in a T-pose whatever the character's own rest pose, with marks at the
/// tips of hands, feet and head. A joint sits where its body turns about its parent, so a motion is the root's path and rotations alone.
/// </summary>
public sealed class CharacterSkeleton
{
    private readonly Character character;
    private readonly Vector3[] anchors;
    private readonly Quaternion[] tPose;

    private CharacterSkeleton(Character character, Vector3[] anchors, Quaternion[] tPose, Skeleton skeleton, ImmutableArray<string> approximations)
    {
        this.character = character;
        this.anchors = anchors;
        this.tPose = tPose;
        Skeleton = skeleton;
        Approximations = approximations;
        Mesh = CharacterShapes.Mesh(character, skeleton, anchors, tPose);
    }

    /// <summary>The skeleton: joint i is body i and has its name; the marks at the tips follow.</summary>
    public Skeleton Skeleton { get; }

    /// <summary>The character's shapes in the T-pose; bones where it has none.</summary>
    public ProxyMesh Mesh { get; }

    /// <summary>What bones cannot tell exactly, in sentences.</summary>
    public ImmutableArray<string> Approximations { get; }

    /// <summary>Makes the skeleton of a character.</summary>
    /// <param name="character">The character.</param>
    /// <exception cref="MotionException">It has more than one root body.</exception>
    public static CharacterSkeleton Of(Character character)
    {
        int count = character.Bodies.Length;
        if (count == 0 || character.Bodies.Skip(1).Any(body => body.Parent < 0))
        {
            throw new MotionException(ExitCode.BadInput, $"character '{character.Name}' has {character.Bodies.Count(body => body.Parent < 0)} root bodies; a skeleton has one");
        }

        List<string> approximations = [];
        Vector3[] anchors = [.. character.Bodies.Select(body => AnchorOf(character, body, approximations))];
        Vector3[] restPositions = new Vector3[count];
        Quaternion[] restRotations = new Quaternion[count];
        ForwardKinematics.Compute(character, PositionVector.Rest(character), restPositions, restRotations);

        Vector3[] places = [.. Enumerable.Range(0, count).Select(body => restPositions[body] + Vector3.Transform(anchors[body], restRotations[body]))];
        SkeletonJoint[] joints = [.. Enumerable.Range(0, count).Select(body => new SkeletonJoint(
            character.Bodies[body].Name, character.Bodies[body].Parent, body == 0 ? Vector3.Zero : places[body] - places[character.Bodies[body].Parent]))];
        Quaternion[] turns = TurnsToTPose(new Skeleton([.. joints]), character, approximations);
        for (int joint = 1; joint < count; joint++)
        {
            joints[joint] = joints[joint] with { Offset = Vector3.Transform(joints[joint].Offset, turns[joints[joint].Parent]) };
        }

        Quaternion[] tPose = [.. Enumerable.Range(0, count).Select(body => Quaternion.Normalize(turns[body] * restRotations[body]))];
        return new CharacterSkeleton(character, anchors, tPose, new Skeleton([.. joints, .. CharacterShapes.Tips(character, joints, anchors, tPose)]), [.. approximations]);
    }

    /// <summary>Takes position vectors of the character as a clip on this skeleton.</summary>
    /// <param name="name">Name of the clip.</param>
    /// <param name="frameRate">Frames per second.</param>
    /// <param name="positions">Position vectors one after another: [frame × <see cref="Character.PositionCount"/>].</param>
    /// <exception cref="ArgumentException">The length is no multiple of the position vector's.</exception>
    public Clip ToClip(string name, double frameRate, ReadOnlySpan<float> positions)
    {
        int bodyCount = character.Bodies.Length;
        if (positions.Length % character.PositionCount != 0)
        {
            throw new ArgumentException($"{positions.Length} numbers are no whole number of positions of '{character.Name}', which has {character.PositionCount}", nameof(positions));
        }

        int frameCount = positions.Length / character.PositionCount;
        int jointCount = Skeleton.Joints.Length;
        Vector3[] rootPositions = new Vector3[frameCount];
        Quaternion[] rotations = new Quaternion[frameCount * jointCount];
        Vector3[] bodyPositions = new Vector3[bodyCount];
        Quaternion[] bodyRotations = new Quaternion[bodyCount];
        for (int frame = 0; frame < frameCount; frame++)
        {
            ForwardKinematics.Compute(character, positions.Slice(frame * character.PositionCount, character.PositionCount), bodyPositions, bodyRotations);
            rootPositions[frame] = bodyPositions[0] + Vector3.Transform(anchors[0], bodyRotations[0]);
            Span<Quaternion> row = rotations.AsSpan(frame * jointCount, jointCount);
            row.Fill(Quaternion.Identity);
            for (int body = 0; body < bodyCount; body++)
            {
                int parent = character.Bodies[body].Parent;
                Quaternion above = parent < 0 ? Quaternion.Identity : tPose[parent] * Quaternion.Conjugate(bodyRotations[parent]);
                row[body] = Quaternion.Normalize(above * bodyRotations[body] * Quaternion.Conjugate(tPose[body]));
            }
        }

        return new Clip { Name = name, Skeleton = Skeleton, FrameRate = frameRate, RootPositions = rootPositions, Rotations = rotations };
    }

    /// <summary>Whether a clip's skeleton is this one, as in an archive that was written of it.</summary>
    /// <param name="other">The clip's skeleton.</param>
    public bool Is(Skeleton other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return other.Joints.Length == Skeleton.Joints.Length && Skeleton.Joints.Zip(other.Joints).All(pair =>
            pair.First with { Offset = Vector3.Zero } == pair.Second with { Offset = Vector3.Zero } && Vector3.Distance(pair.First.Offset, pair.Second.Offset) < 1e-4f);
    }

    /// <summary>Takes a clip on this skeleton back as position vectors: the inverse of <see cref="ToClip"/>.</summary>
    /// <param name="clip">The clip. Where a body has several hinges it is turned as near as they allow.</param>
    /// <returns>Position vectors: [frame × <see cref="Character.PositionCount"/>].</returns>
    /// <exception cref="ArgumentException">The clip is on another skeleton.</exception>
    public float[] ToPositions(Clip clip)
    {
        ArgumentNullException.ThrowIfNull(clip);
        if (!Is(clip.Skeleton))
        {
            throw new ArgumentException($"clip '{clip.Name}' is not on the skeleton of '{character.Name}'", nameof(clip));
        }

        int count = character.PositionCount;
        float[] positions = new float[clip.FrameCount * count];
        ArticulatedTree tree = new(character);
        JointCoordinates coordinates = new(tree);
        Vector3[] places = new Vector3[Skeleton.Joints.Length];
        Quaternion[] rotations = new Quaternion[places.Length];
        for (int frame = 0; frame < clip.FrameCount; frame++)
        {
            Span<float> at = positions.AsSpan(frame * count, count);
            (frame == 0 ? PositionVector.Rest(character) : positions.AsSpan((frame - 1) * count, count)).CopyTo(at);
            SkeletonKinematics.Place(Skeleton, clip.RootPositions[frame], clip.RotationsAt(frame), places, rotations);
            for (int body = 0; body < tree.BodyCount; body++)
            {
                Quaternion rotationWorld = Quaternion.Normalize(rotations[body] * tPose[body]);
                ReadOnlySpan<Joint> joints = tree.JointsOf(body);
                if (joints is [{ Kind: JointKind.Free }])
                {
                    PositionVector.SetRootPosition(joints[0], at, places[body]);
                    PositionVector.SetRotation(joints[0], at, rotationWorld);
                }
                else if (joints.Length == 1)
                {
                    Quaternion above = tree.Body(body).Parent < 0 ? Quaternion.Identity : tree.Rotations[tree.Body(body).Parent];
                    PositionVector.SetRotation(joints[0], at, Quaternion.Conjugate(above * tree.Body(body).Rotation) * rotationWorld);
                }
                else
                {
                    coordinates.Turn(body, rotationWorld, at);
                }

                tree.PlaceBody(body, at);
            }
        }

        return positions;
    }

    private static Vector3 AnchorOf(Character character, Body body, List<string> approximations)
    {
        Vector3[] anchors = [.. character.Joints.Skip(body.FirstJoint).Take(body.JointCount).Where(joint => joint.Kind != JointKind.Free).Select(joint => joint.Anchor)];
        if (anchors.Length == 0)
        {
            return Vector3.Zero;
        }

        Vector3 mean = anchors.Aggregate(Vector3.Add) / anchors.Length;
        float spread = anchors.Max(anchor => Vector3.Distance(anchor, mean));
        if (spread > 1e-4f)
        {
            approximations.Add(FormattableString.Invariant($"'{body.Name}' turns about points {2000 * spread:0} mm apart; its bone turns about the middle of them"));
        }

        return mean;
    }

    private static Quaternion[] TurnsToTPose(Skeleton skeleton, Character character, List<string> approximations)
    {
        Quaternion[] standing = new Quaternion[skeleton.Joints.Length];
        Array.Fill(standing, Quaternion.Identity);
        try
        {
            return TPose.Of(skeleton, RoleFinder.Find(skeleton, source: character.Name), standing);
        }
        catch (InputException)
        {
            approximations.Add($"'{character.Name}' is no person with arms and legs: its own rest pose stands in for the T-pose");
            return standing;
        }
    }
}
