#pragma once

#include "motion_torch.h"

#include <ATen/core/Tensor.h>
#include <c10/core/Device.h>
#include <c10/util/Exception.h>
#include <torch/version.h>

#include <exception>
#include <string>
#include <vector>

namespace motion {

using TensorPointer = c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>;

// A second reference to the tensor behind a handle; the handle keeps its own.
inline at::Tensor share(void* handle) {
    return handle == nullptr ? at::Tensor()
                             : at::Tensor(TensorPointer::reclaim_copy(static_cast<c10::TensorImpl*>(handle)));
}

// Gives the reference away as a handle; null for an undefined tensor.
inline void* give(at::Tensor&& tensor) { return tensor.defined() ? tensor.unsafeReleaseTensorImpl() : nullptr; }

inline std::vector<at::Tensor> share(void** handles, int32_t count) {
    std::vector<at::Tensor> tensors;
    tensors.reserve(count);
    for (int32_t i = 0; i < count; ++i) tensors.push_back(share(handles[i]));
    return tensors;
}

inline c10::Device device(int64_t packed) {
    return c10::Device(static_cast<c10::DeviceType>(packed & 0xff), static_cast<c10::DeviceIndex>(packed >> 8));
}

// float32[2, 3], for error messages.
std::string describe(const at::Tensor& tensor);

void remember(std::string message);

// The only door through which C++ exceptions could leave.
template <class Body>
int guarded(Body&& body) noexcept {
    try {
        body();
        return 0;
    } catch (const c10::Error& error) {
        remember(error.what_without_backtrace());
    } catch (const std::exception& error) {
        remember(error.what());
    } catch (...) {
        remember("an exception of an unknown type");
    }
    return 1;
}

}  // namespace motion
