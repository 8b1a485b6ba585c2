using System.Numerics;
using Motion.Sim.Clips.Analysis;
using Motion.Sim.Clips.Retargeting;
using Motion.Viewer.Sheets;
using Motion.Viewer.Views;

namespace Motion.Viewer.Tests;

public sealed class MotionViewTests
{
    [Fact]
    public void A_figure_alone_stands_in_the_middle_wherever_it_is_in_the_world()
    {
        foreach (Vector3 place in new[] { Vector3.Zero, new Vector3(40, -7, 0) })
        {
            Png picture = Drawn(new MotionView(Motions.StandingAt(place)), 0.5, 320, 240);
            (int X, int Y)[] figure = [.. picture.Where(0, 20, 320, 150, colour => Png.IsBlue(colour) || Png.IsRed(colour))];
            Assert.InRange(figure.Average(pixel => pixel.X), 140, 180);
        }
    }

    [Fact]
    public void The_recording_stands_on_the_left_and_the_character_on_the_right()
    {
        (AnalysedClip recording, CharacterClip clip) = Motions.Shipped("jump_up");
        Png picture = Drawn(new MotionView(clip, recording), 0, 480, 270);
        int left = picture.Where(0, 20, 238, 184, colour => Png.IsBlue(colour) || Png.IsRed(colour)).Count();
        int right = picture.Where(242, 20, 480, 184, colour => Png.IsBlue(colour) || Png.IsRed(colour)).Count();

        // Bones of 2 cm beside limbs of 5: fewer pixels, but some.
        Assert.InRange(left, 100, right);
        Png other = Drawn(new MotionView(clip, recording, beside: clip), 0, 480, 270);
        Assert.True(other.Where(0, 20, 238, 184, colour => Png.IsBlue(colour) || Png.IsRed(colour)).Count() > 1.1 * left);
    }

    [Fact]
    public void The_same_moment_is_the_same_picture_and_another_is_not()
    {
        MotionView view = new(Motions.Shipped("walk_forward").Clip);
        Assert.Equal(view.Draw(1, 320, 240), view.Draw(1, 320, 240));
        Assert.NotEqual(view.Draw(1, 320, 240), view.Draw(1.5, 320, 240));
    }

    [Fact]
    public void What_is_nearer_hides_what_is_farther()
    {
        // The camera looks along X at the origin from 4 m away, a little from above; red 1 m nearer than blue.
        Picture picture = new(200, 200);
        Camera camera = new(picture, Vector3.Zero, 0, 4);
        Solids.Bone(camera, new Vector3(0, 0, -0.3f), new Vector3(0, 0, 0.3f), 0.1f, Colour.Left);
        Solids.Bone(camera, new Vector3(-1, 0, -0.1f), new Vector3(-1, 0, 0.5f), 0.1f, Colour.Right);
        Png drawn = new(200, 200, picture.Pixels);
        Assert.NotEmpty(drawn.Where(0, 0, 200, 200, Png.IsRed));
        Assert.True(Png.IsRed(drawn.At(100, 100)));
    }

    [Fact]
    public void The_ground_hides_what_is_under_it_and_shadows_darken_it()
    {
        Picture picture = new(200, 200);
        Camera camera = new(picture, Vector3.Zero, 0, 4);
        Solids.Bone(camera, new Vector3(0, -0.2f, -0.5f), new Vector3(0, 0.2f, -0.5f), 0.1f, Colour.Left);
        camera.Ground([(new Vector3(0, 0, 0.1f), new Vector3(0, 0.5f, 0.1f), 0.1f)]);
        Png drawn = new(200, 200, picture.Pixels);
        Assert.Empty(drawn.Where(0, 0, 200, 200, Png.IsBlue));

        // Left of the middle is +Y, under the bar; right of it is −Y, in the open.
        int under = drawn.Where(75, 98, 85, 104, _ => true).Sum(pixel => drawn.At(pixel.X, pixel.Y).Green);
        int open = drawn.Where(115, 98, 125, 104, _ => true).Sum(pixel => drawn.At(pixel.X, pixel.Y).Green);
        Assert.True(under < 0.9 * open, $"{under} and {open}");
    }

    [Fact]
    public void Sizes_are_held_to_their_limits() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new MotionView(Motions.Standing()).Draw(0, 100, 240));

    private static Png Drawn(MotionView view, double seconds, int width, int height) => new(width, height, view.Draw(seconds, width, height));
}
