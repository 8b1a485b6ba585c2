using System.Buffers.Binary;
using System.IO.MemoryMappedFiles;
using static TorchSharp.torch;

namespace Motion.Torch.Safetensors;

/// <summary>
/// Reads and writes tensors by name. A file that breaks a rule of the format, or holds a number that is not finite, is a
/// <see cref="SafetensorsException"/>. Nothing in a file is executed.
/// </summary>
public static class SafetensorsFile
{
    private const int Prefix = sizeof(ulong);

    // Spans end at 2^31 bytes; larger tensors pass in pieces.
    private const long PieceBytes = 1 << 30;

    /// <summary>Reads what the file says about its tensors, without their bytes.</summary>
    public static SafetensorsHeader ReadHeader(string path) => Mapped(path, (header, _) => header);

    /// <summary>
    /// Reads all tensors, or those whose names are wanted, onto the processor. The caller, or the innermost scope, owns them. With
    /// <paramref name="requireFinite"/> an infinity or a not-a-number is refused.
    /// </summary>
    public static SafetensorsContent Read(string path, bool requireFinite = true, Func<string, bool>? wanted = null) => Mapped(path, (header, data) =>
    {
        Dictionary<string, Tensor> tensors = [];
        try
        {
            using var unrecorded = no_grad();
            foreach (var entry in header.Entries.Where(entry => wanted is null || wanted(entry.Name)))
            {
                var tensor = empty(entry.Shape, entry.Type);
                tensors.Add(entry.Name, tensor);
                Copy(data, entry, tensor);
                if (requireFinite)
                {
                    RequireFinite(path, entry.Name, tensor);
                }
            }
        }
        catch
        {
            foreach (var tensor in tensors.Values)
            {
                tensor.Dispose();
            }

            throw;
        }

        return new SafetensorsContent(tensors, header.Metadata);
    });

    /// <summary>
    /// Writes tensors and free text: beside the file, flushed to the disk, then put in its place, so that a reader sees the old file or
    /// the new one and never a part. The same tensors make the same bytes.
    /// </summary>
    public static void Write(
        string path,
        IReadOnlyDictionary<string, Tensor> tensors,
        IReadOnlyDictionary<string, string>? metadata = null,
        bool requireFinite = true)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(tensors);
        using var unrecorded = no_grad();
        SafetensorsHeader header = new(Layout(path, tensors), metadata ?? new Dictionary<string, string>());
        if (requireFinite)
        {
            foreach (var (name, tensor) in tensors)
            {
                RequireFinite(path, name, tensor);
            }
        }

        var json = header.Render();
        if (json.LongLength > SafetensorsHeader.LargestSize)
        {
            throw new SafetensorsException(path, null, $"the header takes {json.LongLength} bytes, {SafetensorsHeader.LargestSize} are allowed");
        }

        DurableFile.Write(path, stream =>
        {
            Span<byte> length = stackalloc byte[Prefix];
            BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)json.LongLength);
            stream.Write(length);
            stream.Write(json);
            foreach (var entry in header.Entries)
            {
                Write(stream, tensors[entry.Name]);
            }
        });
    }

    /// <summary>The widest elements first, so that every tensor begins at a multiple of its element's size; then by name.</summary>
    private static List<SafetensorsEntry> Layout(string path, IReadOnlyDictionary<string, Tensor> tensors)
    {
        List<SafetensorsEntry> entries = [];
        var next = 0L;
        foreach (var (name, tensor) in tensors.OrderByDescending(pair => pair.Value.element_size()).ThenBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (name == SafetensorsHeader.MetadataKey)
            {
                throw new SafetensorsException(path, name, "the format keeps that name for itself");
            }

            if (SafetensorsEntry.WordOf(tensor.dtype) is null)
            {
                throw new SafetensorsException(path, name, $"the format has no word for elements of type {tensor.dtype}");
            }

            var end = next + (tensor.numel() * tensor.element_size());
            entries.Add(new(name, tensor.dtype, tensor.shape, next, end));
            next = end;
        }

        return entries;
    }

    private static unsafe T Mapped<T>(string path, Func<SafetensorsHeader, DataPointer, T> use)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        var length = file.Length;
        if (length < Prefix)
        {
            throw new SafetensorsException(path, null, $"{length} bytes are no safetensors file: it begins with the header's size in {Prefix}");
        }

        using var map = MemoryMappedFile.CreateFromFile(file, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        using var view = map.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);
        byte* start = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        try
        {
            var size = BinaryPrimitives.ReadUInt64LittleEndian(new(start, Prefix));
            if (size > (ulong)SafetensorsHeader.LargestSize)
            {
                throw new SafetensorsException(path, null, $"the header claims {size} bytes, {SafetensorsHeader.LargestSize} are allowed");
            }

            if ((long)size > length - Prefix)
            {
                throw new SafetensorsException(path, null, $"the header claims {size} bytes, {length - Prefix} follow: is it truncated?");
            }

            var header = SafetensorsHeader.Parse(path, new(start + Prefix, (int)size), length - Prefix - (long)size);
            return use(header, new(start + Prefix + (long)size));
        }
        finally
        {
            view.SafeMemoryMappedViewHandle.ReleasePointer();
        }
    }

    private static unsafe void Copy(DataPointer data, SafetensorsEntry entry, Tensor tensor)
    {
        var source = data.Start + entry.Begin;
        foreach (var piece in Pieces(tensor))
        {
            using (piece)
            {
                var target = piece.bytes;
                new ReadOnlySpan<byte>(source, target.Length).CopyTo(target);
                source += target.Length;
            }
        }
    }

    private static void Write(Stream stream, Tensor tensor)
    {
        using var host = tensor.detach().cpu();
        using var ordered = host.contiguous();
        foreach (var piece in Pieces(ordered))
        {
            using (piece)
            {
                stream.Write(piece.bytes);
            }
        }
    }

    private static IEnumerable<Tensor> Pieces(Tensor tensor)
    {
        using var flat = tensor.view(-1);
        var elements = flat.numel();
        var most = PieceBytes / tensor.element_size();
        for (var start = 0L; start < elements; start += most)
        {
            yield return flat.narrow(0, start, Math.Min(most, elements - start));
        }
    }

    private static void RequireFinite(string path, string name, Tensor tensor)
    {
        if (!tensor.is_floating_point())
        {
            return;
        }

        using var finite = isfinite(tensor);
        using var all = finite.all();
        if (!all.item<bool>())
        {
            throw new SafetensorsException(path, name, "it holds a number that is infinite or not a number");
        }
    }

    private readonly unsafe struct DataPointer(byte* start)
    {
        internal readonly byte* Start = start;
    }
}

/// <summary>What was in a file.</summary>
/// <param name="Tensors">The tensors by name; whoever holds them, or the scope they were read in, disposes them.</param>
/// <param name="Metadata">Free text by key.</param>
public sealed record SafetensorsContent(Dictionary<string, Tensor> Tensors, IReadOnlyDictionary<string, string> Metadata);
