using Motion.Distillation.Runs;
using Motion.Policies;
using Motion.Sim;
using TorchSharp;
using static TorchSharp.torch;

namespace Motion.Distillation.Experts;

/// <summary>
/// Rewards motion that a discriminator cannot tell from the clip's. The discriminator learns from every rollout and from some of earlier ones, by binary
/// cross-entropy and with a penalty on its gradient (Peng et al., "AMP", 2021, equation 8, with the logistic loss of MimicKit). Told which skill is whose, it sees
/// the skill too, and so judges whether motion is the told one's (Juravsky et al., "PADL", 2022, section 6).
/// </summary>
internal sealed class Adversary : IDisposable
{
    private readonly AdversaryOptions _options;
    private readonly Tensor _references;
    private readonly int _stateCount;
    private readonly int[]? _skills;
    private readonly int _skillCount;
    private readonly Perceptron _network;
    private readonly SharedGradient<Perceptron> _gradient;
    private readonly CounterRandom _random;
    private readonly Tensor _replay;
    private ulong _place;
    private int _kept;

    /// <param name="options">Settings.</param>
    /// <param name="references">What is observed on the reference: [row, feature]; taken over.</param>
    /// <param name="stateCount">How many of the features are the character's own state.</param>
    /// <param name="workers">Threads to learn on.</param>
    /// <param name="seed">Seed of weights and choices.</param>
    /// <param name="skills">The skill of every row, for motion that is judged by the skill that was told; null for motion that need only be some clip's.</param>
    public Adversary(AdversaryOptions options, Tensor references, int stateCount, Workers workers, ulong seed, int[]? skills = null)
    {
        (_options, _references, _stateCount, _skills) = (options, references, stateCount, skills);
        _skillCount = skills is null ? 0 : skills.Max() + 1;
        int inputs = options.Kind == AdversaryKind.Imitation ? (2 * stateCount) + _skillCount : (int)references.shape[1];
        _network = new Perceptron(inputs, 1, options.Network, seed + 2).to(references.device);
        _gradient = new SharedGradient<Perceptron>(workers, _network, own => own.Sharing(), options.Rate, gradientLimit: 10);
        _random = CounterRandom.For(seed, 0xAD);
        _replay = zeros([options.ReplaySize, inputs], device: references.device).DetachFromDisposeScope();
    }

    /// <summary>Mean of what the discriminator gave the last rollout.</summary>
    public float Reward { get; private set; }

    /// <summary>Changes a rollout's rewards, then learns from it. Steps after which another episode began keep their task's share alone.</summary>
    public void Judge(Rollout rollout, ObservationNormaliser normaliser)
    {
        using DisposeScope scope = NewDisposeScope();
        int[] shown = [.. Enumerable.Range(0, rollout.Samples).Where(sample => !rollout.Terminated[sample] && !rollout.Truncated[sample])];
        if (shown.Length == 0)
        {
            return;
        }

        Tensor motion, clip;
        using (no_grad())
        {
            motion = Motion(rollout, shown, normaliser);
            clip = Clip(normaliser);
            float[] given = _network.call(motion).softplus().clamp_max(-MathF.Log(1e-4f)).data<float>().ToArray();
            Reward = given.Average();
            for (int sample = 0; sample < rollout.Samples; sample++)
            {
                rollout.Rewards[sample] *= _options.TaskWeight;
            }

            for (int index = 0; index < shown.Length; index++)
            {
                rollout.Rewards[shown[index]] += _options.Weight * given[index];
            }
        }

        for (int step = 0; step < _options.Steps; step++)
        {
            Learn(motion, clip);
        }

        Keep(motion);
    }

    /// <summary>Writes down all that decides what follows.</summary>
    public void Save(TrainingState state)
    {
        state.Add("adversary", _network.state_dict());
        state.Add("adversary_optimiser", _gradient.Save());
        state.Tensors.Add("adversary_replay", _replay.narrow(0, 0, Math.Max(1, Math.Min(_kept, _options.ReplaySize))));
        state.Tensors.Add("adversary_place", tensor((long[])[(long)_place, _kept]));
    }

    /// <summary>Goes back to where <see cref="Save"/> was called.</summary>
    public void Load(TrainingState state)
    {
        using IDisposable unrecorded = no_grad();
        _network.load_state_dict(state.Under("adversary"));
        _gradient.Load(state.Under("adversary_optimiser"));
        Tensor replay = state.Tensors["adversary_replay"];
        _replay.narrow(0, 0, replay.shape[0]).copy_(replay);
        long[] places = state.Tensors["adversary_place"].data<long>().ToArray();
        (_place, _kept) = ((ulong)places[0], (int)places[1]);
    }

    public void Dispose()
    {
        _gradient.Dispose();
        _network.Dispose();
        _references.Dispose();
        _replay.Dispose();
    }

    /// <summary>What the discriminator sees of the character: [sample, feature].</summary>
    private Tensor Motion(Rollout rollout, int[] shown, ObservationNormaliser normaliser)
    {
        Tensor all = rollout.Observations.view((rollout.Steps + 1) * rollout.Worlds, -1);
        Tensor after = normaliser.Normalise(all.index_select(0, Indices(shown.Select(sample => sample + rollout.Worlds))));
        if (_options.Kind == AdversaryKind.Difference)
        {
            return after - normaliser.Normalise(_references.index_select(0, Indices(shown.Select(sample => rollout.Rows[sample + rollout.Worlds]))));
        }

        Tensor before = normaliser.Normalise(all.index_select(0, Indices(shown)));
        return Steps(before, after, shown.Select(sample => rollout.Rows[sample]));
    }

    /// <summary>What it sees of the clip: [sample, feature].</summary>
    private Tensor Clip(ObservationNormaliser normaliser)
    {
        if (_options.Kind == AdversaryKind.Difference)
        {
            return zeros([1, _network.Inputs], device: _references.device);
        }

        Tensor rows = normaliser.Normalise(_references);
        int[] first = FirstRows((int)rows.shape[0]);
        return Steps(rows.index_select(0, Indices(first)), rows.index_select(0, Indices(first.Select(row => row + 1))), first);
    }

    /// <summary>The rows at which steps of the clip begin. Every skill has as many, or the discriminator would take rare ones for wrong ones.</summary>
    private int[] FirstRows(int rows)
    {
        int[] first = [.. Enumerable.Range(0, rows - 1).Where(row => _skills is null || _skills[row] == _skills[row + 1])];
        if (_skills is null)
        {
            return first;
        }

        int[][] ofSkills = [.. first.GroupBy(row => _skills[row]).Select(own => own.ToArray())];
        int most = ofSkills.Max(own => own.Length);
        return [.. ofSkills.SelectMany(own => Enumerable.Range(0, most).Select(index => own[index % own.Length]))];
    }

    /// <summary>States, the states after them, and 1 at the skill of their rows.</summary>
    private Tensor Steps(Tensor before, Tensor after, IEnumerable<int> rows)
    {
        Tensor[] parts = [before.narrow(1, 0, _stateCount), after.narrow(1, 0, _stateCount)];
        return cat(_skills is null ? parts : [.. parts, eye(_skillCount, device: _references.device).index_select(0, Indices(rows.Select(row => _skills[row])))], 1);
    }

    private void Learn(Tensor motion, Tensor clip)
    {
        using DisposeScope scope = NewDisposeScope();
        int count = _options.MinibatchSize, old = _kept > 0 ? count / 2 : 0;
        Tensor shown = Choose(motion, count - old), real = Choose(clip, count);
        if (old > 0)
        {
            shown = cat([shown, Choose(_replay.narrow(0, 0, Math.Min(_kept, _options.ReplaySize)), old)], 0);
        }

        _gradient.Step(0, count, (network, first, part) =>
        {
            bool atMotion = _options.Kind == AdversaryKind.Difference;
            Tensor own = shown.narrow(0, first, part), other = real.narrow(0, first, part);
            Tensor at = (atMotion ? own : other).detach().requires_grad_();
            Tensor ownLogit = network.call(atMotion ? at : own), otherLogit = network.call(atMotion ? other : at);
            Tensor slope = autograd.grad([(atMotion ? ownLogit : otherLogit).sum()], [at], create_graph: true)[0];
            Tensor loss = (ownLogit.softplus().sum() + (-otherLogit).softplus().sum() + (slope.square().sum() * _options.GradientPenalty)) / count;
            return (loss, null, loss.detach().unsqueeze(0));
        });
    }

    private void Keep(Tensor motion)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable unrecorded = no_grad();
        Tensor chosen = Choose(motion, _options.ReplayAdded);
        int first = _kept % _options.ReplaySize, until = Math.Min(_options.ReplayAdded, _options.ReplaySize - first);
        _replay.narrow(0, first, until).copy_(chosen.narrow(0, 0, until));
        if (until < _options.ReplayAdded)
        {
            _replay.narrow(0, 0, _options.ReplayAdded - until).copy_(chosen.narrow(0, until, _options.ReplayAdded - until));
        }

        _kept += _options.ReplayAdded;
    }

    private Tensor Choose(Tensor from, int count)
    {
        int rows = (int)from.shape[0];
        return from.index_select(0, Indices(Enumerable.Range(0, count).Select(_ => _random.Below(_place++, rows))));
    }

    private Tensor Indices(IEnumerable<int> values) => tensor([.. values.Select(value => (long)value)]).to(_references.device);
}
