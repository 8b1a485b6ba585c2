using System.Numerics;
using Motion.Viewer.Live;
using Silk.NET.Input;

namespace Motion.Viewer.Tests.Live;

/// <summary>What a person does to the window, and waits for.</summary>
public sealed partial class PlayWindowTests
{
    // The strip lies within 20 pixels of the window's sides and shows 20 s or more at first; its blocks begin 42 pixels under the panel's top.
    private Vector2 BlockAtFourSeconds(out float wide)
    {
        Pause();
        Window.Do(session => session.Timeline = new PromptTimeline().With(4, "stand"));
        Until(() => Frame.Timeline.Prompts.Length == 1);
        wide = 720 - 40;
        return new(20 + (wide * 4 / 20) + 8, 480 - 12 - TimelinePanel.High + 46);
    }

    private void Flips(Key key, Func<bool> state)
    {
        bool before = state();
        Press(key);
        Until(() => state() != before);
        Press(key);
        Until(() => state() == before);
    }

    private void Moves(Key key, int steps)
    {
        Pause();
        long before = Frame.Step;
        Press(key);
        Until(() => Frame.Step == before + steps);
        GoOn();
    }

    private void Paces(Key key, double pace)
    {
        Press(key);
        Until(() => Math.Abs(Frame.Pace - pace) < 1e-6);
    }

    private void Pause()
    {
        Window.Do(session => session.SetPaused(true));
        Until(() => Frame.IsPaused);
    }

    private void GoOn()
    {
        Window.Do(session => session.SetPaused(false));
        Until(() => !Frame.IsPaused);
    }

    private void Type(string sentence)
    {
        Press(Key.Enter);
        Letters(sentence);
        Press(Key.Enter);
    }

    private void Letters(string text)
    {
        foreach (char letter in text)
        {
            Window.Host.Input.Type(letter);
        }

        Frames(3);
    }

    private void Press(Key key)
    {
        Window.Host.Input.Press(key, true);
        Window.Host.Input.Press(key, false);
        Frames(4);
    }

    private byte[] Picture()
    {
        Frames(2);
        byte[] pixels = new byte[720 * 480 * 3];
        Window.Host.Target.ReadPixels(pixels);
        return pixels;
    }

    // Edges of the figure are rounded otherwise where the part of the picture that it is drawn on has grown.
    private static int Changed(byte[] one, byte[] other) => one.Zip(other).Count(pair => Math.Abs(pair.First - pair.Second) > 12);

    private void Frames(int count)
    {
        for (int frame = 0; frame < count; frame++)
        {
            Window.DrawOnce(1 / 30.0);
        }
    }

    private void Until(Func<bool> holds)
    {
        for (int frame = 0; frame < 600; frame++)
        {
            if (holds())
            {
                return;
            }

            Frames(1);
            Thread.Sleep(5);
        }

        Assert.Fail($"it did not come to that: step {Frame.Step}, {Frame.Doing}, paused {Frame.IsPaused}, error {Frame.Error}, message {Window.Message}");
    }
}
