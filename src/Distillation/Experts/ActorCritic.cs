using Motion.Distillation.Runs;
using Motion.Policies;
using Motion.Sim.Tracking;
using static TorchSharp.torch;

namespace Motion.Distillation.Experts;

/// <summary>What learns by reinforcement, and where: a policy and a value function with all that decides what they come to. Nothing is disposed here.</summary>
internal sealed record ActorCritic
{
    /// <summary>The policy.</summary>
    public required GaussianPolicy Policy { get; init; }

    /// <summary>What observations go through.</summary>
    public required ObservationNormaliser Normaliser { get; init; }

    /// <summary>The value function.</summary>
    public required Perceptron Value { get; init; }

    /// <summary>Where the policy acts.</summary>
    public required IEnvironment Worlds { get; init; }

    /// <summary>Improves both.</summary>
    public required PpoLearner Learner { get; init; }

    /// <summary>Lets the policy act.</summary>
    public required Collector Collector { get; init; }

    /// <summary>What adds to the reward, or null.</summary>
    public Adversary? Adversary { get; init; }

    /// <summary>Fills a rollout. The value function learns from the last one meanwhile: neither needs the other.</summary>
    public void Collect(Rollout rollout, Workers workers)
    {
        Task collecting = workers.Start(() => Collector.Collect(rollout));
        try
        {
            Learner.UpdateValue();
        }
        finally
        {
            collecting.GetAwaiter().GetResult();
        }
    }

    /// <summary>Writes down all that decides what follows, once the value function has learned; tensors belong to the caller's scope.</summary>
    /// <returns>Where the learner stands, and the place in the noise.</returns>
    public (LearnerProgress Learner, ulong Steps) Save(TrainingState state)
    {
        Learner.UpdateValue();
        state.Add("policy", Policy.state_dict());
        state.Add("value", Value.state_dict());
        state.Tensors.Add("normaliser", Normaliser.Save());
        using MemoryStream worlds = new();
        Worlds.Save(new BinaryWriter(worlds));
        state.Tensors.Add("worlds", tensor(worlds.ToArray()));
        LearnerProgress learner = Learner.Save(state);
        Adversary?.Save(state);
        return (learner, Collector.StepsDone);
    }

    /// <summary>Goes back to where <see cref="Save"/> was called.</summary>
    public void Load(TrainingState state, LearnerProgress learner, ulong steps)
    {
        LoadNetworks(state);
        Worlds.Restore(new BinaryReader(new MemoryStream(state.Tensors["worlds"].bytes.ToArray())));
        Learner.Load(state, learner);
        Adversary?.Load(state);
        Collector.StepsDone = steps;
    }

    /// <summary>Takes the networks alone.</summary>
    public void LoadNetworks(TrainingState state)
    {
        Policy.load_state_dict(state.Under("policy"));
        Value.load_state_dict(state.Under("value"));
        Normaliser.Load(state.Tensors["normaliser"]);
    }
}
