namespace Motion.Policies.Planning;

/// <summary>
/// What plans are scored by: a reward for every control step, on physical quantities. The same object judges decoded plans, simulated worlds and
/// whole episodes.
/// </summary>
public interface IObjective
{
    /// <summary>The reward of a step.</summary>
    /// <param name="root">The root at the end of the step.</param>
    double Reward(in RootState root);

    /// <summary>A reward for what a plan as a whole means, on top of its steps': 0 where that does not matter.</summary>
    /// <param name="meaning">Latent of what is being done, in the space of sentences and clips, of any length; empty where the model gives none.</param>
    double RewardOfMeaning(ReadOnlySpan<float> meaning) => 0;
}

/// <summary>A sum of objectives, each with a weight.</summary>
/// <param name="Terms">The objectives and their weights.</param>
public sealed record WeightedObjective(IReadOnlyList<(double Weight, IObjective Objective)> Terms) : IObjective
{
    /// <inheritdoc/>
    public double Reward(in RootState root)
    {
        double sum = 0;
        foreach ((double weight, IObjective objective) in Terms)
        {
            sum += weight * objective.Reward(root);
        }

        return sum;
    }

    /// <inheritdoc/>
    public double RewardOfMeaning(ReadOnlySpan<float> meaning)
    {
        double sum = 0;
        foreach ((double weight, IObjective objective) in Terms)
        {
            sum += weight * objective.RewardOfMeaning(meaning);
        }

        return sum;
    }
}
