using System.Numerics;
using Motion.Viewer.Drawing;

namespace Motion.Viewer.Interface;

internal sealed unsafe partial class Gui
{
    /// <summary>A filled rectangle.</summary>
    public void FillRectangle(Vector2 low, Vector2 high, Tint colour, float rounding = 0, GuiLayer layer = GuiLayer.Window) => Rectangle(low, high, colour, rounding, 0, layer);

    /// <summary>The edge of a rectangle.</summary>
    public void OutlineRectangle(Vector2 low, Vector2 high, Tint colour, float rounding = 0, float thickness = 1, GuiLayer layer = GuiLayer.Window) =>
        Rectangle(low, high, colour, rounding, thickness, layer);

    public void Line(Vector2 from, Vector2 to, Tint colour, float thickness = 1, GuiLayer layer = GuiLayer.Window)
    {
        Vector4 ends = new(from, to.X, to.Y);
        NativeInterface.DrawLine((int)layer, (float*)&ends, colour.Packed, thickness);
    }

    /// <summary>A circle: filled where the thickness is 0.</summary>
    public void Circle(Vector2 middle, float radius, Tint colour, float thickness = 0, GuiLayer layer = GuiLayer.Window) =>
        NativeInterface.DrawCircle((int)layer, middle.X, middle.Y, radius, colour.Packed, thickness);

    /// <summary>Text from its top left.</summary>
    public void Label(Vector2 place, string text, Tint colour, GuiLayer layer = GuiLayer.Window) =>
        NativeInterface.DrawText((int)layer, place.X, place.Y, colour.Packed, text, null);

    /// <summary>Text from its top left, cut at a rectangle.</summary>
    public void Label(Vector2 place, string text, Tint colour, Vector2 low, Vector2 high, GuiLayer layer = GuiLayer.Window)
    {
        Vector4 clip = new(low, high.X, high.Y);
        NativeInterface.DrawText((int)layer, place.X, place.Y, colour.Packed, text, (float*)&clip);
    }

    private static void Rectangle(Vector2 low, Vector2 high, Tint colour, float rounding, float thickness, GuiLayer layer)
    {
        Vector4 corners = new(low, high.X, high.Y);
        NativeInterface.DrawRectangle((int)layer, (float*)&corners, colour.Packed, rounding, thickness);
    }
}
