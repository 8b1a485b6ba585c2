using System.Runtime.InteropServices;

namespace Motion.Torch.Native;

/// <summary>motion_torch.h. A status other than 0 means that <see cref="Error"/> of this thread says what went wrong.</summary>
internal static unsafe partial class NativeMethods
{
    private const string Library = NativeLibraryFinder.Name;

    static NativeMethods() => NativeLibrary.SetDllImportResolver(typeof(NativeMethods).Assembly, NativeLibraryFinder.Resolve);

    /// <summary>Throws what the native side reported when the status is not 0.</summary>
    internal static void Check(int status)
    {
        if (status != 0)
        {
            Throw();
        }
    }

    private static void Throw() => throw new TorchException(Marshal.PtrToStringUTF8(Error()) ?? "libtorch failed without a message");

    [LibraryImport(Library, EntryPoint = "motion_torch_error")]
    private static partial nint Error();

    [LibraryImport(Library, EntryPoint = "motion_torch_operator", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int FindOperator(string name, string overload, out nint handle);

    [LibraryImport(Library, EntryPoint = "motion_torch_call")]
    internal static partial int Call(nint handle, NativeValue* arguments, int count, NativeValue* results, int capacity, int* resultCount);

    [LibraryImport(Library, EntryPoint = "motion_torch_free")]
    internal static partial void Free(nint list);

    [LibraryImport(Library, EntryPoint = "motion_torch_release")]
    internal static partial void Release(nint tensor);

    [LibraryImport(Library, EntryPoint = "motion_torch_query")]
    [SuppressGCTransition]
    internal static partial long Query(nint tensor, Property property);

    [LibraryImport(Library, EntryPoint = "motion_torch_sizes")]
    [SuppressGCTransition]
    internal static partial void Sizes(nint tensor, long* sizes);

    [LibraryImport(Library, EntryPoint = "motion_torch_strides")]
    [SuppressGCTransition]
    internal static partial void Strides(nint tensor, long* strides);

    [LibraryImport(Library, EntryPoint = "motion_torch_from_host")]
    internal static partial int FromHost(void* data, long* sizes, int dimensions, int dtype, long device, out nint tensor);

    [LibraryImport(Library, EntryPoint = "motion_torch_from_blob")]
    internal static partial int FromBlob(
        void* data, long* sizes, int dimensions, int dtype, delegate* unmanaged<nint, void> deleter, nint context, out nint tensor);

    [LibraryImport(Library, EntryPoint = "motion_torch_backward")]
    internal static partial int Backward(
        nint* outputs, nint* gradients, int count, int retainGraph, int createGraph, nint* inputs, int inputCount);

    [LibraryImport(Library, EntryPoint = "motion_torch_grad")]
    internal static partial int Grad(
        nint* outputs, nint* gradients, int count, nint* inputs, int inputCount, int retainGraph, int createGraph, int allowUnused, nint* results);

    [LibraryImport(Library, EntryPoint = "motion_torch_get_grad")]
    internal static partial int GetGrad(nint tensor, out nint gradient);

    [LibraryImport(Library, EntryPoint = "motion_torch_set_grad")]
    internal static partial int SetGrad(nint tensor, nint gradient);

    [LibraryImport(Library, EntryPoint = "motion_torch_set_requires_grad")]
    internal static partial int SetRequiresGrad(nint tensor, int value);

    [LibraryImport(Library, EntryPoint = "motion_torch_retain_grad")]
    internal static partial int RetainGrad(nint tensor);

    [LibraryImport(Library, EntryPoint = "motion_torch_grad_mode")]
    [SuppressGCTransition]
    internal static partial int GradMode();

    [LibraryImport(Library, EntryPoint = "motion_torch_set_grad_mode")]
    [SuppressGCTransition]
    internal static partial void SetGradMode(int enabled);

    [LibraryImport(Library, EntryPoint = "motion_torch_generator")]
    internal static partial int NewGenerator(long device, ulong seed, out nint generator);

    [LibraryImport(Library, EntryPoint = "motion_torch_default_generator")]
    internal static partial int DefaultGenerator(long device, out nint generator);

    [LibraryImport(Library, EntryPoint = "motion_torch_release_generator")]
    internal static partial void ReleaseGenerator(nint generator);

    [LibraryImport(Library, EntryPoint = "motion_torch_seed")]
    internal static partial int Seed(nint generator, ulong seed);

    [LibraryImport(Library, EntryPoint = "motion_torch_initial_seed")]
    internal static partial int InitialSeed(nint generator, out ulong seed);

    [LibraryImport(Library, EntryPoint = "motion_torch_get_state")]
    internal static partial int GetState(nint generator, out nint state);

    [LibraryImport(Library, EntryPoint = "motion_torch_set_state")]
    internal static partial int SetState(nint generator, nint state);

    [LibraryImport(Library, EntryPoint = "motion_torch_manual_seed")]
    internal static partial int ManualSeed(ulong seed);

    [LibraryImport(Library, EntryPoint = "motion_torch_threads")]
    internal static partial int Threads();

    [LibraryImport(Library, EntryPoint = "motion_torch_set_threads")]
    internal static partial int SetThreads(int count);

    [LibraryImport(Library, EntryPoint = "motion_torch_cuda_devices")]
    internal static partial int CudaDevices();

    [LibraryImport(Library, EntryPoint = "motion_torch_synchronize")]
    internal static partial int Synchronize(long deviceIndex);

    [LibraryImport(Library, EntryPoint = "motion_torch_description")]
    private static partial nint DescriptionPointer();

    internal static string Description() => Marshal.PtrToStringUTF8(DescriptionPointer()) ?? "";
}

/// <summary>motion_property of motion_torch.h.</summary>
internal enum Property
{
    Dimensions = 0,
    Elements = 1,
    Dtype = 2,
    DeviceType = 3,
    DeviceIndex = 4,
    RequiresGrad = 5,
    IsLeaf = 6,
    IsContiguous = 7,
    ElementSize = 8,
    StorageOffset = 9,
    DataPointer = 10,
    Version = 11,
}
