using System.Numerics;

namespace Motion.Sim.Clips.Retargeting;

/// <summary>
/// Where the character's soles shall be: where the transferred motion has them, shifted so that resting heels and toes stay in place on the ground. Between
/// contacts the shift fades from one to the next (after Kovar, Schreiner and Gleicher, "Footskate cleanup for motion capture editing", 2002).
/// </summary>
internal sealed class FootTargets
{
    // A point that the recording drags farther than this while it rests has been set down anew on the way, m.
    private const float LongestDrag = 0.1f;
    private const double FadeSeconds = 0.08;

    // Sines and cosines of how far a foot may be rolled or pitched and still stand on its sole: 35 degrees of roll; heels bear up to 60 degrees of
    // pitch back and 45 forward, toes 90 forward and 45 back.
    private const float MostRoll = 0.57f;
    private const float LeastUpright = 0.5f;
    private const float LeastFlat = 0.7f;

    private readonly int _frames;

    /// <param name="rig">The character.</param>
    /// <param name="tree">Its tree, to place it with.</param>
    /// <param name="positions">The transferred motion: [frame × position].</param>
    /// <param name="contacts">When heels and toes rest: [frame]; a contact that is dragged too far is cut in two.</param>
    /// <param name="frameRate">Frames per second.</param>
    public FootTargets(CharacterRig rig, ArticulatedTree tree, ReadOnlySpan<float> positions, FootContacts[] contacts, double frameRate)
    {
        _frames = contacts.Length;
        Heels = [new Vector3[_frames], new Vector3[_frames]];
        ToesLeft = [new Vector3[_frames], new Vector3[_frames]];
        ToesRight = [new Vector3[_frames], new Vector3[_frames]];
        HeelHold = [new float[_frames], new float[_frames]];
        ToeHold = [new float[_frames], new float[_frames]];
        Vector3[][] laterals = [new Vector3[_frames], new Vector3[_frames]];
        Vector3[][] toes = [new Vector3[_frames], new Vector3[_frames]];
        for (int frame = 0; frame < _frames; frame++)
        {
            tree.Place(positions.Slice(frame * tree.PositionCount, tree.PositionCount));
            for (int side = 0; side < 2; side++)
            {
                FootSole sole = rig.Soles[side];
                Heels[side][frame] = tree.Point(sole.Body, sole.Heel);
                toes[side][frame] = tree.Point(sole.Body, sole.Toe);
                laterals[side][frame] = Directions.Unit(tree.Point(sole.Body, sole.ToeLeft) - tree.Point(sole.Body, sole.ToeRight));
            }
        }

        for (int side = 0; side < 2; side++)
        {
            float halfWidth = Vector3.Distance(rig.Soles[side].ToeLeft, rig.Soles[side].ToeRight) / 2;
            Plan(side, toes[side], laterals[side], contacts, rig.Soles[side].Length, halfWidth, Math.Max(1, (int)Math.Round(FadeSeconds * frameRate)));
        }
    }

    /// <summary>Where the middle of the heel shall be: [side][frame], m.</summary>
    public Vector3[][] Heels { get; }

    /// <summary>Where the left front corner shall be: [side][frame], m.</summary>
    public Vector3[][] ToesLeft { get; }

    /// <summary>Where the right front corner shall be: [side][frame], m.</summary>
    public Vector3[][] ToesRight { get; }

    /// <summary>How firmly the heel is held, 0 to 1: [side][frame].</summary>
    public float[][] HeelHold { get; }

    /// <summary>How firmly the toes are held, 0 to 1: [side][frame].</summary>
    public float[][] ToeHold { get; }

    private void Plan(int side, Vector3[] toes, Vector3[] laterals, FootContacts[] contacts, float length, float halfWidth, int fade)
    {
        FootContacts heelFlag = side == 0 ? FootContacts.LeftHeel : FootContacts.RightHeel;
        FootContacts toeFlag = side == 0 ? FootContacts.LeftToe : FootContacts.RightToe;
        Vector3[] heels = Heels[side];
        DropTurned(heels, toes, laterals, contacts, heelFlag, toeFlag);
        CutDragged(heels, contacts, heelFlag, fade);
        CutDragged(toes, contacts, toeFlag, fade);
        List<Hold> heelHolds = Holds(heels, contacts, heelFlag);
        List<Hold> toeHolds = Holds(toes, contacts, toeFlag);
        KeepLength(heelHolds, toeHolds, length, 2 * fade);

        // A foot flat on the ground has its sole level; the level fades in and out with the contact.
        float[] flat = new float[_frames];
        for (int frame = 0; frame < _frames; frame++)
        {
            flat[frame] = contacts[frame].HasFlag(heelFlag | toeFlag) ? 1 : 0;
        }

        Fade(flat, fade);
        for (int frame = 0; frame < _frames; frame++)
        {
            Vector3 level = Directions.Unit(laterals[frame] with { Z = 0 });
            laterals[frame] = level == Vector3.Zero ? laterals[frame] : Directions.Unit(Vector3.Lerp(laterals[frame], level, flat[frame]));
        }

        Vector3[] heelShift = new Vector3[_frames];
        Vector3[] toeShift = new Vector3[_frames];
        bool[] heelHeld = Shifts(heels, heelHolds, heelShift, _ => 0);
        bool[] toeHeld = Shifts(toes, toeHolds, toeShift, frame => halfWidth * MathF.Abs(laterals[frame].Z));
        Follow(heelShift, heelHeld, toeShift, toeHeld);
        Bridge(heelShift, heelHeld, toeHeld);
        Bridge(toeShift, toeHeld, heelHeld);
        Smooth(heelShift, heelHeld, fade);
        Smooth(toeShift, toeHeld, fade);
        for (int frame = 0; frame < _frames; frame++)
        {
            float rolled = halfWidth * MathF.Abs(laterals[frame].Z);
            Vector3 heel = AboveGround(heels[frame] + heelShift[frame], 0);
            Vector3 toe = AboveGround(toes[frame] + toeShift[frame], rolled);
            heels[frame] = heel;
            ToesLeft[side][frame] = toe + (laterals[frame] * halfWidth);
            ToesRight[side][frame] = toe - (laterals[frame] * halfWidth);
            HeelHold[side][frame] = heelHeld[frame] ? 1 : 0;
            ToeHold[side][frame] = toeHeld[frame] ? 1 : 0;
        }

        Fade(HeelHold[side], fade);
        Fade(ToeHold[side], fade);
    }

    // A foot on its side or its back (in a roll, sitting cross-legged) touches the ground, but not with its sole.
    private static void DropTurned(Vector3[] heels, Vector3[] toes, Vector3[] laterals, FootContacts[] contacts, FootContacts heelFlag, FootContacts toeFlag)
    {
        for (int frame = 0; frame < contacts.Length; frame++)
        {
            Vector3 along = Directions.Unit(toes[frame] - heels[frame]);
            float soleUp = Vector3.Cross(along, laterals[frame]).Z;
            bool onItsSide = MathF.Abs(laterals[frame].Z) > MostRoll;
            if (onItsSide || soleUp < LeastUpright || (along.Z < 0 && soleUp < LeastFlat))
            {
                contacts[frame] &= ~heelFlag;
            }

            if (onItsSide || soleUp < 0 || (along.Z > 0 && soleUp < LeastFlat))
            {
                contacts[frame] &= ~toeFlag;
            }
        }
    }

    private sealed class Hold(int start, int end, Vector3 place)
    {
        public int Start { get; } = start;

        public int End { get; } = end;

        public Vector3 Place { get; set; } = place;
    }

    private static List<Hold> Holds(Vector3[] points, FootContacts[] contacts, FootContacts flag)
    {
        List<Hold> holds = [];
        foreach ((int start, int end) in Runs(contacts, flag))
        {
            holds.Add(new Hold(start, end, Mean(points, start, end)));
        }

        return holds;
    }

    // A dragged contact gets a gap in its middle, again and again until every part is short enough.
    private static void CutDragged(Vector3[] points, FootContacts[] contacts, FootContacts flag, int gap)
    {
        Stack<(int Start, int End)> open = new(Runs(contacts, flag));
        while (open.TryPop(out (int Start, int End) run))
        {
            Vector3 mean = Mean(points, run.Start, run.End);
            float drag = 0;
            for (int frame = run.Start; frame < run.End; frame++)
            {
                drag = Math.Max(drag, ((points[frame] - mean) with { Z = 0 }).Length());
            }

            if (drag <= LongestDrag)
            {
                continue;
            }

            int middle = (run.Start + run.End) / 2;
            int from = Math.Max(run.Start, middle - gap);
            int to = Math.Min(run.End, middle + gap);
            for (int frame = from; frame < to; frame++)
            {
                contacts[frame] &= ~flag;
            }

            open.Push((run.Start, from));
            open.Push((to, run.End));
        }
    }

    private static IEnumerable<(int Start, int End)> Runs(FootContacts[] contacts, FootContacts flag)
    {
        for (int start = 0; start < contacts.Length; start++)
        {
            if (!contacts[start].HasFlag(flag))
            {
                continue;
            }

            int end = start;
            while (end < contacts.Length && contacts[end].HasFlag(flag))
            {
                end++;
            }

            yield return (start, end);
            start = end;
        }
    }

    private static Vector3 Mean(Vector3[] points, int start, int end)
    {
        Vector3 sum = Vector3.Zero;
        for (int frame = start; frame < end; frame++)
        {
            sum += points[frame];
        }

        return (sum / Math.Max(1, end - start)) with { Z = 0 };
    }

    // Heel and toes that rest together, or nearly so, are a sole's length apart.
    private static void KeepLength(List<Hold> heels, List<Hold> toes, float length, int nearly)
    {
        for (int sweep = 0; sweep < 8; sweep++)
        {
            foreach (Hold heel in heels)
            {
                foreach (Hold toe in toes)
                {
                    if (heel.Start < toe.End + nearly && toe.Start < heel.End + nearly)
                    {
                        Vector3 along = toe.Place - heel.Place;
                        Vector3 excess = Directions.Unit(along) * ((along.Length() - length) / 2);
                        heel.Place += excess;
                        toe.Place -= excess;
                    }
                }
            }
        }
    }

    private bool[] Shifts(Vector3[] points, List<Hold> holds, Vector3[] shifts, Func<int, float> height)
    {
        bool[] held = new bool[_frames];
        foreach (Hold hold in holds)
        {
            for (int frame = hold.Start; frame < hold.End; frame++)
            {
                held[frame] = true;
                shifts[frame] = (hold.Place with { Z = height(frame) }) - points[frame];
            }
        }

        return held;
    }

    // The free end of a foot moves with the end that is held.
    private void Follow(Vector3[] heelShift, bool[] heelHeld, Vector3[] toeShift, bool[] toeHeld)
    {
        for (int frame = 0; frame < _frames; frame++)
        {
            if (heelHeld[frame] && !toeHeld[frame])
            {
                toeShift[frame] = heelShift[frame];
            }
            else if (toeHeld[frame] && !heelHeld[frame])
            {
                heelShift[frame] = toeShift[frame];
            }
        }
    }

    // In the air the shift goes smoothly from the last contact's to the next one's.
    private void Bridge(Vector3[] shift, bool[] held, bool[] otherHeld)
    {
        int last = -1;
        for (int frame = 0; frame <= _frames; frame++)
        {
            if (frame < _frames && !held[frame] && !otherHeld[frame])
            {
                continue;
            }

            for (int free = last + 1; free < frame; free++)
            {
                float along = (float)(free - last) / (frame - last);
                float share = along * along * (3 - (2 * along));
                shift[free] = last < 0 ? frame < _frames ? shift[frame] : Vector3.Zero
                    : frame == _frames ? shift[last] : Vector3.Lerp(shift[last], shift[frame], share);
            }

            last = frame;
        }
    }

    private static void Smooth(Vector3[] shift, bool[] held, int passes)
    {
        for (int pass = 0; pass < passes * passes; pass++)
        {
            Vector3 before = shift[0];
            for (int frame = 1; frame + 1 < shift.Length; frame++)
            {
                Vector3 now = shift[frame];
                shift[frame] = held[frame] ? now : (before + (2 * now) + shift[frame + 1]) / 4;
                before = now;
            }
        }
    }

    // Spreads ones outwards over a few frames; ones stay ones.
    private static void Fade(float[] weights, int frames)
    {
        float step = 1f / (frames + 1);
        for (int frame = 1; frame < weights.Length; frame++)
        {
            weights[frame] = Math.Max(weights[frame], weights[frame - 1] - step);
        }

        for (int frame = weights.Length - 2; frame >= 0; frame--)
        {
            weights[frame] = Math.Max(weights[frame], weights[frame + 1] - step);
        }
    }

    private static Vector3 AboveGround(Vector3 point, float height) => point with { Z = Math.Max(point.Z, height) };
}
