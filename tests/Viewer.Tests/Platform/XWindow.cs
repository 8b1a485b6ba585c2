using System.Runtime.InteropServices;

namespace Motion.Viewer.Tests.Platform;

/// <summary>Does to a window what a person and a window manager would, by way of Xlib.</summary>
internal sealed unsafe partial class XWindow : IDisposable
{
    private const string X11 = "libX11.so.6";
    private const int KeyPress = 2;
    private const int KeyRelease = 3;
    private const int ButtonPress = 4;
    private const int ClientMessage = 33;

    private readonly nint _display;
    private readonly nint _window;

    public XWindow(nint glfwWindow)
    {
        _display = OpenDisplay(0);
        Assert.NotEqual(0, _display);
        _window = WindowOf(glfwWindow);
    }

    public void MovePointer(int x, int y)
    {
        _ = WarpPointer(_display, 0, _window, 0, 0, 0, 0, x, y);
        _ = Flush(_display, 0);
    }

    /// <summary>Presses and releases a key, by its X keysym.</summary>
    public void PressKey(nuint keysym)
    {
        byte keycode = KeysymToKeycode(_display, keysym);
        foreach (int type in new[] { KeyPress, KeyRelease })
        {
            Send(type, keycode);
        }
    }

    public void PressButton(uint button) => Send(ButtonPress, button);

    public void Resize(uint width, uint height)
    {
        _ = ResizeWindow(_display, _window, width, height);
        _ = Flush(_display, 0);
    }

    /// <summary>Asks it to close, as the cross in its corner does.</summary>
    public void AskToClose()
    {
        // XClientMessageEvent: type, serial, send_event, display, window, message_type, format, data.
        nint* message = stackalloc nint[24];
        new Span<nint>(message, 24).Clear();
        *(int*)message = ClientMessage;
        message[3] = _display;
        message[4] = _window;
        message[5] = InternAtom(_display, "WM_PROTOCOLS", 0);
        *(int*)(message + 6) = 32;
        message[7] = InternAtom(_display, "WM_DELETE_WINDOW", 0);
        _ = SendEvent(_display, _window, 0, 0, message);
        _ = Flush(_display, 0);
    }

    public void Dispose() => _ = CloseDisplay(_display);

    // XKeyEvent and XButtonEvent: type, serial, send_event, display, window, root, subwindow, time, x, y, x_root, y_root, state, keycode or button, same_screen.
    private void Send(int type, uint what)
    {
        nint* message = stackalloc nint[24];
        new Span<nint>(message, 24).Clear();
        *(int*)message = type;
        message[3] = _display;
        message[4] = _window;
        message[5] = RootWindow(_display);
        int* numbers = (int*)(message + 8);
        numbers[5] = (int)what;
        numbers[6] = 1;
        _ = SendEvent(_display, _window, 1, 0, message);
        _ = Flush(_display, 0);
    }

    [LibraryImport("libglfw.so.3", EntryPoint = "glfwGetX11Window")]
    private static partial nint WindowOf(nint window);

    [LibraryImport(X11, EntryPoint = "XOpenDisplay")]
    private static partial nint OpenDisplay(nint name);

    [LibraryImport(X11, EntryPoint = "XCloseDisplay")]
    private static partial int CloseDisplay(nint display);

    [LibraryImport(X11, EntryPoint = "XDefaultRootWindow")]
    private static partial nint RootWindow(nint display);

    [LibraryImport(X11, EntryPoint = "XWarpPointer")]
    private static partial int WarpPointer(nint display, nint from, nint to, int fromX, int fromY, uint fromWidth, uint fromHeight, int x, int y);

    [LibraryImport(X11, EntryPoint = "XResizeWindow")]
    private static partial int ResizeWindow(nint display, nint window, uint width, uint height);

    [LibraryImport(X11, EntryPoint = "XKeysymToKeycode")]
    private static partial byte KeysymToKeycode(nint display, nuint keysym);

    [LibraryImport(X11, EntryPoint = "XInternAtom", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint InternAtom(nint display, string name, int onlyIfExists);

    [LibraryImport(X11, EntryPoint = "XSendEvent")]
    private static partial int SendEvent(nint display, nint window, int propagate, nint mask, nint* message);

    [LibraryImport(X11, EntryPoint = "XSync")]
    private static partial int Flush(nint display, int discard);
}
