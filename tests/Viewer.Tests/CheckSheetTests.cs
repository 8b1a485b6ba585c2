using System.Numerics;
using Motion.Sim.Clips.Retargeting;
using Motion.Testing;
using Motion.Viewer.Sheets;

namespace Motion.Viewer.Tests;

public sealed class CheckSheetTests : IDisposable
{
    // A sheet is columns of 150 pixels, 4 of margin on either side; 16 of head, rows of 210, 84 of timeline.
    private const int Head = 16;
    private const int Row = 210;
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Recording_character_and_timeline_are_all_there()
    {
        (Motion.Sim.Clips.Analysis.AnalysedClip recording, CharacterClip clip) = Motions.Shipped("walk_forward");
        CheckSheet.Write(folder.PathOf("a.png"), recording, clip);
        Png sheet = Png.Read(folder.PathOf("a.png"));

        Assert.Equal((1208, 730), (sheet.Width, sheet.Height));
        for (int column = 0; column < 8; column++)
        {
            for (int row = 0; row < 3; row++)
            {
                (int left, int top) = (4 + (150 * column), Head + (Row * row));
                Assert.NotEmpty(sheet.Where(left, top, left + 150, top + Row, Png.IsBlue));
                Assert.NotEmpty(sheet.Where(left, top, left + 150, top + Row, Png.IsRed));
            }
        }
    }

    [Fact]
    public void Ground_lies_where_it_is_and_feet_stand_on_it()
    {
        CheckSheet.Write(folder.PathOf("a.png"), null, Motions.Standing(), columns: 2);
        Png sheet = Png.Read(folder.PathOf("a.png"));
        Assert.Equal((308, 16 + 420 + 84), (sheet.Width, sheet.Height));

        // A metre is 84 pixels, the ground 0.2 m over the lower edge: 210 − 16.8 = row 193 of the panel.
        Assert.True(sheet.Where(6, Head + 192, 10, Head + 195, colour => colour == Colour.Ink).Any());

        // The humanoid is about 1.7 m tall: nothing of it is above row 193 − 1.9 · 84 = 33, and its head is there by row 193 − 1.5 · 84 = 67.
        Assert.Empty(sheet.Where(4, Head, 154, Head + 33, colour => colour != Colour.Paper));
        Assert.NotEmpty(sheet.Where(4, Head + 33, 154, Head + 67, colour => colour != Colour.Paper));
    }

    [Fact]
    public void What_sinks_shows_below_the_ground_line()
    {
        CheckSheet.Write(folder.PathOf("high.png"), null, Motions.Standing(), columns: 1);
        CheckSheet.Write(folder.PathOf("low.png"), null, Motions.StandingAt(new Vector3(0, 0, -0.1f)), columns: 1);

        // The second row of panels has no marks of resting feet lower than 0.06 m + 3 pixels: nine to sixteen pixels below the line is only what sinks.
        int line = Head + Row + 193;
        Assert.Empty(Png.Read(folder.PathOf("high.png")).Where(4, line + 2, 60, line + 4, colour => colour != Colour.Paper));
        Assert.NotEmpty(Png.Read(folder.PathOf("low.png")).Where(4, line + 2, 154, line + 4, colour => Png.IsBlue(colour) || Png.IsRed(colour)));
    }

    [Fact]
    public void Bars_say_which_feet_rest()
    {
        CheckSheet.Write(folder.PathOf("a.png"), null, Motions.Standing(), columns: 4);
        Png sheet = Png.Read(folder.PathOf("a.png"));

        // Left heel and toe in the first two of four bars, seven pixels apart, from 53 below the panels.
        int top = Head + (2 * Row) + 53;
        Assert.All(Enumerable.Range(0, 4), bar => Assert.Equal(bar < 2 ? Colour.Left : Colour.Paper, sheet.At(300, top + (7 * bar) + 3)));
    }

    [Fact]
    public void Sheet_of_a_place_that_cannot_be_written_is_refused() =>
        Assert.Throws<MotionException>(() => CheckSheet.Write(Path.Combine(folder.Write("file", ""), "a.png"), null, Motions.Standing()));
}
