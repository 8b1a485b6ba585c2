namespace Motion.Sim.Skills;

/// <summary>What a policy is told to do: vectors of one length, one or several for each clip.</summary>
/// <param name="Size">Numbers in each.</param>
/// <param name="OfClips">[clip][variant × <paramref name="Size"/>].</param>
public sealed record SkillConditions(int Size, float[][] OfClips)
{
    /// <summary>One for each clip: 1 at its index. A layer that takes it learns an embedding of the skill's index.</summary>
    /// <param name="clips">Number of clips.</param>
    public static SkillConditions Indices(int clips) => new(clips, [.. Enumerable.Range(0, clips).Select(clip =>
    {
        float[] one = new float[clips];
        one[clip] = 1;
        return one;
    })]);

    /// <summary>How many a clip has.</summary>
    public int VariantsOf(int clip) => OfClips[clip].Length / Size;

    /// <summary>One of a clip's.</summary>
    public ReadOnlySpan<float> Of(int clip, int variant) => OfClips[clip].AsSpan(variant * Size, Size);
}
