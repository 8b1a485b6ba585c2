using Motion.Sim.Characters;

namespace Motion.Sim.Clips.Retargeting;

/// <summary>Makes the two ends of a cycle meet.</summary>
internal static class LoopClosing
{
    /// <summary>
    /// The frames of a cycle, end included, with its mismatch spread over it: half of it is taken back at each end, less and less toward the middle. Afterwards
    /// the last frame is the first one moved on the ground.
    /// </summary>
    public static float[] Spread(CharacterClip clip, LoopSpan span)
    {
        Character character = clip.Character;
        int count = character.PositionCount;
        int frames = span.End - span.Start;
        float[] cycle = clip.Positions[(span.Start * count)..((span.End + 1) * count)];
        float[] brought = cycle[(frames * count)..];
        GroundDisplacement.Between(character, brought, cycle.AsSpan(0, count)).Apply(character, brought);
        float[] mismatch = new float[character.VelocityCount];
        PositionVector.Differentiate(character, cycle.AsSpan(0, count), brought, 1, mismatch);
        for (int frame = 0; frame <= frames; frame++)
        {
            PositionVector.Integrate(character, cycle.AsSpan(frame * count, count), mismatch, 0.5f - ((float)frame / frames));
        }

        // Rounding aside they are alike by now; loops promise that they are.
        Span<float> last = cycle.AsSpan(frames * count, count);
        GroundDisplacement end = GroundDisplacement.Between(character, cycle.AsSpan(0, count), last);
        cycle.AsSpan(0, count).CopyTo(last);
        end.Apply(character, last);
        return cycle;
    }

    /// <summary>A closed cycle several times over, each going on from where the last one ended.</summary>
    public static float[] Repeat(Character character, float[] cycle, int times)
    {
        int count = character.PositionCount;
        int frames = (cycle.Length / count) - 1;
        GroundDisplacement once = GroundDisplacement.Between(character, cycle.AsSpan(0, count), cycle.AsSpan(frames * count, count));
        float[] repeated = new float[((times * frames) + 1) * count];
        for (int frame = 0; frame <= times * frames; frame++)
        {
            Span<float> at = repeated.AsSpan(frame * count, count);
            cycle.AsSpan(frame % frames * count, count).CopyTo(at);
            once.Repeated(frame / frames).Apply(character, at);
        }

        return repeated;
    }
}
