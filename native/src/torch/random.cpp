#include "handles.h"

#include <ATen/Context.h>
#include <ATen/core/Generator.h>

#include <mutex>

namespace {

using GeneratorPointer = c10::intrusive_ptr<c10::GeneratorImpl>;

at::Generator share_generator(void* handle) {
    return at::Generator(GeneratorPointer::reclaim_copy(static_cast<c10::GeneratorImpl*>(handle)));
}

}  // namespace

MOTION_API int motion_torch_generator(int64_t device, uint64_t seed, void** generator) {
    return motion::guarded([&] {
        // A clone of the default generator is of the right kind for any device, without that device's headers.
        auto made = at::globalContext().defaultGenerator(motion::device(device)).clone();
        made.set_current_seed(seed);
        *generator = GeneratorPointer(made.getIntrusivePtr()).release();
    });
}

MOTION_API int motion_torch_default_generator(int64_t device, void** generator) {
    return motion::guarded([&] {
        at::Generator found = at::globalContext().defaultGenerator(motion::device(device));
        *generator = GeneratorPointer(found.getIntrusivePtr()).release();
    });
}

MOTION_API void motion_torch_release_generator(void* generator) {
    motion::guarded([&] { GeneratorPointer::reclaim(static_cast<c10::GeneratorImpl*>(generator)); });
}

MOTION_API int motion_torch_seed(void* handle, uint64_t seed) {
    return motion::guarded([&] {
        auto generator = share_generator(handle);
        const std::lock_guard<std::mutex> lock(generator.mutex());
        generator.set_current_seed(seed);
    });
}

MOTION_API int motion_torch_initial_seed(void* handle, uint64_t* seed) {
    return motion::guarded([&] {
        auto generator = share_generator(handle);
        const std::lock_guard<std::mutex> lock(generator.mutex());
        *seed = generator.current_seed();
    });
}

MOTION_API int motion_torch_get_state(void* handle, void** state) {
    return motion::guarded([&] {
        auto generator = share_generator(handle);
        const std::lock_guard<std::mutex> lock(generator.mutex());
        *state = motion::give(generator.get_state());
    });
}

MOTION_API int motion_torch_set_state(void* handle, void* state) {
    return motion::guarded([&] {
        auto generator = share_generator(handle);
        const std::lock_guard<std::mutex> lock(generator.mutex());
        generator.set_state(motion::share(state));
    });
}

MOTION_API int motion_torch_manual_seed(uint64_t seed) {
    return motion::guarded([&] { at::manual_seed(seed); });
}
