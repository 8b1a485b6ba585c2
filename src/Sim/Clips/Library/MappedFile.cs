using System.IO.MemoryMappedFiles;

namespace Motion.Sim.Clips.Library;

/// <summary>A file seen as read-only memory.</summary>
internal sealed unsafe class MappedFile : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _start;

    /// <exception cref="InputException">The file is not there, is empty, or cannot be read.</exception>
    public MappedFile(string path)
    {
        try
        {
            Length = new FileInfo(path).Length;
            if (Length == 0)
            {
                throw new InputException(path, 0, 0, "is empty");
            }

            _file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
            _view = _file.CreateViewAccessor(0, Length, MemoryMappedFileAccess.Read);
            byte* start = null;
            _view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
            _start = start + _view.PointerOffset;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            _view?.Dispose();
            _file?.Dispose();
            throw new InputException(path, 0, 0, $"cannot be opened: {problem.Message}", problem);
        }
    }

    public long Length { get; }

    public byte* Pointer => _start;

    public ReadOnlySpan<byte> Bytes(long at, int count) => new(_start + at, count);

    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }
}
