using Motion.Sim.Clips.Npz;

namespace Motion.Sim.Clips.Readers;

/// <summary>Reads a motion file of any kind that is known, told by what is in it, then by its extension.</summary>
public static class ClipReaders
{
    private const int HeadBytes = 512;

    /// <summary>Reads a file.</summary>
    /// <param name="path">A .bvh, .amc (with its .asf beside it), DeepMimic text, or .npz of AMASS, the SMPL family or this project.</param>
    /// <param name="options">What is known beside the file; nothing when null.</param>
    /// <exception cref="InputException">It is not there, of no known kind, or not good.</exception>
    public static RawClip Open(string path, ReaderOptions? options = null)
    {
        options ??= ReaderOptions.Default;
        return FormatOf(path) switch
        {
            ClipFormat.Bvh => BvhReader.Read(path, options.Limits),
            ClipFormat.Acclaim => AcclaimReader.Read(path, options),
            ClipFormat.DeepMimic => DeepMimicReader.Read(path, options.Limits),
            _ => ReadArchive(path, options),
        };
    }

    /// <summary>Whether a file starts as JSON does.</summary>
    /// <exception cref="InputException">It cannot be read.</exception>
    internal static bool IsJson(string path) => Text(Head(path)).StartsWith("{"u8);

    private static RawClip ReadArchive(string path, ReaderOptions options)
    {
        using NpzFile archive = NpzFile.Open(path, options.Limits);
        return archive.Has("format") ? ClipNpz.Read(archive, options.Limits)
            : SmplReader.Knows(archive) ? SmplReader.Read(archive, path, options)
            : throw new InputException(
                path,
                0,
                0,
                "wanted an archive with poses and trans (AMASS) or format (this project's), found the arrays: "
                    + string.Join(", ", archive.Names.Take(32)));
    }

    private static ClipFormat FormatOf(string path)
    {
        ReadOnlySpan<byte> head = Head(path);
        ReadOnlySpan<byte> text = Text(head);
        string extension = Path.GetExtension(path).ToLowerInvariant();
        return head.StartsWith("PK"u8) ? ClipFormat.Npz
            : Foreign(head, text) is { } foreign ? throw new InputException(path, 0, 0, foreign)
            : extension == ".asf" ? throw new InputException(path, 0, 0, "this is a skeleton without motion; give its .amc file")
            : text.StartsWith("{"u8) && extension != ".bvh" ? ClipFormat.DeepMimic
            : System.Text.Ascii.EqualsIgnoreCase(text[..Math.Min(9, text.Length)], "HIERARCHY"u8) ? ClipFormat.Bvh
            : extension switch
            {
                ".bvh" => ClipFormat.Bvh,
                ".amc" => ClipFormat.Acclaim,
                ".npz" => ClipFormat.Npz,
                ".txt" or ".json" => ClipFormat.DeepMimic,
                _ => throw new InputException(
                    path, 0, 0, "this is no kind of motion file that is known; wanted .bvh, .amc with .asf, DeepMimic .txt or .npz"),
            };
    }

    private static ReadOnlySpan<byte> Head(string path)
    {
        byte[] bytes = new byte[HeadBytes];
        using FileStream stream = ClipFiles.Open(path);
        return bytes.AsSpan(0, ClipFiles.ReadHead(stream, path, bytes));
    }

    private static ReadOnlySpan<byte> Text(ReadOnlySpan<byte> head) =>
        (head.StartsWith<byte>([0xEF, 0xBB, 0xBF]) ? head[3..] : head).TrimStart(" \t\r\n"u8);

    /// <summary>What to do about a file that is known and never read; null for all others.</summary>
    private static string? Foreign(ReadOnlySpan<byte> head, ReadOnlySpan<byte> text) =>
        head.StartsWith("Kaydara FBX"u8) || text.StartsWith("; FBX"u8) ? "this is an FBX file; convert it to BVH, with Blender for one"
        : head.StartsWith("glTF"u8) ? "this is a glTF file; convert it to BVH, with Blender for one"
        : head.StartsWith<byte>([0x93, (byte)'N', (byte)'U', (byte)'M'])
            ? "this is a single NumPy array; convert it to an .npz with poses, trans and mocap_framerate"
        : head.Length > 1 && head[0] == 0x80 && head[1] is >= 2 and <= 5
            ? "this is a Python pickle, which is never read since it may run code; convert it to an .npz"
        : null;
}
