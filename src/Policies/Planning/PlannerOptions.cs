using Motion.Sim;
using Motion.Sim.Configuration;

namespace Motion.Policies.Planning;

/// <summary>How plans are made and followed.</summary>
public sealed record PlannerOptions
{
    /// <summary>How codes are drawn.</summary>
    public SamplingOptions Sampling { get; init; } = new();

    /// <summary>Control steps that a plan is followed before the next one is made: 1 to the model's chunk.</summary>
    public int ExecuteSteps { get; init; } = 4;

    /// <summary>
    /// Share of the samples that are drawn as if the model had been told one of its own skills, another one for every few, where the model knows of sentences: what is
    /// rarely done from a state is among the samples then. Half as many where a sentence is said.
    /// </summary>
    public double ToldShare { get; init; } = 0.5;

    /// <summary>What a fall costs, as reward: a plan loses it times the chance to have fallen by its end.</summary>
    public double FallCost { get; init; } = 200;

    /// <summary>Log probability of a code below which a plan is held unlikely, nats (the floor of Jiang et al., "TAP", 2023).</summary>
    public double LikelihoodFloor { get; init; } = Math.Log(0.02);

    /// <summary>What a nat below the floor costs, as reward.</summary>
    public double UnlikelyCost { get; init; } = 1;

    /// <summary>Whether the rest of the best plan so far is one of the samples.</summary>
    public bool KeepBest { get; init; } = true;

    /// <summary>How much better than the rest of the best plan so far another one must be to take its place, in deviations of the samples' scores.</summary>
    public double Patience { get; init; } = 1.75;

    /// <summary>How many of the best plans are tried out in copies of the world; 0 for none.</summary>
    public int Verified { get; init; }

    /// <summary>Ways in which every plan goes on from each chunk, the best of which are kept; 0 for no beam search.</summary>
    public int BeamWays { get; init; }

    /// <summary>Checks every value.</summary>
    /// <param name="shape">Sizes of the model that is planned with.</param>
    /// <exception cref="MotionException">A value is out of range; names it, what was found and what is allowed.</exception>
    public void Validate(TrajectoryShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        Setting.Require(Sampling.Samples is >= 1 and <= 65_536, nameof(Sampling.Samples), Sampling.Samples, "1 to 65536");
        Setting.Require(Sampling.Chunks >= 0 && Sampling.Chunks <= shape.Chunks, nameof(Sampling.Chunks), Sampling.Chunks, $"0 to {shape.Chunks}");
        Setting.Require(Sampling.Temperature is >= 0 and <= 100, nameof(Sampling.Temperature), Sampling.Temperature, "0 to 100");
        Setting.Require(Sampling.TopP is > 0 and <= 1, nameof(Sampling.TopP), Sampling.TopP, "above 0 to 1");
        Setting.Require(ExecuteSteps >= 1 && ExecuteSteps <= shape.ChunkSteps, nameof(ExecuteSteps), ExecuteSteps, $"1 to {shape.ChunkSteps}");
        Setting.Require(ToldShare is >= 0 and <= 1, nameof(ToldShare), ToldShare, "0 to 1");
        Setting.Require(double.IsFinite(FallCost) && FallCost >= 0, nameof(FallCost), FallCost, "0 or more");
        Setting.Require(double.IsFinite(UnlikelyCost) && UnlikelyCost >= 0, nameof(UnlikelyCost), UnlikelyCost, "0 or more");
        Setting.Require(Patience is >= 0 and <= 100, nameof(Patience), Patience, "0 to 100");
        Setting.Require(Verified >= 0 && Verified <= Sampling.Samples, nameof(Verified), Verified, $"0 to Samples ({Sampling.Samples})");
        Setting.Require(BeamWays is >= 0 and <= 64, nameof(BeamWays), BeamWays, "0 to 64");
    }
}

/// <summary>What one character plans from.</summary>
/// <param name="State">Its state, physical: [feature].</param>
/// <param name="Place">Where it is.</param>
/// <param name="Objective">What it wants.</param>
/// <param name="Previous">What it was following, aged by what was done of it; null at the start.</param>
/// <param name="Seed">What its samples are drawn from.</param>
public sealed record PlanRequest(float[] State, GroundPlace Place, IObjective Objective, Plan? Previous, ulong Seed)
{
    /// <summary>Latent of a sentence that samples are drawn for; null for none.</summary>
    public float[]? Sentence { get; init; }

    /// <summary>Says what plans mean by the motion that they become where they are tried out; null to believe what they were drawn for.</summary>
    public IMotionMeaning? Seen { get; init; }

    /// <summary>What the samples of one plan of one world are drawn from.</summary>
    /// <param name="seed">Seed of who plans.</param>
    /// <param name="world">The world.</param>
    /// <param name="made">Which plan of it.</param>
    public static ulong SeedOf(ulong seed, int world, ulong made) => new CounterRandom(seed + (ulong)world).Bits(made);
}

/// <summary>Codes to follow, and what is expected of them.</summary>
/// <param name="Codes">[token].</param>
/// <param name="Score">What the objective makes of it, costs taken off.</param>
/// <param name="LogLikelihood">Under the prior, nats.</param>
/// <param name="Survival">Chance to stand at its end.</param>
/// <param name="Path">Where the root is expected after every step.</param>
public sealed record Plan(int[] Codes, double Score, double LogLikelihood, double Survival, GroundPlace[] Path)
{
    /// <summary>Index of the model's skill that it was drawn for; −1 for none.</summary>
    public int Told { get; init; } = -1;

    /// <summary>Index of the skill that a policy is told first in place of codes, which there are none of then; −1 for none.</summary>
    public int Skill { get; init; } = -1;

    /// <summary>Control steps for which it is told that, and the skill that it is told after them.</summary>
    public (int Steps, int Then) Telling { get; init; } = (int.MaxValue, -1);

    /// <summary>Index of the skill that a policy is told now; −1 for codes.</summary>
    public int SkillNow => Age < Telling.Steps ? Skill : Telling.Then;

    /// <summary>What the objective makes of its meaning, a part of its score.</summary>
    public double Meant { get; init; }

    /// <summary>Control steps that were done of it.</summary>
    public int Age { get; init; }

    /// <summary>What is left of its codes, of the chunks that are not done; null when nothing is.</summary>
    /// <param name="shape">The model's sizes.</param>
    public int[]? Left(TrajectoryShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        int done = Age / shape.ChunkSteps * shape.ChunkTokens;
        return done < Codes.Length ? Codes[done..] : null;
    }
}
