// The C face of libtorch that Motion.Torch binds to. Every function returns 0, or 1 with the message in
// motion_torch_error() of the same thread; no C++ exception leaves the library. A tensor handle owns one reference.
#pragma once

#include <stdint.h>

#define MOTION_API extern "C" __attribute__((visibility("default")))

enum motion_tag : int32_t {
    MOTION_NONE = 0,
    MOTION_TENSOR = 1,
    MOTION_INTEGER = 2,
    MOTION_REAL = 3,
    MOTION_BOOLEAN = 4,
    MOTION_INTEGERS = 5,
    MOTION_TENSORS = 6,
    MOTION_OPTIONAL_TENSORS = 7,
    MOTION_REALS = 8,
    MOTION_STRING = 9,
    MOTION_DEVICE = 10,
    MOTION_GENERATOR = 11,
};

// One argument or result. Lists point at `count` elements: int64_t, double, bytes, or tensor handles.
struct motion_value {
    int32_t tag;
    int32_t count;
    union {
        int64_t integer;
        double real;
        void* pointer;
    };
};

// What motion_torch_query answers about a tensor.
enum motion_property : int32_t {
    MOTION_DIMENSIONS = 0,
    MOTION_ELEMENTS = 1,
    MOTION_DTYPE = 2,
    MOTION_DEVICE_TYPE = 3,
    MOTION_DEVICE_INDEX = 4,
    MOTION_REQUIRES_GRAD = 5,
    MOTION_IS_LEAF = 6,
    MOTION_IS_CONTIGUOUS = 7,
    MOTION_ELEMENT_SIZE = 8,
    MOTION_STORAGE_OFFSET = 9,
    MOTION_DATA_POINTER = 10,
    MOTION_VERSION = 11,
};

MOTION_API const char* motion_torch_error();

// Operators. Trailing arguments that are left out take the schema's defaults.
MOTION_API int motion_torch_operator(const char* name, const char* overload, void** handle);
MOTION_API int motion_torch_call(void* handle, const motion_value* arguments, int32_t argument_count,
                                 motion_value* results, int32_t capacity, int32_t* result_count);
MOTION_API void motion_torch_free(void* list);

// Tensors.
MOTION_API void motion_torch_release(void* tensor);
MOTION_API int64_t motion_torch_query(void* tensor, int32_t property);
MOTION_API void motion_torch_sizes(void* tensor, int64_t* sizes);
MOTION_API void motion_torch_strides(void* tensor, int64_t* strides);
MOTION_API int motion_torch_from_host(const void* data, const int64_t* sizes, int32_t dimensions, int32_t dtype,
                                      int64_t device, void** tensor);
MOTION_API int motion_torch_from_blob(void* data, const int64_t* sizes, int32_t dimensions, int32_t dtype,
                                      void (*deleter)(void*), void* context, void** tensor);

// Automatic differentiation. A null gradient stands for ones.
MOTION_API int motion_torch_backward(void** outputs, void** gradients, int32_t count, int32_t retain_graph,
                                     int32_t create_graph, void** inputs, int32_t input_count);
MOTION_API int motion_torch_grad(void** outputs, void** gradients, int32_t count, void** inputs, int32_t input_count,
                                 int32_t retain_graph, int32_t create_graph, int32_t allow_unused, void** results);
MOTION_API int motion_torch_get_grad(void* tensor, void** gradient);
MOTION_API int motion_torch_set_grad(void* tensor, void* gradient);
MOTION_API int motion_torch_set_requires_grad(void* tensor, int32_t value);
MOTION_API int motion_torch_retain_grad(void* tensor);
MOTION_API int32_t motion_torch_grad_mode();
MOTION_API void motion_torch_set_grad_mode(int32_t enabled);

// Random numbers. A device is its type in the low byte and its index, from -1, in the rest.
MOTION_API int motion_torch_generator(int64_t device, uint64_t seed, void** generator);
MOTION_API int motion_torch_default_generator(int64_t device, void** generator);
MOTION_API void motion_torch_release_generator(void* generator);
MOTION_API int motion_torch_seed(void* generator, uint64_t seed);
MOTION_API int motion_torch_initial_seed(void* generator, uint64_t* seed);
MOTION_API int motion_torch_get_state(void* generator, void** state);
MOTION_API int motion_torch_set_state(void* generator, void* state);
MOTION_API int motion_torch_manual_seed(uint64_t seed);

// The machine.
MOTION_API int32_t motion_torch_threads();
MOTION_API int motion_torch_set_threads(int32_t count);
MOTION_API int32_t motion_torch_cuda_devices();
MOTION_API int motion_torch_synchronize(int64_t device_index);
// Key=value lines: version, library, blas, blas_core, cpu_capability. Valid until the thread's next call.
MOTION_API const char* motion_torch_description();
