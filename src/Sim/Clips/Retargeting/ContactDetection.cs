using Motion.Sim.Clips.Analysis;

namespace Motion.Sim.Clips.Retargeting;

/// <summary>
/// Tells when heels and toes of a recording rest on the ground: low and slow, with a wider gate to leave than to enter, so that noise does not flicker.
/// </summary>
internal static class ContactDetection
{
    // Above the height at which the point usually rests, m.
    private const float EnterHeight = 0.035f;
    private const float LeaveHeight = 0.06f;

    // Slower than this is rest even in a recording whose feet never slide, m/s; feet that slide faster than the most are not held.
    private const float LeastEnterSpeed = 0.3f;
    private const float MostEnterSpeed = 0.7f;
    private const float LeaveOverEnter = 1.7f;

    // Shorter contacts and gaps are noise, s.
    private const double ShortestContact = 0.06;

    // What takes longer than this from the height to enter to the height to leave has not rested meanwhile, s.
    private const double LongestLift = 0.25;

    /// <summary>Contacts of every frame.</summary>
    public static FootContacts[] Find(SourceMotion source)
    {
        FootContacts[] contacts = new FootContacts[source.FrameCount];
        for (int side = 0; side < 2; side++)
        {
            JointRole ankle = JointRole.LeftFoot + side;
            bool[] heel = Find(source, ankle);
            bool[] toe = source.Roles.Has(ankle + 2) ? Find(source, ankle + 2) : heel;
            for (int frame = 0; frame < contacts.Length; frame++)
            {
                contacts[frame] |= heel[frame] ? (side == 0 ? FootContacts.LeftHeel : FootContacts.RightHeel) : 0;
                contacts[frame] |= toe[frame] ? (side == 0 ? FootContacts.LeftToe : FootContacts.RightToe) : 0;
            }
        }

        return contacts;
    }

    private static bool[] Find(SourceMotion source, JointRole role)
    {
        float[] heights = [.. Enumerable.Range(0, source.FrameCount).Select(frame => source.Position(frame, role).Z)];
        float[] speeds = [.. Enumerable.Range(0, source.FrameCount).Select(frame => source.Speed(frame, role))];
        float resting = source.RestingHeight(role);
        float enterSpeed = EnterSpeed(heights, speeds, resting);
        bool[] contact = new bool[heights.Length];
        bool inside = false;
        for (int frame = 0; frame < contact.Length; frame++)
        {
            float height = heights[frame] - resting;
            inside = inside
                ? height < LeaveHeight && speeds[frame] < LeaveOverEnter * enterSpeed
                : height < EnterHeight && speeds[frame] < enterSpeed;
            contact[frame] = inside;
        }

        // What holds for leaving holds backwards for entering.
        inside = false;
        for (int frame = contact.Length - 1; frame >= 0; frame--)
        {
            inside = contact[frame] || (inside && heights[frame] - resting < LeaveHeight && speeds[frame] < LeaveOverEnter * enterSpeed);
            contact[frame] = inside;
        }

        DropLifted(contact, [.. heights.Select(height => height - resting)], (int)Math.Ceiling(LongestLift * source.FrameRate));
        int shortest = (int)Math.Ceiling(ShortestContact * source.FrameRate);
        Drop(contact, false, shortest);
        Drop(contact, true, shortest);
        return contact;
    }

    // Feet that are lifted or set down slowly; those that rest a little high throughout are the capture's.
    private static void DropLifted(bool[] contact, float[] heights, int longest)
    {
        bool IsAway(int frame) => frame >= 0 && frame < contact.Length && !contact[frame] && heights[frame] >= LeaveHeight;
        bool IsHigh(int frame) => frame < contact.Length && contact[frame] && heights[frame] > EnterHeight;
        for (int start = 0; start < contact.Length; start++)
        {
            int end = start;
            while (IsHigh(end))
            {
                end++;
            }

            if (end - start > longest && (IsAway(start - 1) || IsAway(end)))
            {
                Array.Fill(contact, false, start, end - start);
            }

            start = end;
        }
    }

    // Recordings whose feet slide are held too: the gate follows how fast their low feet usually move.
    private static float EnterSpeed(float[] heights, float[] speeds, float resting)
    {
        float[] low = [.. speeds.Where((_, frame) => heights[frame] < resting + EnterHeight).Order()];
        return low.Length < 8 ? LeastEnterSpeed : Math.Clamp((1.5f * low[low.Length * 3 / 10]) + 0.15f, LeastEnterSpeed, MostEnterSpeed);
    }

    // Turns short runs of a value into the other one; runs at the clip's ends stay, they may go on outside.
    private static void Drop(bool[] contact, bool value, int shortest)
    {
        int start = 0;
        while (start < contact.Length)
        {
            int end = start;
            while (end < contact.Length && contact[end] == contact[start])
            {
                end++;
            }

            if (contact[start] == value && end - start < shortest && start > 0 && end < contact.Length)
            {
                Array.Fill(contact, !value, start, end - start);
            }

            start = end;
        }
    }
}
