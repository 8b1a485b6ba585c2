using System.Numerics;
using Motion.Testing;
using Motion.Viewer.Interface;
using Motion.Viewer.Tests.Drawing;
using Silk.NET.Input;

namespace Motion.Viewer.Tests.Platform;

/// <summary>A real window on a display without a screen.</summary>
[Collection(PictureCollection.Name)]
public sealed class WindowTests
{
    private const int Width = 320;
    private const int Height = 180;

    [RequiresFact("Xvfb", "glfw")]
    public void What_a_window_shows_is_what_is_drawn_without_one()
    {
        ExampleScene scene = new();
        scene.Fill(40, false);
        using WindowHost host = Opened(hasPanels: false);
        byte[] pixels = new byte[Width * Height * 3];
        host.Frame(0.03, _ =>
        {
            host.Draw(scene.Scenery, scene.Camera);
            host.Target.ReadPixels(pixels);
        });
        Assert.InRange(Approved.SimilarityTo("walking", new Png(Width, Height, pixels)), 0.97, 1);
    }

    [RequiresFact("Xvfb", "glfw", "imgui")]
    public void Keys_and_mouse_arrive()
    {
        using WindowHost host = Opened(hasPanels: true);
        using XWindow window = new(host.Handle);
        List<Key> pressed = [];
        List<MouseButton> clicked = [];
        void Frames() => Repeat(host, 6, () =>
        {
            pressed.AddRange(host.Input.Pressed);
            clicked.AddRange(host.Input.Clicked);
        });

        Frames();
        window.MovePointer(200, 100);
        Frames();
        Assert.Equal(new Vector2(200, 100), host.Input.Pointer);
        window.PressKey('p');
        window.PressKey(' ');
        Frames();
        Assert.Equal([Key.P, Key.Space], pressed);
        Assert.False(host.Input.Holds(Key.P));
        window.PressButton(1);
        Frames();
        Assert.Equal([MouseButton.Left], clicked);
    }

    [RequiresFact("Xvfb", "glfw")]
    public void A_window_that_changes_its_size_is_drawn_at_the_new_one()
    {
        using WindowHost host = Opened(hasPanels: false);
        using XWindow window = new(host.Handle);
        ExampleScene scene = new();
        scene.Fill(40, true);
        Repeat(host, 2, () => host.Draw(scene.Scenery, scene.Camera));
        window.Resize(400, 300);
        Repeat(host, 5, () => host.Draw(scene.Scenery, scene.Camera));
        Assert.Equal((400, 300), (host.Target.Width, host.Target.Height));
    }

    [RequiresFact("Xvfb", "glfw")]
    public void The_cross_in_its_corner_ends_the_loop()
    {
        using WindowHost host = Opened(hasPanels: false);
        using XWindow window = new(host.Handle);
        int frames = 0;
        host.Run(_ =>
        {
            if (++frames == 3)
            {
                window.AskToClose();
            }

            Assert.True(frames < 500, "it does not close");
        });
        Assert.True(host.IsClosing);
        Assert.True(frames >= 3);
    }

    private static void Repeat(WindowHost host, int frames, Action draw)
    {
        for (int frame = 0; frame < frames; frame++)
        {
            host.Frame(0.03, _ => draw());
        }
    }

    private static WindowHost Opened(bool hasPanels)
    {
        _ = VirtualDisplay.OfProcess;
        return WindowHost.Open(new HostSettings { Width = Width, Height = Height, HasPanels = hasPanels, FontFile = null });
    }
}
