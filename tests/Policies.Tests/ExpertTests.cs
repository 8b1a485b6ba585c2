using Motion.Sim.Characters;
using Motion.Sim.Tests.Tracking;
using Motion.Sim.Tracking;
using Motion.Testing;
using Motion.Torch.Safetensors;

namespace Motion.Policies.Tests;

public sealed class ExpertTests : IDisposable
{
    private static readonly Character Humanoid = TestMotions.Humanoid;
    private readonly TempFolder _folder = new();

    private string Path => _folder.PathOf("waving.safetensors");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_saved_acts_the_same_to_the_bit()
    {
        using Expert expert = Make();
        expert.Save(Path);
        using Expert loaded = Expert.Load(Path, Humanoid);
        Assert.Equal(Act(expert), Act(loaded));
        Assert.NotEqual(0, Act(loaded).Max());
    }

    [Fact]
    public void Weights_of_16_bits_take_half_the_room_and_act_nearly_the_same()
    {
        using Expert expert = Make();
        expert.Save(Path);
        expert.Save(_folder.PathOf("half.safetensors"), half: true);
        Assert.InRange(new FileInfo(_folder.PathOf("half.safetensors")).Length / (double)new FileInfo(Path).Length, 0.5, 0.7);
        using Expert loaded = Expert.Load(_folder.PathOf("half.safetensors"), Humanoid);
        Assert.All(Act(expert).Zip(Act(loaded)), pair => Assert.Equal(pair.First, pair.Second, 2e-4f));
    }

    [Fact]
    public void A_checkpoint_of_another_character_is_refused_with_both_names()
    {
        using (Expert expert = Make())
        {
            expert.Save(Path);
        }

        Character other = Humanoid with { Name = "giant", Bodies = [.. Humanoid.Bodies.Select(body => body with { Position = 2 * body.Position })] };
        InputException problem = Assert.Throws<InputException>(() => Expert.Load(Path, other));
        Assert.Contains("was trained for character 'humanoid'", problem.Message, StringComparison.Ordinal);
        Assert.Contains("not for 'giant'", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_checkpoint_of_another_version_is_refused_with_both_numbers()
    {
        using Expert expert = Make(card => card with { Version = 7 });
        expert.Save(Path);
        Assert.Contains("of version 7, this program reads version 1", Assert.Throws<InputException>(() => Expert.Load(Path, Humanoid)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Observations_of_another_meaning_are_refused()
    {
        using Expert expert = Make(card => card with { ObservationVersion = 99 });
        expert.Save(Path);
        Assert.Contains("observations of version 99", Assert.Throws<InputException>(() => Expert.Load(Path, Humanoid)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_files_are_refused()
    {
        using DisposeScope scope = NewDisposeScope();
        SafetensorsFile.Write(Path, new Dictionary<string, Tensor> { ["x"] = zeros(1) });
        Assert.Contains("it has no card", Assert.Throws<InputException>(() => Expert.Load(Path, Humanoid)).Message, StringComparison.Ordinal);
        Assert.Throws<InputException>(() => Expert.Load(_folder.Write("text.safetensors", "hello"), Humanoid));
        Assert.Throws<InputException>(() => Expert.Load(_folder.PathOf("missing.safetensors"), Humanoid));
    }

    [Fact]
    public void Experts_are_found_in_folders_of_checkpoints_and_of_runs()
    {
        using Expert expert = Make();
        expert.Save(Path);
        Directory.CreateDirectory(_folder.PathOf("bow"));
        expert.Save(_folder.PathOf("bow", "best.safetensors"));
        Assert.Equal([_folder.PathOf("bow", "best.safetensors"), Path], ExpertFolder.Find(_folder.Root, []));
        Assert.Equal([Path], ExpertFolder.Find(_folder.Root, ["waving"]));
        Assert.Contains("did you mean 'waving'", Assert.Throws<InputException>(() => ExpertFolder.Find(_folder.Root, ["wavin"])).Message, StringComparison.Ordinal);
        Assert.Throws<InputException>(() => ExpertFolder.Find(_folder.PathOf("nowhere"), []));
    }

    private static Expert Make(Func<ExpertCard, ExpertCard>? change = null)
    {
        TrackingOptions tracking = new();
        ExpertCard card = new()
        {
            Clip = "waving",
            Character = Humanoid.Name,
            CharacterFingerprint = Expert.FingerprintOf(Humanoid),
            Observations = ObservationLayout.Of(Humanoid, tracking).Count,
            Actions = Humanoid.Actuators.Length,
            Tracking = tracking,
            Policy = new NetworkOptions { Layers = [32, 32] },
            Deviation = 0.1f,
        };
        return new Expert(change?.Invoke(card) ?? card, new GaussianPolicy(card.Observations, card.Actions, card.Policy, 0.1f, seed: 3), new ObservationNormaliser(card.Observations));
    }

    private static float[] Act(Expert expert)
    {
        Random random = new(1);
        float[] observations = [.. Enumerable.Range(0, 3 * expert.Card.Observations).Select(_ => random.NextSingle())];
        float[] actions = new float[3 * expert.Card.Actions];
        expert.Act(observations, actions);
        return actions;
    }
}
