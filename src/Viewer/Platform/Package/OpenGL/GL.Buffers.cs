namespace Silk.NET.OpenGL;

internal sealed unsafe partial class GL
{
    public uint GenBuffer() => Generate("glGenBuffers");

    public void DeleteBuffer(uint buffers) => Delete("glDeleteBuffers", buffers);

    public void BindBuffer(BufferTargetARB target, uint buffer) => ((delegate* unmanaged<BufferTargetARB, uint, void>)Find("glBindBuffer"))(target, buffer);

    public void BufferData(BufferTargetARB target, nuint size, void* data, BufferUsageARB usage) =>
        ((delegate* unmanaged<BufferTargetARB, nuint, void*, BufferUsageARB, void>)Find("glBufferData"))(target, size, data, usage);

    public void BufferData<T0>(BufferTargetARB target, ReadOnlySpan<T0> data, BufferUsageARB usage)
        where T0 : unmanaged
    {
        fixed (T0* place = data)
        {
            BufferData(target, (nuint)(data.Length * sizeof(T0)), place, usage);
        }
    }

    public uint GenVertexArray() => Generate("glGenVertexArrays");

    public void DeleteVertexArray(uint arrays) => Delete("glDeleteVertexArrays", arrays);

    public void BindVertexArray(uint array) => ((delegate* unmanaged<uint, void>)Find("glBindVertexArray"))(array);

    public void EnableVertexAttribArray(uint index) => ((delegate* unmanaged<uint, void>)Find("glEnableVertexAttribArray"))(index);

    public void VertexAttribPointer(uint index, int size, VertexAttribPointerType type, bool normalized, uint stride, void* pointer) =>
        ((delegate* unmanaged<uint, int, VertexAttribPointerType, byte, uint, void*, void>)Find("glVertexAttribPointer"))(index, size, type, Byte(normalized), stride, pointer);

    public void VertexAttribDivisor(uint index, uint divisor) => ((delegate* unmanaged<uint, uint, void>)Find("glVertexAttribDivisor"))(index, divisor);

    private uint Generate(string function)
    {
        uint name;
        ((delegate* unmanaged<uint, uint*, void>)Find(function))(1, &name);
        return name;
    }

    private void Delete(string function, uint name) => ((delegate* unmanaged<uint, uint*, void>)Find(function))(1, &name);
}
