using Motion.Sim.Clips.Npz;
using Motion.Sim.Clips.Readers;

namespace Motion.Sim.Tests.Clips.Npz;

public sealed class NpzFileTests
{
    [Fact]
    public void Arrays_come_back_as_they_were_written()
    {
        MemoryStream stream = new();
        NpzWriter.Write(stream,
        [
            new("floats", NpyArray.Of((float[])[1.5f, -2, 3, 4, 5, 6], 2, 3)),
            new("doubles", NpyArray.Of((double[])[0.1, 1e300], 2)),
            new("wholes", NpyArray.Of((int[])[-1, 2147483647], 2, 1)),
            new("scalar", NpyArray.Of(0.25)),
            new("texts", NpyArray.Of(["walk", "", "Hüfte 🚶"])),
            new("none", NpyArray.Of(Array.Empty<string>())),
            new("text", NpyArray.Of("one")),
        ]);

        using NpzFile file = Zip.Open(stream.ToArray());

        Assert.Equal(["floats", "doubles", "wholes", "scalar", "texts", "none", "text"], file.Names.ToArray());
        Assert.Equal([1.5, -2, 3, 4, 5, 6], file.ReadNumbers("floats", 2, -1));
        Assert.Equal([0.1, 1e300], file.Read("doubles").ToDoubles());
        Assert.Equal([-1, 2147483647], file.Read("wholes").ToDoubles());
        Assert.Equal([0.25], file.ReadNumbers("scalar"));
        Assert.Equal(["walk", "", "Hüfte 🚶"], file.ReadTexts("texts"));
        Assert.Empty(file.ReadTexts("none"));
        Assert.Equal(["one"], file.ReadTexts("text"));
    }

    [Fact]
    public void Same_arrays_give_the_same_bytes()
    {
        byte[] Bytes()
        {
            MemoryStream stream = new();
            NpzWriter.Write(stream, [new("a", NpyArray.Of((float[])[1, 2], 2))]);
            return stream.ToArray();
        }

        Assert.Equal(Bytes(), Bytes());
    }

    [Fact]
    public void Header_written_by_hand_is_the_documented_format()
    {
        // The .npy format asks that magic, version, length and header together fill a multiple of 64 bytes and end in a line feed.
        MemoryStream stream = new();
        NpzWriter.Write(stream, [new("a", NpyArray.Of((float[])[1], 1))]);
        using System.IO.Compression.ZipArchive archive = new(stream);
        using MemoryStream content = new();
        archive.GetEntry("a.npy")!.Open().CopyTo(content);
        byte[] bytes = content.ToArray();

        Assert.Equal(128 + 4, bytes.Length);
        Assert.Equal((byte)'\n', bytes[127]);
        Assert.StartsWith("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }", System.Text.Encoding.ASCII.GetString(bytes, 10, 118), StringComparison.Ordinal);
        Assert.Equal([0, 0, 0x80, 0x3F], bytes[128..]);
    }

    [Fact]
    public void Fortran_order_is_turned_to_rows()
    {
        // Columns first: 1 4 2 5 3 6 is [[1, 2, 3], [4, 5, 6]].
        byte[] array = Zip.Npy("{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3), }", 1, 4, 2, 5, 3, 6);
        using NpzFile file = Zip.OpenArray(array);

        Assert.Equal([1, 2, 3, 4, 5, 6], file.ReadNumbers("a", 2, 3));
    }

    [Fact]
    public void Big_ends_first_are_turned_around()
    {
        using NpzFile numbers = Zip.OpenArray(Zip.Npy("{'descr': '>i2', 'fortran_order': False, 'shape': (2,)}", 1, 0, 0xFF, 0xFE));
        using NpzFile texts = Zip.OpenArray(Zip.Npy("{'descr': '>U1', 'fortran_order': False, 'shape': ()}", 0, 0, 0, (byte)'x'));

        Assert.Equal([256, -2], numbers.ReadNumbers("a", 2));
        Assert.Equal(["x"], texts.ReadTexts("a"));
    }

    [Theory]
    [InlineData("|i1", 1, new byte[] { 0xFF }, -1)]
    [InlineData("|b1", 1, new byte[] { 1 }, 1)]
    [InlineData("<u4", 1, new byte[] { 0xFF, 0xFF, 0xFF, 0xFF }, 4294967295)]
    [InlineData("<i8", 1, new byte[] { 0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF }, -2)]
    [InlineData("<f2", 1, new byte[] { 0x00, 0x3E }, 1.5)]
    [InlineData("<f8", 1, new byte[] { 0, 0, 0, 0, 0, 0, 0xF8, 0x3F }, 1.5)]
    public void Element_types_are_read(string descriptor, int length, byte[] data, double wanted)
    {
        using NpzFile file = Zip.OpenArray(Zip.Npy($"{{'descr': '{descriptor}', 'fortran_order': False, 'shape': ({length},)}}", data));

        Assert.Equal([wanted], file.Read("a").ToDoubles());
    }

    [Fact]
    public void Version_two_headers_have_a_longer_length()
    {
        byte[] one = Zip.Npy("{'descr': '|u1', 'fortran_order': False, 'shape': (1,)}", 7);
        byte[] two = [.. one[..6], 2, 0, one[8], 0, 0, 0, .. one[10..]];
        using NpzFile file = Zip.OpenArray(two);

        Assert.Equal([7], file.ReadNumbers("a", 1));
    }

    [Theory]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (1,)}", "it holds pickled Python objects, which are never read; save it again as numbers or fixed-length text")]
    [InlineData("{'descr': [('x', '<f4')], 'fortran_order': False, 'shape': (1,)}", "its header wanted ''' at letter 11")]
    [InlineData("{'descr': '<c16', 'fortran_order': False, 'shape': (1,)}", "its element type '<c16' is not read; wanted f2, f4, f8, whole numbers or fixed-length text")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (-1,)}", "its header wanted at most 8 lengths below 2^31 at letter 52")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (1,1,1,1,1,1,1,1,1)}", "its header wanted at most 8 lengths below 2^31 at letter 69")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (2147483647,2147483647,2147483647)}", "its shape (2147483647, 2147483647, 2147483647) asks for more than 2147483591 bytes")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (2,)}", "it is cut short")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (2,)}", "more bytes follow than its shape asks for")]
    [InlineData("{'descr': '<f8', 'shape': (2,)}", "its header lacks one of descr, fortran_order and shape")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (1,), 'x': 1}", "its header has an unknown or repeated key 'x'")]
    [InlineData("{'descr': '<f8', 'fortran_order': Fals", "its header wanted 'e' at letter 39")]
    public void Bad_arrays_say_what_is_wrong(string header, string problem)
    {
        using NpzFile file = Zip.OpenArray(Zip.Npy(header, 0, 0, 0, 0));

        Assert.Equal($"a.npz: array 'a': {problem}", Assert.Throws<InputException>(() => file.Read("a")).Message);
    }

    [Theory]
    [InlineData("../a.npy")]
    [InlineData("/etc/passwd")]
    [InlineData("x/../../a.npy")]
    [InlineData("C:a.npy")]
    [InlineData("..\\a.npy")]
    [InlineData("a//b.npy")]
    [InlineData("folder/")]
    public void Entries_that_lead_elsewhere_are_refused(string name) =>
        Assert.Equal(
            $"a.npz: the archive has an entry with a forbidden name, '{name}'; wanted plain relative names",
            Assert.Throws<InputException>(() => Zip.Open(Zip.Of((name, [1])))).Message);

    [Fact]
    public void Links_are_refused()
    {
        MemoryStream stream = new();
        using (System.IO.Compression.ZipArchive archive = new(stream, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true))
        {
            archive.CreateEntry("a.npy").ExternalAttributes = unchecked((int)0xA1FF0000);
        }

        Assert.Equal("a.npz: the archive's entry 'a.npy' is a link; wanted arrays only", Assert.Throws<InputException>(() => Zip.Open(stream.ToArray())).Message);
    }

    [Fact]
    public void Bombs_are_refused_before_they_unpack()
    {
        byte[] bomb = Zip.Of(("a.npy", new byte[80 << 20]));

        string message = Assert.Throws<InputException>(() => Zip.Open(bomb)).Message;

        Assert.StartsWith("a.npz: the archive's entry 'a.npy' unpacks to 83886080 bytes from ", message, StringComparison.Ordinal);
        Assert.EndsWith(": that is refused as a bomb", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_many_or_repeated_entries_are_refused()
    {
        ReaderLimits limits = new() { ArchiveEntries = 1 };
        byte[] two = Zip.Of(("a.npy", [1]), ("a", [2]));

        Assert.Equal("a.npz: the archive has more than 1 entries", Assert.Throws<InputException>(() => Zip.Open(two, limits)).Message);
        Assert.Equal("a.npz: the archive has two entries 'a'", Assert.Throws<InputException>(() => Zip.Open(two)).Message);
    }

    [Fact]
    public void Damaged_data_fails_its_checksum()
    {
        MemoryStream stream = new();
        using (System.IO.Compression.ZipArchive archive = new(stream, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true))
        {
            using Stream entry = archive.CreateEntry("a.npy", System.IO.Compression.CompressionLevel.NoCompression).Open();
            entry.Write(Zip.Npy("{'descr': '|u1', 'fortran_order': False, 'shape': (4,)}", 11, 22, 33, 44));
        }

        byte[] bytes = stream.ToArray();
        bytes[bytes.AsSpan().IndexOf((byte[])[11, 22, 33, 44])] = 12;
        using NpzFile file = Zip.Open(bytes);

        Assert.Equal("a.npz: array 'a': its checksum is wrong: the data is damaged", Assert.Throws<InputException>(() => file.Read("a")).Message);
    }

    [Fact]
    public void Missing_arrays_wrong_shapes_and_numbers_are_named()
    {
        MemoryStream stream = new();
        NpzWriter.Write(stream, [new("a", NpyArray.Of((double[])[1, double.NaN], 2)), new("t", NpyArray.Of("x"))]);
        using NpzFile file = Zip.Open(stream.ToArray());

        Assert.Equal("a.npz: array 'b': it is missing; there are: a, t", Assert.Throws<InputException>(() => file.Read("b")).Message);
        Assert.Equal("a.npz: array 'a': wanted shape (any, 3), found (2)", Assert.Throws<InputException>(() => file.ReadNumbers("a", -1, 3)).Message);
        Assert.Equal("a.npz: array 'a': element 1 is not finite; repair the recording", Assert.Throws<InputException>(() => file.ReadNumbers("a", 2)).Message);
        Assert.Equal("a.npz: array 't': wanted numbers, found text", Assert.Throws<InputException>(() => file.ReadNumbers("t")).Message);
        Assert.Equal("a.npz: array 'a': wanted text, found numbers", Assert.Throws<InputException>(() => file.ReadTexts("a")).Message);
    }

    [Fact]
    public void What_is_no_archive_is_said_so() =>
        Assert.Equal("a.npz: it is not a zip archive, which .npz files are", Assert.Throws<InputException>(() => Zip.Open([1, 2, 3])).Message);
}
