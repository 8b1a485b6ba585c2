using Motion.Distillation.Embedding;
using Motion.Language.Embedding;
using Motion.Policies.Skills;
using Motion.Sim;
using Motion.Sim.Skills;
using TorchSharp;

namespace Motion.Distillation.Skills;

/// <summary>What worlds are told: latents of what is said about clips.</summary>
public static class SkillSentences
{
    /// <summary>Latents of every skill's captions, as they are and said differently, with a little noise, of unit length.</summary>
    /// <param name="embedding">The embedding.</param>
    /// <param name="skills">The skills; each has captions.</param>
    /// <param name="options">How many, and how much noise.</param>
    public static SkillConditions Conditions(SentenceEmbedding embedding, IReadOnlyList<Skill> skills, GlobalOptions options)
    {
        ArgumentNullException.ThrowIfNull(embedding);
        ArgumentNullException.ThrowIfNull(skills);
        ArgumentNullException.ThrowIfNull(options);
        CaptionVariation variation = new(skills.SelectMany(skill => skill.Captions), WordNet.Open(), new EmbeddingOptions());
        CounterRandom random = CounterRandom.For(options.Seed, 0x5E47);
        float[][] conditions = new float[skills.Count][];
        int size = 0;
        for (int index = 0; index < skills.Count; index++)
        {
            Skill skill = skills[index];
            string[] said = [.. Enumerable.Range(0, options.Sentences).Select(number =>
            {
                string caption = skill.Captions[number % skill.Captions.Length];
                return number < skill.Captions.Length ? caption : variation.Vary(caption, new CounterRandom(random.Bits(((ulong)index << 32) + (ulong)number)));
            })];
            float[] latents = Latents(embedding, said);
            size = latents.Length / said.Length;
            Blur(latents, size, options.LatentNoise, new CounterRandom(random.Bits(((ulong)index << 32) + uint.MaxValue)));
            conditions[index] = latents;
        }

        return new SkillConditions(size, conditions);
    }

    /// <summary>Latents of sentences: [sentence × latent].</summary>
    public static float[] Latents(SentenceEmbedding embedding, IReadOnlyList<string> sentences)
    {
        ArgumentNullException.ThrowIfNull(embedding);
        using DisposeScope scope = torch.NewDisposeScope();
        return embedding.EmbedSentences(sentences).data<float>().ToArray();
    }

    private static void Blur(float[] latents, int size, float length, CounterRandom random)
    {
        float[] noise = new float[size];
        for (int start = 0; start < latents.Length; start += size)
        {
            random.Normal((ulong)start, noise);
            Span<float> latent = latents.AsSpan(start, size);
            float squares = 0;
            for (int index = 0; index < size; index++)
            {
                latent[index] += length * noise[index] / MathF.Sqrt(size);
                squares += latent[index] * latent[index];
            }

            for (int index = 0; index < size; index++)
            {
                latent[index] /= MathF.Sqrt(squares);
            }
        }
    }
}
