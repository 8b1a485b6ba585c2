using System.IO.Compression;
using System.Text;
using Motion.Sim.Clips.Npz;
using Motion.Sim.Clips.Readers;

namespace Motion.Sim.Tests.Clips.Npz;

/// <summary>Archives put together by hand.</summary>
internal static class Zip
{
    /// <summary>A zip of entries as given.</summary>
    public static byte[] Of(params ReadOnlySpan<(string Name, byte[] Content)> entries)
    {
        MemoryStream stream = new();
        using (ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] content) in entries)
            {
                using Stream entry = archive.CreateEntry(name).Open();
                entry.Write(content);
            }
        }

        return stream.ToArray();
    }

    /// <summary>An .npy array of version 1 with this header text and these bytes.</summary>
    public static byte[] Npy(string header, params byte[] data) =>
        [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header), .. data];

    /// <summary>Opens an archive in memory.</summary>
    public static NpzFile Open(byte[] bytes, ReaderLimits? limits = null) => NpzFile.Open(new MemoryStream(bytes), "a.npz", limits);

    /// <summary>Opens an archive of one array called a.</summary>
    public static NpzFile OpenArray(byte[] array) => Open(Of(("a.npy", array)));
}
