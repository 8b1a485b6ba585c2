namespace Motion.Distillation.Skills;

/// <summary>
/// Lets a student act as far as it is right, and its teacher elsewhere (Zhang and Cho, "Query-efficient imitation learning for end-to-end autonomous driving"
/// (SafeDAgger), 2017).
/// </summary>
internal static class Leash
{
    /// <summary>Largest number of a label that counts: a teacher that has lost its way asks for anything.</summary>
    public const float LargestLabel = 12;

    /// <summary>Puts the teacher's action in the place of the student's where they are further apart than allowed, and adds noise.</summary>
    /// <param name="action">The student's action; then what is executed: [action].</param>
    /// <param name="taught">The teacher's: [action].</param>
    /// <param name="length">Root mean square by which the two may differ.</param>
    /// <param name="noise">Noise of deviation 1: [action].</param>
    /// <param name="loudness">Its factor.</param>
    /// <returns>Whether the student acts.</returns>
    public static bool Hold(Span<float> action, ReadOnlySpan<float> taught, float length, ReadOnlySpan<float> noise, float loudness)
    {
        float squares = 0;
        for (int index = 0; index < action.Length; index++)
        {
            squares += (action[index] - taught[index]) * (action[index] - taught[index]);
        }

        bool holds = squares <= length * length * action.Length;
        if (!holds)
        {
            taught.CopyTo(action);
        }

        for (int index = 0; index < action.Length; index++)
        {
            action[index] += loudness * noise[index];
        }

        return holds;
    }
}
