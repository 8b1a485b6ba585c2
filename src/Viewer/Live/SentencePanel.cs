using System.Numerics;
using Motion.Viewer.Drawing;
using Motion.Viewer.Interface;

namespace Motion.Viewer.Live;

/// <summary>The box that sentences are typed into, with suggestions while typing and the answer to the latest one.</summary>
internal sealed class SentencePanel
{
    /// <summary>Bytes that the box holds.</summary>
    public const int Capacity = 16_384;

    /// <summary>Pixels across.</summary>
    public const float Wide = 400;

    private readonly Dictionary<string, IReadOnlyList<string>> _captions;
    private readonly SentenceHistory _history = new();
    private string _typed = "";
    private bool _wantsFocus;

    /// <param name="session">Whose drivers know captions.</param>
    public SentencePanel(LiveSession session) => _captions = new(session.Captions);

    /// <summary>What stands in the box.</summary>
    public string Typed => _typed;

    /// <summary>What is suggested now.</summary>
    public IReadOnlyList<string> Suggestions { get; private set; } = [];

    /// <summary>What is typed goes into the box from the next picture on.</summary>
    public void Focus() => _wantsFocus = true;

    /// <summary>Draws it.</summary>
    public void Draw(PlayWindow window, LiveFrame frame)
    {
        Gui gui = window.Host.Panels!;
        gui.NextWindow(new Vector2(12, 12), new Vector2(Wide, 0), 0.86f);
        gui.BeginWindow("say", PanelFlags.Fixed | PanelFlags.FitContents | PanelFlags.NoFocusOnAppearing);
        gui.NextWidth(-1);
        if (_wantsFocus)
        {
            gui.FocusNext();
            _wantsFocus = false;
        }

        string before = _typed;
        if (gui.InputText("##sentence", "type what it shall do, Enter", ref _typed, Edited, Capacity) && _typed.Trim().Length > 0)
        {
            Say(window, _typed);
        }

        if (before != _typed)
        {
            Suggestions = CaptionSuggestions.For(_typed, _captions.GetValueOrDefault(frame.Driver) ?? []);
        }

        DrawSuggestions(gui, window);
        if (Suggestions.Count == 0 && frame.Reply is { } reply)
        {
            DrawReply(gui, reply);
        }

        gui.EndWindow();
    }

    private void Say(PlayWindow window, string sentence)
    {
        _history.Add(sentence);
        (_typed, Suggestions) = ("", []);
        window.Do(session => session.Say(sentence));
    }

    private string? Edited(TextEdit edit, string text) => edit switch
    {
        TextEdit.Older => _history.Up(text),
        TextEdit.Newer => _history.Down(text),
        TextEdit.Complete when Suggestions.Count > 0 => Suggestions[0],
        _ => null,
    };

    private void DrawSuggestions(Gui gui, PlayWindow window)
    {
        for (int index = 0; index < Suggestions.Count; index++)
        {
            gui.PushId(index);
            if (gui.Selectable(Cut(gui, Suggestions[index]), isSelected: index == 0))
            {
                Say(window, Suggestions[index]);
            }

            gui.PopId();
        }
    }

    private static void DrawReply(Gui gui, Reply reply)
    {
        if (!reply.IsAccepted)
        {
            gui.Text("not understood", Tint.Warning);
        }

        gui.Text(reply.Message, isWrapped: true);
        foreach (NearSentence near in reply.Nearest)
        {
            gui.Progress(Math.Clamp(near.Score, 0, 1), 64, near.Score.ToString("0.00"));
            gui.SameLine();
            gui.Text(Cut(gui, near.Caption, 80));
            if (gui.IsItemHovered)
            {
                gui.Tooltip($"{near.Clip}: {near.Caption}");
            }
        }
    }

    private static string Cut(Gui gui, string text, float less = 0)
    {
        int most = (int)((Wide - 24 - less) / 7);
        return text.Length <= most || gui.SizeOf(text).X < Wide - 24 - less ? text : text[..most] + "...";
    }
}
