using System.Runtime.InteropServices;

namespace Motion.Sim.Physics.Wide;

/// <summary>Zeroed floats outside the managed heap, aligned to a cache line.</summary>
internal sealed unsafe class AlignedMemory : SafeHandle
{
    public AlignedMemory(long count)
        : base(IntPtr.Zero, ownsHandle: true)
    {
        nuint bytes = (nuint)Math.Max(count, 1) * sizeof(float);
        handle = (nint)NativeMemory.AlignedAlloc(bytes, 64);
        NativeMemory.Clear((void*)handle, bytes);
        Count = count;
    }

    public long Count { get; }

    public float* Pointer => (float*)handle;

    public override bool IsInvalid => handle == IntPtr.Zero;

    protected override bool ReleaseHandle()
    {
        NativeMemory.AlignedFree((void*)handle);
        return true;
    }
}
