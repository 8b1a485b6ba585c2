using System.Numerics;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Analysis;

namespace Motion.Sim.Clips.Retargeting;

/// <summary>Measures a retargeted motion against its recording, its contacts, the ground and the character's joints.</summary>
internal sealed class RetargetMeasurement(CharacterRig rig, ArticulatedTree tree, SourceMotion source, float scale)
{
    private readonly List<float>[] _proportioned = [.. ProportionedSource.KeyRoles.Select(_ => new List<float>())];
    private readonly List<float>[] _scaled = [.. ProportionedSource.KeyRoles.Select(_ => new List<float>())];
    private readonly List<float> _heights = [];
    private readonly List<float> _depths = [];
    private readonly List<float> _slides = [];

    // Places of the resting heels and toes of the contact that goes on: left heel, left toe, right heel, right toe.
    private readonly List<Vector2>[] _resting = [[], [], [], []];
    private readonly JointRole[] _jointRoles = [.. Enum.GetValues<JointRole>().Where(role => rig.Roles.Has(role) && tree.Body(rig.Roles[role]).Parent >= 0)];
    private float _excess;

    /// <summary>Measures a motion.</summary>
    /// <param name="positions">What was given: [frame × position].</param>
    /// <param name="transferred">What the recording asks for, before contacts and limits: [frame × position].</param>
    /// <param name="contacts">When heels and toes rest: [frame].</param>
    public RetargetReport Measure(ReadOnlySpan<float> positions, ReadOnlySpan<float> transferred, FootContacts[] contacts)
    {
        ProportionedSource wanted = new(rig, source);
        Quaternion[] asked = new Quaternion[_jointRoles.Length];
        float[][] turns = [.. _jointRoles.Select(_ => new float[contacts.Length])];
        for (int frame = 0; frame < contacts.Length; frame++)
        {
            tree.Place(transferred.Slice(frame * tree.PositionCount, tree.PositionCount));
            for (int joint = 0; joint < asked.Length; joint++)
            {
                asked[joint] = AgainstParent(_jointRoles[joint]);
            }

            ReadOnlySpan<float> at = positions.Slice(frame * tree.PositionCount, tree.PositionCount);
            tree.Place(at);
            for (int joint = 0; joint < asked.Length; joint++)
            {
                turns[joint][frame] = Rotations.ToVector(asked[joint] * Quaternion.Conjugate(AgainstParent(_jointRoles[joint]))).Length();
            }

            MeasureKeyBodies(frame, wanted);
            MeasureFeet(contacts[frame]);
            foreach (Joint joint in rig.Character.Joints)
            {
                _excess = Math.Max(_excess, JointLimits.Excess(joint, at));
            }
        }

        MeasureFeet(FootContacts.None);
        return new RetargetReport
        {
            Joints = [.. _jointRoles.Select((role, joint) => new JointError(role, Spread.Of(turns[joint])))],
            KeyBodies = [.. ProportionedSource.KeyRoles.Select((role, index) => new KeyBodyError(role, Spread.Of(_proportioned[index]), Spread.Of(_scaled[index])))],
            PositionError = Spread.Of(_proportioned.SelectMany(errors => errors)),
            ScaledPositionError = Spread.Of(_scaled.SelectMany(errors => errors)),
            Sliding = Spread.Of(_slides),
            ContactHeight = Spread.Of(_heights),
            Penetration = Spread.Of(_depths),
            LimitExcess = _excess,
            ContactShare = contacts.Count(contact => contact != FootContacts.None) / (float)contacts.Length,
            Scale = scale,
        };
    }

    private Quaternion AgainstParent(JointRole role)
    {
        int body = rig.Roles[role];
        return Quaternion.Conjugate(tree.Rotations[tree.Body(body).Parent]) * tree.Rotations[body];
    }

    private void MeasureKeyBodies(int frame, ProportionedSource wanted)
    {
        Vector3 root = tree.Positions[rig.Roles[JointRole.Pelvis]];
        Vector3 hips = (tree.Positions[rig.Roles[JointRole.LeftThigh]] + tree.Positions[rig.Roles[JointRole.RightThigh]]) / 2;
        for (int index = 0; index < ProportionedSource.KeyRoles.Length; index++)
        {
            JointRole role = ProportionedSource.KeyRoles[index];
            if (rig.Roles.Has(role) && source.Roles.Has(role))
            {
                Vector3 at = tree.Positions[rig.Roles[role]];
                Vector3 recorded = role == JointRole.Head ? source.NeckBase(frame) : source.Position(frame, role);
                _proportioned[index].Add(Vector3.Distance(at - root, wanted.FromRoot(frame, role)));
                _scaled[index].Add(Vector3.Distance(at - hips, (recorded - source.HipMiddle(frame)) * scale));
            }
        }
    }

    private void MeasureFeet(FootContacts contacts)
    {
        for (int side = 0; side < 2; side++)
        {
            FootSole sole = rig.Soles[side];
            Vector3 heel = tree.Point(sole.Body, sole.Heel);
            Vector3 toe = tree.Point(sole.Body, sole.Toe);
            Follow(2 * side, contacts.HasFlag(side == 0 ? FootContacts.LeftHeel : FootContacts.RightHeel), heel);
            Follow((2 * side) + 1, contacts.HasFlag(side == 0 ? FootContacts.LeftToe : FootContacts.RightToe), toe);
            if ((contacts & (side == 0 ? FootContacts.Left : FootContacts.Right)) != 0)
            {
                float lowest = Math.Min(heel.Z, Math.Min(tree.Point(sole.Body, sole.ToeLeft).Z, tree.Point(sole.Body, sole.ToeRight).Z));
                _heights.Add(MathF.Abs(lowest));
            }
        }

        float depth = 0;
        foreach (SupportPoint support in rig.Supports)
        {
            depth = Math.Max(depth, support.Radius - tree.Point(support.Body, support.Local).Z);
        }

        _depths.Add(depth);
    }

    private void Follow(int point, bool rests, Vector3 place)
    {
        List<Vector2> resting = _resting[point];
        if (rests)
        {
            resting.Add(new Vector2(place.X, place.Y));
        }
        else if (resting.Count > 0)
        {
            Vector2 mean = resting.Aggregate(Vector2.Zero, (sum, at) => sum + at) / resting.Count;
            _slides.Add(resting.Max(at => Vector2.Distance(at, mean)));
            resting.Clear();
        }
    }
}
