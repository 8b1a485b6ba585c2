using System.Collections.Immutable;
using System.Numerics;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Analysis;

namespace Motion.Sim.Clips.Retargeting;

/// <summary>
/// Gives a character's motion back to a recorded skeleton, so that it drops onto the rig it came from: the way of <see cref="Retargeter"/>
/// walked backwards. Joints that the character has turn as its bodies do; joints of back and neck between them share the bend; all others
/// keep the mean pose on their parents that they have in the recording. Hips travel scaled by the legs, the back leans until the neck is where the character's is, and knees
/// give so that ankles stand still where the character's do.
/// </summary>
public sealed class SkeletonReturn
{
    private readonly AnalysedClip _target;
    private readonly SourceMotion _source;
    private readonly CharacterRig _rig;
    private readonly float _scale;
    private readonly float _trunkScale;
    private readonly float _hipsWider;

    // For each joint: the role it plays on the character, or null; for joints of back and neck between two such: which, and how far along;
    // and what turns the rotation that it follows into its own (applied first).
    private readonly JointRole?[] _role;
    private readonly (int Below, int Above, float Share)?[] _between;
    private readonly Quaternion[] _toJoint;

    /// <param name="character">Whose motion it is.</param>
    /// <param name="target">The skeleton that shall move, from a recording of it that has been understood.</param>
    /// <exception cref="MotionException">The character is not a person.</exception>
    public SkeletonReturn(Character character, AnalysedClip target)
    {
        _target = target;
        _rig = new CharacterRig(character);
        _source = new SourceMotion(target);
        int count = target.Clip.Skeleton.Joints.Length;
        _role = new JointRole?[count];
        _toJoint = new Quaternion[count];
        _between = new (int, int, float)?[count];
        foreach (JointRole role in Enum.GetValues<JointRole>().Where(role => _rig.Roles.Has(role) && target.Roles.Has(role)))
        {
            _role[target.Roles[role]] = role;
        }

        ArticulatedTree tree = new(character);
        RotationTransfer transfer = new(_rig, _source, tree);
        SkeletonTree joints = new(target.Clip.Skeleton);
        ShareBend(joints, JointRole.Pelvis, JointRole.Chest);
        ShareBend(joints, JointRole.Chest, JointRole.Head);
        FitRotations(transfer, tree);

        _scale = 1 / transfer.Scale;
        _trunkScale = Vector3.Distance(_source.ReferenceNeckBase, _source.ReferenceHipMiddle) / Vector3.Distance(_rig.NeckBase, HipMiddle(_rig.RestPositions));
        _hipsWider = (Vector3.Distance(_source.ReferencePosition(JointRole.LeftThigh), _source.ReferencePosition(JointRole.RightThigh))
            - (Vector3.Distance(_rig.At(JointRole.LeftThigh), _rig.At(JointRole.RightThigh)) * _scale)) / 2;
    }

    /// <summary>The character's motion on the recorded skeleton: metres, Z up, the recording's own names, offsets and rest pose.</summary>
    /// <param name="name">Name of the clip.</param>
    /// <param name="frameRate">Frames per second.</param>
    /// <param name="positions">Position vectors of the character one after another: [frame × <see cref="Character.PositionCount"/>].</param>
    public Clip Apply(string name, double frameRate, ReadOnlySpan<float> positions)
    {
        Character character = _rig.Character;
        Skeleton skeleton = _target.Clip.Skeleton;
        int frameCount = positions.Length / character.PositionCount;
        Vector3[] roots = new Vector3[frameCount];
        Quaternion[] rotations = new Quaternion[frameCount * skeleton.Joints.Length];
        Vector3[] bodyPositions = new Vector3[character.Bodies.Length];
        Quaternion[] bodyRotations = new Quaternion[character.Bodies.Length];
        FigurePose pose = new(skeleton);
        for (int frame = 0; frame < frameCount; frame++)
        {
            ForwardKinematics.Compute(character, positions.Slice(frame * character.PositionCount, character.PositionCount), bodyPositions, bodyRotations);
            Turn(pose, bodyRotations);
            Stand(pose, bodyPositions);
            LeanBack(pose, bodyPositions, bodyRotations);
            Step(pose, bodyPositions, bodyRotations);
            roots[frame] = pose.Positions[0];
            pose.WriteLocal(rotations.AsSpan(frame * skeleton.Joints.Length, skeleton.Joints.Length));
        }

        return new Clip { Name = name, Skeleton = skeleton, FrameRate = frameRate, RootPositions = roots, Rotations = rotations };
    }

    /// <summary>
    /// Finds what stands between each joint's rotation and the one that it follows by carrying the recording over and averaging: this holds
    /// the constant part of every correction made on the way there, known or not.
    /// </summary>
    private void FitRotations(RotationTransfer transfer, ArticulatedTree tree)
    {
        float[] positions = new float[_source.FrameCount * tree.PositionCount];
        transfer.Transfer(positions);
        Quaternion[] sums = new Quaternion[_toJoint.Length];
        for (int frame = 0; frame < _source.FrameCount; frame++)
        {
            tree.Place(positions.AsSpan(frame * tree.PositionCount, tree.PositionCount));
            ReadOnlySpan<Quaternion> recorded = _source.RotationsAt(frame);
            for (int joint = 0; joint < sums.Length; joint++)
            {
                Quaternion toJoint = Quaternion.Conjugate(Leading(joint, recorded, tree.Rotations)) * recorded[joint];
                sums[joint] += Quaternion.Dot(sums[joint], toJoint) < 0 ? Quaternion.Negate(toJoint) : toJoint;
            }
        }

        for (int joint = 0; joint < sums.Length; joint++)
        {
            // A joint that spins all the way round has no mean.
            _toJoint[joint] = sums[joint].Length() > 1e-3f ? Quaternion.Normalize(sums[joint]) : Quaternion.Identity;
        }
    }

    private void ShareBend(SkeletonTree tree, JointRole low, JointRole high)
    {
        int below = _target.Roles[low], above = _target.Roles[high];
        if (below < 0 || above < 0 || _role[below] is null || _role[above] is null || !tree.IsAncestor(below, above))
        {
            return;
        }

        List<int> path = tree.Path(below, above);
        for (int step = 0; step + 1 < path.Count; step++)
        {
            _between[path[step]] = (below, above, (step + 1f) / path.Count);
        }
    }

    private void Turn(FigurePose pose, ReadOnlySpan<Quaternion> bodyRotations)
    {
        // Joints between two others come before the upper one, which therefore must be known first.
        for (int joint = 0; joint < _role.Length; joint++)
        {
            if (_role[joint] is not null)
            {
                pose.Rotations[joint] = Quaternion.Normalize(Leading(joint, pose.Rotations, bodyRotations) * _toJoint[joint]);
            }
        }

        for (int joint = 0; joint < _role.Length; joint++)
        {
            if (_role[joint] is null)
            {
                pose.Rotations[joint] = Quaternion.Normalize(Leading(joint, pose.Rotations, bodyRotations) * _toJoint[joint]);
            }
        }
    }

    /// <summary>The rotation that a joint follows: its body's, a share of the bend between two joints, or its parent's.</summary>
    private Quaternion Leading(int joint, ReadOnlySpan<Quaternion> joints, ReadOnlySpan<Quaternion> bodies)
    {
        if (_role[joint] is JointRole role)
        {
            return bodies[_rig.Roles[role]];
        }

        if (_between[joint] is var (below, above, share))
        {
            ImmutableArray<Quaternion> reference = _target.Reference.Rotations;
            return Quaternion.Slerp(joints[below] * Quaternion.Conjugate(reference[below]), joints[above] * Quaternion.Conjugate(reference[above]), share);
        }

        int parent = _target.Clip.Skeleton.Joints[joint].Parent;
        return parent < 0 ? Quaternion.Identity : joints[parent];
    }

    private void Stand(FigurePose pose, ReadOnlySpan<Vector3> bodyPositions)
    {
        pose.Place(Vector3.Zero);
        pose.Place(OnTarget(HipMiddle(bodyPositions)) - HipMiddle(pose));
    }

    private void LeanBack(FigurePose pose, ReadOnlySpan<Vector3> bodyPositions, ReadOnlySpan<Quaternion> bodyRotations)
    {
        int chest = _target.Roles[JointRole.Chest], back = _target.Roles[JointRole.Spine], body = _rig.Roles[JointRole.Chest];
        if (chest < 0 || back < 0)
        {
            return;
        }

        Vector3 local = Vector3.Transform(_rig.NeckBase - _rig.RestPositions[body], Quaternion.Conjugate(_rig.RestRotations[body]));
        Vector3 neck = bodyPositions[body] + Vector3.Transform(local, bodyRotations[body]);
        Vector3 place = HipMiddle(pose) + ((neck - HipMiddle(bodyPositions)) * _trunkScale);
        Vector3 chestPlace = place - (_source.NeckBase(pose.Positions) - pose.Positions[chest]);
        pose.Swing(back, chest, Rotations.Between(pose.Positions[chest] - pose.Positions[back], chestPlace - pose.Positions[back]));
    }

    private void Step(FigurePose pose, ReadOnlySpan<Vector3> bodyPositions, ReadOnlySpan<Quaternion> bodyRotations)
    {
        for (JointRole thigh = JointRole.LeftThigh; thigh <= JointRole.RightThigh; thigh++)
        {
            int hip = _target.Roles[thigh], foot = _rig.Roles[thigh + 4];
            Vector3 left = Vector3.Transform(Vector3.UnitY, pose.Rotations[hip] * Quaternion.Conjugate(_target.Reference.Rotations[hip]) * _target.Reference.Facing);

            // Wider hips stand wider: aside as the foot points, which does not change while it stands, so that it does not slide.
            Vector3 aside = new(0, thigh.IsLeft() ? _hipsWider : -_hipsWider, 0);
            Vector3 place = OnTarget(bodyPositions[foot]) + Vector3.Transform(aside, bodyRotations[foot] * Quaternion.Conjugate(_rig.RestRotations[foot]));
            pose.Reach(hip, _target.Roles[thigh + 2], _target.Roles[thigh + 4], left, place);
        }
    }

    private Vector3 HipMiddle(FigurePose pose) =>
        (pose.Positions[_target.Roles[JointRole.LeftThigh]] + pose.Positions[_target.Roles[JointRole.RightThigh]]) / 2;

    private Vector3 HipMiddle(ReadOnlySpan<Vector3> bodyPositions) =>
        (bodyPositions[_rig.Roles[JointRole.LeftThigh]] + bodyPositions[_rig.Roles[JointRole.RightThigh]]) / 2;

    /// <summary>A place of the character's hips or ankles, scaled to the skeleton about the height of a flat foot's ankle.</summary>
    private Vector3 OnTarget(Vector3 place) =>
        new(place.X * _scale, place.Y * _scale, ((place.Z - _rig.AnkleHeight) * _scale) + _source.AnkleHeight);
}
