using System.Numerics;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Analysis;

namespace Motion.Sim.Clips.Retargeting;

/// <summary>
/// Carries rotations over from a recording to a character, through the pose in which both stand: bones get the recording's directions, hinges
/// bend in the plane in which the limb bends. The result is what the character does before contacts and limits are fitted.
/// </summary>
internal sealed class RotationTransfer
{
    // Bends below this sine hardly tell the plane of a limb: there the recorded twist decides.
    private const float SureBend = 0.25f;

    private readonly CharacterRig _rig;
    private readonly SourceMotion _source;
    private readonly ArticulatedTree _tree;
    private readonly JointCoordinates _coordinates;

    // Role that each body follows, or null, and what turns the source joint's rotation into the body's.
    private readonly JointRole?[] _role;
    private readonly Quaternion[] _toBody;
    private readonly LimbHinge?[] _hinges;

    public RotationTransfer(CharacterRig rig, SourceMotion source, ArticulatedTree tree)
    {
        (_rig, _source, _tree) = (rig, source, tree);
        _coordinates = new JointCoordinates(tree);
        _role = new JointRole?[tree.BodyCount];
        _toBody = new Quaternion[tree.BodyCount];
        _hinges = new LimbHinge?[tree.BodyCount];
        foreach (JointRole role in Enum.GetValues<JointRole>().Where(role => rig.Roles.Has(role) && source.Roles.Has(role)))
        {
            int body = rig.Roles[role];
            _role[body] = role;
            _toBody[body] = Quaternion.Normalize(
                Quaternion.Conjugate(source.Reference.Rotations[source.Roles[role]]) * source.Reference.Facing * RestAlignment(role) * rig.RestRotations[body]);
        }

        foreach (JointRole lower in new[] { JointRole.LeftLowerArm, JointRole.RightLowerArm, JointRole.LeftShin, JointRole.RightShin })
        {
            if (tree.JointsOf(rig.Roles[lower]) is [{ Kind: JointKind.Hinge } hinge])
            {
                _hinges[rig.Roles[lower]] = LimbHinge.Find(rig, source, lower, hinge, _toBody[rig.Roles[lower - 2]]);
            }
        }

        Scale = rig.LegLength / source.LegLength;
    }

    /// <summary>Lengths of the character over the recording's: its legs'.</summary>
    public float Scale { get; }

    /// <summary>Fills in the positions of every frame.</summary>
    /// <param name="positions">Position vectors: [frame × position].</param>
    public void Transfer(Span<float> positions)
    {
        float[] rest = PositionVector.Rest(_rig.Character);
        for (int frame = 0; frame < _source.FrameCount; frame++)
        {
            Span<float> at = positions.Slice(frame * _tree.PositionCount, _tree.PositionCount);

            // Joints solved step by step start from where they were the frame before.
            (frame == 0 ? rest : positions.Slice((frame - 1) * _tree.PositionCount, _tree.PositionCount)).CopyTo(at);
            TransferFrame(frame, at);
        }
    }

    private void TransferFrame(int frame, Span<float> positions)
    {
        for (int body = 0; body < _tree.BodyCount; body++)
        {
            if (_hinges[body] is LimbHinge hinge)
            {
                positions[hinge.PositionIndex] = hinge.Angle(frame);
            }
            else if (_tree.JointsOf(body) is [{ Kind: JointKind.Free }])
            {
                PositionVector.SetRotation(_rig.Root, positions, Orientation(frame, body) ?? Quaternion.Identity);
            }
            else if (Orientation(frame, body) is Quaternion rotationWorld)
            {
                _coordinates.Turn(body, rotationWorld, positions);
            }

            _tree.PlaceBody(body, positions);
        }

        PlaceRoot(frame, positions);
    }

    // Hips stand where the recording's stand, scaled by the legs about the height of a flat foot's ankle.
    private void PlaceRoot(int frame, Span<float> positions)
    {
        Vector3 hips = _source.HipMiddle(frame) * Scale;
        hips.Z = ((_source.HipMiddle(frame).Z - _source.AnkleHeight) * Scale) + _rig.AnkleHeight;
        Vector3 now = (_tree.Positions[_rig.Roles[JointRole.LeftThigh]] + _tree.Positions[_rig.Roles[JointRole.RightThigh]]) / 2;
        PositionVector.SetRootPosition(_rig.Root, positions, PositionVector.RootPosition(_rig.Root, positions) + hips - now);
        _tree.Place(positions);
    }

    private Quaternion? Orientation(int frame, int body)
    {
        if (_role[body] is not JointRole role)
        {
            return null;
        }

        Quaternion rotation = Quaternion.Normalize(_source.Rotation(frame, role) * _toBody[body]);
        if (role == JointRole.Chest && _rig.Root.Body != body)
        {
            return AlongNeck(frame, body, rotation);
        }

        // The hinge below tells the twist of a limb's upper part.
        int lower = role is >= JointRole.LeftUpperArm and <= JointRole.RightUpperArm or JointRole.LeftThigh or JointRole.RightThigh ? _rig.Roles[role + 2] : -1;
        return lower >= 0 && _hinges[lower] is LimbHinge hinge ? hinge.Twist(frame, rotation, SureBend) : rotation;
    }

    // The trunk points from where the pelvis ends toward the bottom of the neck, however many joints of the back bend between.
    private Quaternion AlongNeck(int frame, int body, Quaternion rotation)
    {
        int pelvis = _rig.Roles[JointRole.Pelvis];
        Vector3 hipsRest = (_rig.At(JointRole.LeftThigh) + _rig.At(JointRole.RightThigh)) / 2;
        float reach = Vector3.Distance(_rig.NeckBase, hipsRest) / Vector3.Distance(_source.ReferenceNeckBase, _source.ReferenceHipMiddle);
        Vector3 hips = _tree.Point(pelvis, Vector3.Transform(hipsRest - _rig.RestPositions[pelvis], Quaternion.Conjugate(_rig.RestRotations[pelvis])));
        Vector3 start = _tree.Point(_tree.Body(body).Parent, _tree.Body(body).Position);
        Vector3 neck = hips + ((_source.NeckBase(frame) - _source.HipMiddle(frame)) * reach);
        Vector3 local = Vector3.Transform(_rig.NeckBase - _rig.RestPositions[body], Quaternion.Conjugate(_rig.RestRotations[body]));
        Vector3 from = Directions.Unit(Vector3.Transform(local, rotation));
        Vector3 to = Directions.Unit(neck - start);
        return from == Vector3.Zero || to == Vector3.Zero ? rotation : Quaternion.Normalize(Rotations.Between(from, to) * rotation);
    }

    // What turns the character's rest pose of a part into the recording's reference pose, in the standing figure's axes.
    private Quaternion RestAlignment(JointRole role)
    {
        Quaternion level = Quaternion.Conjugate(_source.Reference.Facing);
        switch (role)
        {
            case JointRole.LeftFoot or JointRole.RightFoot:
                return FootAlignment(role);
            case >= JointRole.LeftUpperArm and <= JointRole.RightLowerArm or >= JointRole.LeftThigh and <= JointRole.RightShin:
                Vector3 recorded = Vector3.Transform(_source.ReferencePosition(role + 2) - _source.ReferencePosition(role), level);
                return Rotations.Between(Directions.Unit(_rig.At(role + 2) - _rig.At(role)), Directions.Unit(recorded));
            case JointRole.LeftHand or JointRole.RightHand:
                return RestAlignment(role - 2);
            default:
                return Quaternion.Identity;
        }
    }

    // Feet point along their toes; their soles are level when they stand flat.
    private Quaternion FootAlignment(JointRole role)
    {
        Quaternion facing = _source.Reference.Facing;
        Quaternion reference = _source.Reference.Rotations[_source.Roles[role]];
        Quaternion flat = Quaternion.Identity;
        List<int> frames = _source.FlatFeet[role == JointRole.LeftFoot ? 0 : 1];
        if (frames.Count >= 3)
        {
            Vector3 sum = Vector3.Zero;
            foreach (int frame in frames)
            {
                Quaternion turned = _source.Rotation(frame, role) * Quaternion.Conjugate(reference) * facing;
                sum += Vector3.Transform(Vector3.UnitZ, Quaternion.Conjugate(turned));
            }

            Vector3 up = Directions.Unit(sum);
            flat = up.Z > 0.75f ? Rotations.Between(Vector3.UnitZ, up) : flat;
        }

        if (!_source.Roles.Has(role + 2))
        {
            return flat;
        }

        Vector3 toes = Vector3.Transform(_source.ReferencePosition(role + 2) - _source.ReferencePosition(role), Quaternion.Conjugate(facing));
        Vector3 level = Directions.Across(Vector3.Transform(toes, Quaternion.Conjugate(flat)), Vector3.UnitZ);

        // Toes turned out further than this are another rig's idea of a foot, not a foot turned out.
        float yaw = level.Length() > 0.02f ? MathF.Atan2(level.Y, level.X) : 0;
        return MathF.Abs(yaw) < 0.8f ? flat * Quaternion.CreateFromAxisAngle(Vector3.UnitZ, yaw) : flat;
    }
}
