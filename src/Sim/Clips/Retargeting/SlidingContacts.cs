using System.Numerics;

namespace Motion.Sim.Clips.Retargeting;

/// <summary>
/// Ends contacts where the fit could not hold them: a foot that the rest of the body drags along does not rest, whatever the recording says.
/// </summary>
internal static class SlidingContacts
{
    // Farther from the middle of its contact than this a foot no longer rests, m.
    private const float LongestSlide = 0.0095f;

    /// <summary>Shortens contacts, from the end that is farther from their middle, until what is left of each lies together.</summary>
    /// <param name="rig">The character.</param>
    /// <param name="tree">Its tree, to place it with.</param>
    /// <param name="positions">The fitted motion: [frame × position].</param>
    /// <param name="contacts">When heels and toes rest: [frame].</param>
    public static void Shorten(CharacterRig rig, ArticulatedTree tree, ReadOnlySpan<float> positions, FootContacts[] contacts)
    {
        Vector2[][] places = [new Vector2[contacts.Length], new Vector2[contacts.Length], new Vector2[contacts.Length], new Vector2[contacts.Length]];
        for (int frame = 0; frame < contacts.Length; frame++)
        {
            tree.Place(positions.Slice(frame * tree.PositionCount, tree.PositionCount));
            for (int part = 0; part < places.Length; part++)
            {
                FootSole sole = rig.Soles[part / 2];
                Vector3 place = tree.Point(sole.Body, part % 2 == 0 ? sole.Heel : sole.Toe);
                places[part][frame] = new Vector2(place.X, place.Y);
            }
        }

        for (int part = 0; part < places.Length; part++)
        {
            FootContacts flag = (FootContacts)(1 << part);
            int start = 0;
            for (int frame = 0; frame <= contacts.Length; frame++)
            {
                if (frame == contacts.Length || !contacts[frame].HasFlag(flag))
                {
                    ShortenOne(places[part], contacts, flag, start, frame);
                    start = frame + 1;
                }
            }
        }
    }

    private static void ShortenOne(Vector2[] places, FootContacts[] contacts, FootContacts flag, int start, int end)
    {
        while (start < end)
        {
            Vector2 sum = Vector2.Zero;
            for (int frame = start; frame < end; frame++)
            {
                sum += places[frame];
            }

            Vector2 middle = sum / (end - start);
            float farthest = 0;
            for (int frame = start; frame < end; frame++)
            {
                farthest = Math.Max(farthest, Vector2.Distance(places[frame], middle));
            }

            if (farthest <= LongestSlide)
            {
                return;
            }

            contacts[Vector2.Distance(places[start], middle) > Vector2.Distance(places[end - 1], middle) ? start++ : --end] &= ~flag;
        }
    }
}
