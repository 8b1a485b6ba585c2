using Motion.Sim.Clips.Analysis;
using Motion.Sim.Clips.Retargeting;
using Motion.Testing;
using Motion.Viewer.Tests.Drawing;
using Motion.Viewer.Views;
using Silk.NET.Input;

namespace Motion.Viewer.Tests;

[Collection(PictureCollection.Name)]
public class ViewWindowTests
{
    [RequiresFact("egl", "imgui")]
    public void A_clip_stands_beside_its_recording_and_time_goes_on_stops_and_goes_by_frames()
    {
        (AnalysedClip recording, CharacterClip clip) = Motions.Shipped("walk_forward");
        int alone = CountAlone(clip);
        using ViewWindow window = Opened(clip, recording, null);
        window.DrawOnce(0.5);
        Assert.Equal(0.5, window.Seconds, 1e-9);
        Press(window, Key.Space);
        Assert.True(window.IsPaused);
        double paused = window.Seconds;
        Press(window, Key.Right);
        Assert.Equal(paused + (1 / clip.FrameRate), window.Seconds, 1e-6);
        Assert.True(Coloured(Picture(window)) > 1.1 * alone, "the recording is not seen");
    }

    [RequiresFact("egl", "imgui")]
    public void Two_motions_stand_side_by_side()
    {
        CharacterClip standing = Motions.Standing();
        int one = CountAlone(standing);
        using ViewWindow two = Opened(standing, null, Motions.StandingAt(new System.Numerics.Vector3(5, 2, 0)));
        Assert.InRange(Coloured(Picture(two)), 1.5 * one, 2.5 * one);
    }

    private static int CountAlone(CharacterClip clip)
    {
        using ViewWindow alone = Opened(clip, null, null);
        alone.DrawOnce(0.5);
        return Coloured(Picture(alone));
    }

    private static ViewWindow Opened(CharacterClip clip, AnalysedClip? recording, CharacterClip? beside) =>
        new(clip, recording, beside, new ViewWindowOptions { IsOffscreen = true, Width = 480, Height = 320 });

    private static void Press(ViewWindow window, Key key)
    {
        window.Host.Input.Press(key, true);
        window.Host.Input.Press(key, false);
        window.DrawOnce(0);
        window.DrawOnce(0);
    }

    private static byte[] Picture(ViewWindow window)
    {
        byte[] pixels = new byte[480 * 320 * 3];
        window.DrawOnce(0);
        window.Host.Target.ReadPixels(pixels);
        return pixels;
    }

    // Limbs are the only red: panel and sky are blue and grey.
    private static int Coloured(byte[] pixels) => Enumerable.Range(0, pixels.Length / 3).Count(at => pixels[3 * at] > pixels[(3 * at) + 2] + 50);
}
