using System.Collections.Immutable;
using System.Numerics;
using Motion.Sim.Characters;
using Motion.Sim.Physics.Wide;
using Motion.Viewer.Live;

namespace Motion.Viewer.Tests.Live;

/// <summary>Holds the rest pose, raises an arm when told to, refuses most else and breaks when told to.</summary>
internal sealed class ToyDriver(LiveWorld world, string name = "toy") : ILiveDriver
{
    private float _arm;

    public string Name => name;

    public string Doing => _arm == 0 ? "stands" : "raises an arm";

    public IReadOnlyList<string> Captions { get; } = ["raise an arm", "stand"];

    public ILiveReference? Reference { get; init; }

    public LivePlan? Plan { get; set; }

    public int Steps { get; private set; }

    public static LiveWorld World() => new(new WideEngine(), CharacterLibrary.Humanoid());

    public void Begin()
    {
        _arm = 0;
        Character character = world.Character;
        world.Batch.Reset([0], PositionVector.Rest(character), new float[character.VelocityCount]);
    }

    public void TakeOver()
    {
    }

    public Reply Say(string sentence)
    {
        if (Plan is not null && GroundWords.TryRead(sentence, out ImmutableArray<Vector2> points))
        {
            Plan = Plan with { Wanted = points };
            return new Reply(sentence, true, "yes", []);
        }

        bool isKnown = Captions.Contains(sentence) || sentence == "break";
        _arm = sentence == "raise an arm" ? 2 : sentence == "break" ? float.NaN : sentence == "stand" ? 0 : _arm;
        return new Reply(sentence, isKnown, isKnown ? "yes" : "not understood", [new NearSentence("stand", "standing", 0.5f)]);
    }

    public void Step()
    {
        if (float.IsNaN(_arm))
        {
            throw new MotionException(ExitCode.NumericFailure, "the arm is broken");
        }

        float[] controls = new float[world.Character.Actuators.Length];
        controls[^1] = _arm;
        controls[^8] = _arm;
        controls[8] = _arm;
        world.Batch.SetControls(controls);
        world.Batch.Step();
        Steps++;
    }

    public object Save() => _arm;

    public void Restore(object state) => _arm = (float)state;

    public void Dispose()
    {
    }
}
