using System.Numerics;
using Motion.Testing;
using Motion.Viewer.Interface;
using Motion.Viewer.Tests.Drawing;
using Silk.NET.Input;

namespace Motion.Viewer.Tests.Interface;

[Collection(PictureCollection.Name)]
public sealed class GuiTests : IDisposable
{
    private readonly WindowHost? _host = Requirement.Missing("egl", "imgui") is null ? WindowHost.Open(new HostSettings { IsOffscreen = true, Width = 320, Height = 180, Samples = 0 }) : null;
    private readonly List<string> _said = [];
    private readonly List<TextEdit> _edits = [];
    private string _text = "";
    private bool _isOn;
    private float _value = 0.5f;
    private int _pressed;
    private string? _answer;

    private WindowHost Host => _host!;

    [RequiresFact("egl", "imgui")]
    public void A_button_is_pressed_where_it_is_drawn()
    {
        Frames(2);
        Click(new Vector2(30, 45));
        Assert.Equal(1, _pressed);
        Click(new Vector2(300, 170));
        Assert.Equal(1, _pressed);
    }

    [RequiresFact("egl", "imgui")]
    public void A_typed_line_arrives_with_enter_letter_by_letter()
    {
        TypeInto("a person walks é");
        Press(Key.Enter);
        Assert.Equal(["a person walks é"], _said);
        Assert.Contains(TextEdit.Changed, _edits);
    }

    [RequiresFact("egl", "imgui")]
    public void The_up_key_asks_for_an_older_line_and_tab_for_the_rest_of_it()
    {
        TypeInto("wal");
        _answer = "walk backward";
        Press(Key.Up);
        Assert.Equal(TextEdit.Older, _edits[^1]);
        _answer = null;
        Press(Key.Down);
        Assert.Equal(TextEdit.Newer, _edits[^1]);
        _answer = "walk backward slowly";
        Press(Key.Tab);
        Assert.Equal(TextEdit.Complete, _edits[^1]);
        _answer = null;
        Press(Key.Enter);
        Assert.Equal("walk backward slowly", _said[^1]);
    }

    [RequiresFact("egl", "imgui")]
    public void A_key_is_the_panels_while_typing_and_the_pictures_otherwise()
    {
        Press(Key.Space);
        Assert.Contains(Key.Space, _keys);
        _keys.Clear();
        TypeInto("x");
        Press(Key.Space);
        Assert.Empty(_keys);
    }

    [RequiresFact("egl", "imgui")]
    public void A_button_of_the_mouse_on_a_panel_is_not_the_pictures()
    {
        Frames(2);
        Host.Input.MoveTo(new Vector2(30, 45));
        Host.Input.Button(MouseButton.Left, true);
        Frames(3);
        Assert.False(Host.Input.Holds(MouseButton.Left));
        Host.Input.Button(MouseButton.Left, false);
        Host.Input.MoveTo(new Vector2(300, 170));
        Host.Input.Button(MouseButton.Left, true);
        Frames(3);
        Assert.True(Host.Input.Holds(MouseButton.Left));
    }

    [RequiresFact("egl", "imgui")]
    public void A_box_is_ticked_and_a_slider_dragged()
    {
        Frames(2);
        Click(new Vector2(18, 100));
        Assert.True(_isOn);
        Host.Input.MoveTo(new Vector2(60, 127));
        Host.Input.Button(MouseButton.Left, true);
        Frames(3);
        Host.Input.MoveTo(new Vector2(600, 127));
        Frames(3);

        // Beyond its right end it stays at its highest.
        Assert.Equal(1f, _value);
    }

    [RequiresFact("egl", "imgui")]
    public void What_does_not_fit_into_a_text_is_cut_between_characters()
    {
        Frames(2);
        _text = new string('é', 40);
        Frames(1);

        // 32 bytes, one for the end, two for each letter.
        Assert.Equal(new string('é', 15), _text);
    }

    public void Dispose() => _host?.Dispose();

    private readonly List<Key> _keys = [];

    private void TypeInto(string text)
    {
        Frames(2);
        Click(new Vector2(40, 72));
        foreach (char letter in text)
        {
            Host.Input.Type(letter);
        }

        Frames(3);
    }

    private void Press(Key key)
    {
        Host.Input.Press(key, true);
        Host.Input.Press(key, false);
        Frames(3);
    }

    private void Click(Vector2 place)
    {
        Host.Input.MoveTo(place);
        Host.Input.Button(MouseButton.Left, true);
        Host.Input.Button(MouseButton.Left, false);
        Frames(4);
    }

    private void Frames(int count)
    {
        for (int frame = 0; frame < count; frame++)
        {
            Host.Frame(1 / 30.0, _ =>
            {
                _keys.AddRange(Host.Input.Pressed);
                Gui gui = Host.Panels!;
                gui.NextWindow(new Vector2(8, 8), new Vector2(200, 150));
                gui.BeginWindow("panel", PanelFlags.NoResize);
                _pressed += gui.Button("press", 60, 22) ? 1 : 0;
                if (gui.InputText("##line", "type", ref _text, Edited, 32))
                {
                    _said.Add(_text);
                }

                gui.Checkbox("on", ref _isOn);
                gui.SliderFloat("##value", ref _value, 0, 1);
                gui.EndWindow();
            });
        }
    }

    private string? Edited(TextEdit edit, string text)
    {
        _edits.Add(edit);
        return edit == TextEdit.Changed ? null : _answer;
    }
}
