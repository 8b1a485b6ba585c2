#include "handles.h"

#include <ATen/Parallel.h>
#include <ATen/Version.h>
#include <torch/cuda.h>

#include <dlfcn.h>

#include <cstdlib>
#include <sstream>

namespace {

template <class Function>
Function find(const char* name) {
    return reinterpret_cast<Function>(dlsym(RTLD_DEFAULT, name));
}

std::string file_of(const void* symbol) {
    Dl_info info{};
    if (symbol == nullptr || dladdr(symbol, &info) == 0 || info.dli_fname == nullptr) return {};
    char* full = realpath(info.dli_fname, nullptr);
    std::string path = full == nullptr ? info.dli_fname : full;
    std::free(full);
    return path;
}

// The rest of the line that follows `label` in `text`.
std::string after(const std::string& label, const std::string& text) {
    const auto start = text.find(label);
    if (start == std::string::npos) return {};
    const auto end = text.find('\n', start);
    return text.substr(start + label.size(), end == std::string::npos ? end : end - start - label.size());
}

}  // namespace

MOTION_API int32_t motion_torch_threads() { return at::get_num_threads(); }

MOTION_API int motion_torch_set_threads(int32_t count) {
    return motion::guarded([&] {
        TORCH_CHECK(count > 0, "at least one thread is needed, ", count, " were asked for");
        at::set_num_threads(count);
        // OpenBLAS built on pthreads keeps a count of its own.
        if (auto* set = find<void (*)(int)>("openblas_set_num_threads")) set(count);
    });
}

MOTION_API int32_t motion_torch_cuda_devices() {
    int32_t count = 0;
    motion::guarded([&] { count = torch::cuda::is_available() ? static_cast<int32_t>(torch::cuda::device_count()) : 0; });
    return count;
}

MOTION_API int motion_torch_synchronize(int64_t device_index) {
    return motion::guarded([&] { torch::cuda::synchronize(device_index); });
}

MOTION_API const char* motion_torch_description() {
    thread_local std::string description;
    motion::guarded([] {
        std::ostringstream text;
        text << "version=" TORCH_VERSION "\n";
        text << "library=" << file_of(reinterpret_cast<const void*>(&at::get_num_threads)) << '\n';
        text << "blas=" << file_of(dlsym(RTLD_DEFAULT, "sgemm_")) << '\n';
        if (auto* core = find<char* (*)()>("openblas_get_corename")) text << "blas_core=" << core() << '\n';
        text << "cpu_capability=" << after("CPU capability usage: ", at::show_config()) << '\n';
        description = text.str();
    });
    return description.c_str();
}
