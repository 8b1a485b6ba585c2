#include "handles.h"

#include <ATen/ops/from_blob.h>

MOTION_API void motion_torch_release(void* tensor) {
    motion::guarded([&] { motion::TensorPointer::reclaim(static_cast<c10::TensorImpl*>(tensor)); });
}

MOTION_API int64_t motion_torch_query(void* handle, int32_t property) {
    int64_t answer = -1;
    motion::guarded([&] {
        const auto tensor = motion::share(handle);
        switch (property) {
            case MOTION_DIMENSIONS: answer = tensor.dim(); break;
            case MOTION_ELEMENTS: answer = tensor.numel(); break;
            case MOTION_DTYPE: answer = static_cast<int64_t>(tensor.scalar_type()); break;
            case MOTION_DEVICE_TYPE: answer = static_cast<int64_t>(tensor.device().type()); break;
            case MOTION_DEVICE_INDEX: answer = tensor.device().index(); break;
            case MOTION_REQUIRES_GRAD: answer = tensor.requires_grad(); break;
            case MOTION_IS_LEAF: answer = tensor.is_leaf(); break;
            case MOTION_IS_CONTIGUOUS: answer = tensor.is_contiguous(); break;
            case MOTION_ELEMENT_SIZE: answer = static_cast<int64_t>(tensor.element_size()); break;
            case MOTION_STORAGE_OFFSET: answer = tensor.storage_offset(); break;
            case MOTION_DATA_POINTER: answer = reinterpret_cast<int64_t>(tensor.data_ptr()); break;
            case MOTION_VERSION: answer = tensor._version(); break;
            default: break;
        }
    });
    return answer;
}

MOTION_API void motion_torch_sizes(void* handle, int64_t* sizes) {
    motion::guarded([&] {
        const auto tensor = motion::share(handle);
        for (const auto size : tensor.sizes()) *sizes++ = size;
    });
}

MOTION_API void motion_torch_strides(void* handle, int64_t* strides) {
    motion::guarded([&] {
        const auto tensor = motion::share(handle);
        for (const auto stride : tensor.strides()) *strides++ = stride;
    });
}

MOTION_API int motion_torch_from_host(const void* data, const int64_t* sizes, int32_t dimensions, int32_t dtype,
                                      int64_t device, void** tensor) {
    return motion::guarded([&] {
        const auto blob = at::from_blob(const_cast<void*>(data), at::IntArrayRef(sizes, dimensions),
                                        at::TensorOptions().dtype(static_cast<at::ScalarType>(dtype)));
        const auto target = motion::device(device);
        *tensor = motion::give(target.is_cpu() ? blob.clone() : blob.to(target));
    });
}

MOTION_API int motion_torch_from_blob(void* data, const int64_t* sizes, int32_t dimensions, int32_t dtype,
                                      void (*deleter)(void*), void* context, void** tensor) {
    return motion::guarded([&] {
        *tensor = motion::give(at::from_blob(
            data, at::IntArrayRef(sizes, dimensions), [deleter, context](void*) { deleter(context); },
            at::TensorOptions().dtype(static_cast<at::ScalarType>(dtype))));
    });
}
