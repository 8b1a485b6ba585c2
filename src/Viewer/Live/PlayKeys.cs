using System.Collections.Immutable;
using Silk.NET.Input;

namespace Motion.Viewer.Live;

/// <summary>One key of the window and what it does.</summary>
/// <param name="Key">The key.</param>
/// <param name="WithShift">Whether shift is held with it.</param>
/// <param name="Shown">What help calls it.</param>
/// <param name="Help">What it does.</param>
/// <param name="Do">Does it.</param>
internal sealed record PlayKey(Key Key, bool WithShift, string Shown, string Help, Action<PlayWindow> Do);

/// <summary>The keys of the window: the one table that the window obeys and that help is made from.</summary>
internal static class PlayKeys
{
    /// <summary>Every key.</summary>
    public static ImmutableArray<PlayKey> All { get; } =
    [
        Of(Key.F1, "F1", "show or hide this help", window => window.View.Help = !window.View.Help),
        Of(Key.Enter, "Enter", "type a sentence", window => window.Sentences.Focus()),
        Of(Key.Space, "Space", "stop or let go on the time", window => window.Do(session => session.SetPaused(!session.IsPaused))),
        Of(Key.Right, "Right", "stop, and one step on", window => window.Do(session => session.StepOnce())),
        Of(Key.Left, "Left", "stop, and one step back", window => window.Do(session => session.StepBack())),
        new(Key.Left, true, "Shift+Left", "stop, and a second back", window => window.Do(session => session.StepBack(session.ControlRate))),
        Of(Key.Home, "Home", "begin anew; the timeline is said again", window => window.Do(session => session.Restart())),
        Of(Key.Minus, "-", "half the speed of time", window => window.Do(session => session.SetPace(session.Pace / 2))),
        Of(Key.Equal, "+", "twice the speed of time", window => window.Do(session => session.SetPace(session.Pace * 2))),
        Of(Key.Number0, "0", "real time", window => window.Do(session => session.SetPace(1))),
        Of(Key.N, "N", "the next driver takes over", window => window.SwitchDriver()),
        Of(Key.P, "P", "push the character away from the camera", window => window.Shove()),
        Of(Key.B, "B", "throw a ball at it", window => window.ThrowBall()),
        Of(Key.G, "G", "show or hide the ghost of the clip that it follows", window => window.View.Ghost = !window.View.Ghost),
        Of(Key.J, "J", "show or hide joints", window => window.View.Joints = !window.View.Joints),
        Of(Key.C, "C", "show or hide contacts", window => window.View.Contacts = !window.View.Contacts),
        Of(Key.M, "M", "show or hide the centre of mass", window => window.View.Centre = !window.View.Centre),
        Of(Key.F, "F", "show or hide contact forces", window => window.View.Forces = !window.View.Forces),
        Of(Key.T, "T", "show or hide the trail", window => window.View.Trail = !window.View.Trail),
        Of(Key.V, "V", "the camera follows, or stays", window => window.Camera.IsFollowing = !window.Camera.IsFollowing),
        Of(Key.H, "H", "show or hide the panels", window => window.View.Panels = !window.View.Panels),
        Of(Key.F9, "F9", "begin or end recording film and motion", window => window.ToggleRecording()),
        Of(Key.F12, "F12", "write a picture", window => window.WritePicture()),
        Of(Key.Escape, "Esc", "close the window", window => window.Close()),
    ];

    /// <summary>What the mouse does, for help.</summary>
    public static ImmutableArray<(string Shown, string Help)> Mouse { get; } =
    [
        ("left drag on the character", "pull that body by a spring"),
        ("left or right drag beside it", "turn the camera"),
        ("click on the ground", "a planner goes there"),
        ("Shift and drag on the ground", "a planner follows the path that is drawn"),
        ("middle drag", "shift the camera"),
        ("wheel", "nearer or farther"),
        ("drag a block of the timeline", "say it at another time"),
        ("double click on a block", "retype it"),
        ("right click on a block", "delete it"),
        ("click above the blocks", "go back to there"),
    ];

    private static PlayKey Of(Key key, string shown, string help, Action<PlayWindow> act) => new(key, false, shown, help, act);
}
