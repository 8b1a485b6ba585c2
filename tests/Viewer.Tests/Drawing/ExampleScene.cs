using System.Numerics;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Retargeting;
using Motion.Viewer.Drawing;

namespace Motion.Viewer.Tests.Drawing;

/// <summary>A moment of a shipped clip with one of everything that can be drawn.</summary>
internal sealed class ExampleScene
{
    private readonly CharacterClip _clip;
    private readonly CharacterSolids _figure;
    private readonly Vector3[] _places;
    private readonly Quaternion[] _rotations;

    public ExampleScene(string clip = "walk_forward")
    {
        _clip = Motions.Shipped(clip).Clip;
        _figure = new CharacterSolids(_clip.Character);
        _places = new Vector3[_clip.Character.Bodies.Length];
        _rotations = new Quaternion[_places.Length];
    }

    public Scenery Scenery { get; } = new();

    public FollowCamera Camera { get; } = new();

    /// <summary>Fills the scenery with a frame.</summary>
    public void Fill(int frame, bool hasMarks)
    {
        Scenery.Clear();
        Place(Math.Min(frame + 12, _clip.FrameCount - 1));
        if (hasMarks)
        {
            _figure.AddTo(Scenery.Ghosts, _places, _rotations, new Tint(120, 200, 140, 150));
        }

        Place(frame);
        _figure.AddTo(Scenery.Solids, _places, _rotations);
        Scenery.Focus = _places[0] with { Z = 0.8f };
        Camera.LookAt(_places[0] with { Z = 0.85f });
        if (!hasMarks)
        {
            return;
        }

        Vector3[] path = [.. Enumerable.Range(0, _clip.FrameCount).Select(at => PositionVector.RootPosition(_clip.Character.Joints[0], _clip.PositionsAt(at)) with { Z = 0 })];
        Scenery.Ribbons.Add(new Ribbon(path[..(frame + 1)], 0.05f, new Tint(250, 150, 40, 220), 0));
        Scenery.Ribbons.Add(new Ribbon(path[frame..], 0.05f, new Tint(60, 130, 250, 200), 1));
        Scenery.AddTarget(path[^1], 0.3f, new Tint(230, 60, 60, 220));
        Scenery.Solids.Add(Solid.Sphere(_places[0] + new Vector3(0.6f, -0.7f, -0.6f), 0.12f, new Tint(240, 190, 60)));
        Scenery.Solids.Add(Solid.Box(_places[0] with { Z = 0.15f } + new Vector3(-0.7f, 0.8f, 0), Quaternion.Identity, new Vector3(0.15f), new Tint(120, 160, 110)));
        Scenery.AddArrow(_places[0] + new Vector3(-0.6f, -0.3f, 0.3f), new Vector3(0.5f, 0.25f, -0.1f), new Tint(250, 80, 60), 1.3f);
        int foot = _clip.Character.Bodies.ToList().FindIndex(body => body.Name.Contains("foot", StringComparison.Ordinal));
        Scenery.Discs.Add(new Disc(_places[foot] with { Z = 0 }, 0, 0.13f, new Tint(60, 200, 120, 150)));
    }

    private void Place(int frame) => ForwardKinematics.Compute(_clip.Character, _clip.PositionsAt(frame), _places, _rotations);
}
