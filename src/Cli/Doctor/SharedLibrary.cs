using System.Runtime.InteropServices;

namespace Motion.Cli.Doctor;

/// <summary>A shared library, opened only to ask it what it is.</summary>
internal sealed class SharedLibrary
{
    private readonly nint _handle;

    private SharedLibrary(nint handle, string name)
    {
        _handle = handle;
        string file = System.IO.Path.GetFileName(name);
        Path = LoadedPath(file[..(file.IndexOf(".so", StringComparison.Ordinal) + 3)]);
    }

    /// <summary>The file it was loaded from, with links resolved; empty when the system does not tell.</summary>
    public string Path { get; }

    /// <summary>Opens the first of these names that can be loaded, or returns null.</summary>
    public static SharedLibrary? Open(params IEnumerable<string> names)
    {
        foreach (string name in names)
        {
            if (NativeLibrary.TryLoad(name, out nint handle))
            {
                return new SharedLibrary(handle, name);
            }
        }

        return null;
    }

    /// <summary>Calls a function that takes nothing and returns a C string; empty when there is no such function.</summary>
    public unsafe string Text(string function) =>
        NativeLibrary.TryGetExport(_handle, function, out nint address)
            ? Marshal.PtrToStringUTF8((nint)((delegate* unmanaged<byte*>)address)()) ?? ""
            : "";

    /// <summary>Calls a function that takes nothing and returns an int; null when there is no such function.</summary>
    public unsafe int? Number(string function) =>
        NativeLibrary.TryGetExport(_handle, function, out nint address) ? ((delegate* unmanaged<int>)address)() : null;

    /// <summary>The path of a library of this process whose file name begins so; empty when there is none.</summary>
    public static string LoadedPath(string beginning)
    {
        const string Maps = "/proc/self/maps";
        if (!File.Exists(Maps))
        {
            return "";
        }

        return File.ReadLines(Maps)
            .Select(line => line.IndexOf('/', StringComparison.Ordinal) is var slash and >= 0 ? line[slash..] : "")
            .FirstOrDefault(path => System.IO.Path.GetFileName(path).StartsWith(beginning, StringComparison.Ordinal), "");
    }
}
