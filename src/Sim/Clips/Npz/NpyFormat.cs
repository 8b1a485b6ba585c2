using System.Buffers.Binary;
using System.Text;

namespace Motion.Sim.Clips.Npz;

/// <summary>Arrays from and to the .npy format, versions 1, 2 and 3.</summary>
internal static class NpyFormat
{
    private const int LongestHeader = 1 << 16;
    private const int FirstBlock = 1 << 20;
    private const int Alignment = 64;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads one array that fills the stream.</summary>
    /// <param name="stream">The array; read to its end.</param>
    /// <param name="mostBytes">Bytes that the array may have at most.</param>
    /// <exception cref="FormatException">It is no such array; the message says why.</exception>
    public static NpyArray Read(Stream stream, long mostBytes)
    {
        Span<byte> start = stackalloc byte[12];
        ReadExactly(stream, start[..8]);
        if (!start.StartsWith(Magic))
        {
            throw new FormatException("it does not start like an .npy array");
        }

        int major = start[6];
        if (major is < 1 or > 3)
        {
            throw new FormatException($"its .npy version {major} is not read; wanted 1, 2 or 3");
        }

        ReadExactly(stream, start[8..(major == 1 ? 10 : 12)]);
        uint length = major == 1
            ? BinaryPrimitives.ReadUInt16LittleEndian(start[8..])
            : BinaryPrimitives.ReadUInt32LittleEndian(start[8..]);
        if (length > LongestHeader)
        {
            throw new FormatException($"its header of {length} bytes is longer than {LongestHeader}");
        }

        byte[] text = new byte[length];
        ReadExactly(stream, text);
        NpyHeader header = NpyHeader.Parse(Encoding.UTF8.GetString(text), Math.Min(mostBytes, Array.MaxLength));
        byte[] data = ReadData(stream, (int)header.DataBytes);
        if (stream.ReadByte() >= 0)
        {
            throw new FormatException("more bytes follow than its shape asks for");
        }

        ToLittleEndian(header, data);
        return new NpyArray(header.Kind, header.ElementBytes, header.Shape, header.IsFortran ? RowMajor(header, data) : data);
    }

    /// <summary>Writes an array, version 1.</summary>
    public static void Write(NpyArray array, Stream stream)
    {
        string shape = string.Join(", ", array.Shape) + (array.Shape.Length == 1 ? "," : "");
        string header = $"{{'descr': '{array.Descriptor}', 'fortran_order': False, 'shape': ({shape}), }}";
        int padding = (Alignment - ((10 + header.Length + 1) % Alignment)) % Alignment;
        Span<byte> length = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)(header.Length + padding + 1));
        stream.Write(Magic);
        stream.Write([1, 0]);
        stream.Write(length);
        stream.Write(Encoding.ASCII.GetBytes(header + new string(' ', padding) + "\n"));
        stream.Write(array.Data);
    }

    /// <summary>Room grows with what has arrived, so that a lying shape costs nothing.</summary>
    private static byte[] ReadData(Stream stream, int length)
    {
        byte[] data = new byte[Math.Min(length, FirstBlock)];
        int filled = 0;
        while (true)
        {
            ReadExactly(stream, data.AsSpan(filled));
            filled = data.Length;
            if (filled == length)
            {
                return data;
            }

            Array.Resize(ref data, (int)Math.Min(length, filled * 2L));
        }
    }

    private static void ReadExactly(Stream stream, Span<byte> target)
    {
        if (stream.ReadAtLeast(target, target.Length, throwOnEndOfStream: false) < target.Length)
        {
            throw new FormatException("it is cut short");
        }
    }

    private static void ToLittleEndian(NpyHeader header, byte[] data)
    {
        int part = header.Kind == NpyKind.Text ? 4 : header.Kind == NpyKind.Bytes ? 1 : header.ElementBytes;
        for (int i = 0; header.IsBigEndian && part > 1 && i < data.Length; i += part)
        {
            data.AsSpan(i, part).Reverse();
        }
    }

    /// <summary>From the first index running fastest to the last.</summary>
    private static byte[] RowMajor(NpyHeader header, byte[] data)
    {
        int axes = header.Shape.Length;
        int size = header.ElementBytes;
        int count = size == 0 ? 0 : data.Length / size;
        byte[] sorted = new byte[data.Length];
        Span<int> index = stackalloc int[axes];
        for (int target = 0; target < count; target++)
        {
            int source = 0;
            for (int axis = axes - 1; axis >= 0; axis--)
            {
                source = (source * header.Shape[axis]) + index[axis];
            }

            data.AsSpan(source * size, size).CopyTo(sorted.AsSpan(target * size));
            for (int axis = axes - 1; axis >= 0 && ++index[axis] == header.Shape[axis]; axis--)
            {
                index[axis] = 0;
            }
        }

        return sorted;
    }
}
