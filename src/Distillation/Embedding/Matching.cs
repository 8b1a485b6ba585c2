using static TorchSharp.torch;

namespace Motion.Distillation.Embedding;

/// <summary>Losses that pull together what fits and push apart the rest (InfoNCE; van den Oord et al. 2018), as CLIP's and TMR's.</summary>
internal static class Matching
{
    /// <summary>Surprise of each row at its own partner among all partners and further wrong answers.</summary>
    /// <param name="rows">Latents: [row, latent].</param>
    /// <param name="partners">The latent that each row should be nearest to: [row, latent].</param>
    /// <param name="wrong">Latents that no row should be near to: [any, latent]; null for none.</param>
    /// <param name="same">Pairs of rows that say the same, and are not held against each other: [row × row].</param>
    /// <param name="temperature">What cosines are divided by.</param>
    public static Tensor Loss(Tensor rows, Tensor partners, Tensor? wrong, bool[] same, double temperature)
    {
        long count = rows.size(0);
        Tensor hidden = tensor(same, [count, count]);
        Tensor scores = rows.matmul(partners.t()).div(temperature).masked_fill(hidden, -1e9); // [row, row]
        if (wrong is not null)
        {
            scores = cat([scores, rows.matmul(wrong.t()).div(temperature)], 1);
        }

        return nn.functional.cross_entropy(scores, arange(count, ScalarType.Int64));
    }

    /// <summary>Which pairs of different rows have the same key: [row × row].</summary>
    public static bool[] Same(IReadOnlyList<string> keys)
    {
        bool[] same = new bool[keys.Count * keys.Count];
        for (int row = 0; row < keys.Count; row++)
        {
            for (int other = 0; other < keys.Count; other++)
            {
                same[(row * keys.Count) + other] = row != other && keys[row] == keys[other];
            }
        }

        return same;
    }

    /// <summary>
    /// The same, and which pairs of different rows have latents nearer than that (TMR does so; Petrovich et al. 2023, section 3.3) and do not
    /// differ in what tells them apart.
    /// </summary>
    public static bool[] Same(IReadOnlyList<string> keys, IReadOnlyList<string> telling, Tensor latents, double above)
    {
        bool[] same = Same(keys);
        float[] cosines = latents.matmul(latents.t()).data<float>().ToArray();
        for (int pair = 0; pair < same.Length; pair++)
        {
            (int row, int other) = (pair / keys.Count, pair % keys.Count);
            same[pair] |= cosines[pair] > above && row != other && telling[row] == telling[other];
        }

        return same;
    }
}
