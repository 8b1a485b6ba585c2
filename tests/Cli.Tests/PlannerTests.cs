using System.Text.Json.Nodes;
using Motion.Testing;

namespace Motion.Cli.Tests;

public sealed class PlannerTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_planner_is_trained_plans_and_is_measured_beside_its_baselines()
    {
        Take("walk_forward", "stand_idle");
        Said trained = await Terminal.Type(
            "train", "planner", "--profile", "smoke", "--experts", _folder.PathOf("experts"), "--out", _folder.PathOf("run"), "--publish", _folder.PathOf("models"), "--threads", "1", "--json");
        Assert.True(trained.ExitCode == 0, trained.Error);
        Assert.Equal(2048, (int)trained.Json["transitions"]!);
        Assert.Empty(((string[])["action_error_rad", "perplexity", "codes_used", "key_bodies_mm_half", "joints_degrees_end", "replay_mm_end", "replay_degrees_end", "replay_falls", "prior_surprise_nats"]).Except(trained.Json.Select(pair => pair.Key)));
        string model = _folder.PathOf("models", "planner.safetensors");

        Said planned = await Terminal.Type(
            "plan", "--task", "go-to", "--target", "2,-1", "--avoid", "1,0,0.5", "--like", "a person walks", "--samples", "4", "--verify", "2", "--seconds", "0.5", "--budget", "10000", "--model", model, "--record",
            _folder.PathOf("seen.npz"), "--json");
        Assert.True(planned.ExitCode == 0, planned.Error);
        Assert.Equal((4, 0, 3), ((int)planned.Json["plans"]!, (int)planned.Json["overruns"]!, planned.Json["place"]!.AsArray().Count));
        Said exported = await Terminal.Type("export", _folder.PathOf("seen.npz"), "--out", _folder.PathOf("seen.bvh"));
        Assert.True(exported.ExitCode == 0, exported.Error);

        Said measured = await Terminal.Type(
            "evaluate", "planner", "--episodes", "2", "--samples", "4", "--seconds", "0.5", "--baselines", "greedy", "cloning", "annealed", "text", "--times", "1", "--model", model, "--coverage",
            _folder.PathOf("coverage.svg"), "--coverage-states", "2", "--json");
        Assert.True(measured.ExitCode == 0, measured.Error);
        JsonObject forward = measured.Json["tasks"]!["forward"]!.AsObject();
        string[] keys = ["return", "survival", "jerk", "plan_ms_p50", "plan_ms_p99", "baselines"];
        Assert.Empty(keys.Except(forward.Select(pair => pair.Key)));
        Assert.Equal(["greedy", "cloning", "annealed", "text"], forward["baselines"]!.AsObject().Select(pair => pair.Key));
        Assert.True((int)forward["baselines"]!["annealed"]!["samples"]! >= 4);
        double mean = ((string[])["speed", "forward", "backward", "shift-left", "jump", "rotate"]).Average(task => (double)measured.Json["tasks"]![task]!["return"]!);
        Assert.Equal(mean, (double)measured.Json["mean_return"]!["hgap"]!, 2e-3);
        Assert.Equal(["hgap", "greedy", "cloning", "annealed", "text"], measured.Json["mean_return"]!.AsObject().Select(pair => pair.Key));
        JsonObject gaits = measured.Json["tasks"]!["go-to-gait"]!.AsObject();
        Assert.Equal((0, 0, 3), ((double)gaits["reached"]!, (double)gaits["recognised"]!, (int)gaits["episodes"]!));
        Assert.Equal(["walk", "run", "sneak"], gaits["gaits"]!.AsObject().Select(pair => pair.Key));
        Assert.Equal([1, 2, 4], measured.Json["coverage"]!["k"]!.AsArray().Select(k => (int)k!));
        Assert.StartsWith("<svg", File.ReadAllText(_folder.PathOf("coverage.svg")), StringComparison.Ordinal);

        Said timed = await Terminal.Type("bench", "plan", "--plans", "2", "--counts", "1", "32", "--seconds", "0.5", "--model", model, "--json");
        Assert.True(timed.ExitCode == 0, timed.Error);

        // One sample over four horizons; thirty-two over four, with and without trying them out.
        Assert.Equal(4 + 8, timed.Json["plans"]!.AsArray().Count);
        Assert.All(timed.Json["plans"]!.AsArray(), row => Assert.InRange((double)row!["p50_ms"]!, 0.001, (double)row["p99_ms"]!));
    }

    [Fact]
    public async Task A_group_acts_in_rollouts_where_it_knows_the_skills()
    {
        (string group, string planner) = (_folder.PathOf("group.safetensors"), _folder.PathOf("planner"));
        Said trained = await Terminal.Type(
            "train", "group", "walk_forward", "wave_right_hand", "--threads", "1", "--profile", "smoke", "--set", "worlds=16", "--set", "budget.samples=2048", "--set", "warm_up_samples=1024", "--out", _folder.PathOf("run"), "--publish", group);
        Assert.True(trained.ExitCode == 0, trained.Error);
        string[] rolled = ["train", "planner", "--profile", "smoke", "--policy", group, "--out", planner, "--threads", "1", "--json", "--experts", _folder.PathOf("experts")];
        Take("walk_forward", "stand_idle");
        Said with = await Terminal.Type(rolled);
        Assert.True(with.ExitCode == 0, with.Error);
        Assert.Equal(2048, (int)with.Json["transitions"]!);

        Directory.Delete(_folder.PathOf("experts"), true);
        Take("squats", "stand_idle");
        Said without = await Terminal.Type(rolled);
        Assert.Equal(2, without.ExitCode);
        Assert.Contains("group.safetensors: knows none of the skills that are rolled out, only walk_forward, wave_right_hand", without.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, "there is no such task; did you mean 'forward'?", "plan", "--task", "foward")]
    [InlineData(3, "wants --target x,y", "plan", "--task", "go-to")]
    [InlineData(3, "--target nan,2: wanted 2 finite numbers", "plan", "--task", "go-to", "--target", "nan,2")]
    [InlineData(3, "is 200 m away; in 12 s nobody here gets further than 60 m", "plan", "--task", "go-to", "--target", "200,0")]
    [InlineData(3, "the radius must be above 0", "plan", "--task", "forward", "--avoid", "1,2,-1")]
    [InlineData(3, "--path wants two or more points", "plan", "--task", "follow", "--path", "1,2")]
    [InlineData(3, "wanted 0 to 5 m/s", "plan", "--task", "keep-speed", "--speed", "50")]
    [InlineData(2, "nowhere.safetensors", "plan", "--task", "forward", "--model", "nowhere.safetensors")]
    [InlineData(3, "there is no such task to measure", "evaluate", "planner", "--tasks", "fly")]
    public async Task What_cannot_be_planned_is_said(int code, string words, params string[] arguments)
    {
        Said said = await Terminal.Type(arguments);
        Assert.Equal(code, said.ExitCode);
        Assert.Contains(words, said.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_expert_is_no_planner()
    {
        Said said = await Terminal.Type("plan", "--task", "forward", "--model", Repository.PathOf("models", "experts", "jog.safetensors"));
        Assert.Equal(2, said.ExitCode);
        Assert.Contains("jog.safetensors: is no planner's model", said.Error, StringComparison.Ordinal);
    }

    /// <summary>Has these teachers alone.</summary>
    private void Take(params string[] teachers)
    {
        Directory.CreateDirectory(_folder.PathOf("experts"));
        foreach (string name in teachers)
        {
            File.Copy(Repository.PathOf("models", "teachers", $"{name}.safetensors"), _folder.PathOf("experts", $"{name}.safetensors"));
        }
    }
}
