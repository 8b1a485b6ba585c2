#include "handles.h"

#include <c10/core/GradMode.h>
#include <torch/csrc/autograd/autograd.h>

namespace {

// Runs the body; what goes wrong is told together with what it was about.
template <class Body>
int about(const char* what, void** tensors, int32_t count, Body&& body) {
    const int status = motion::guarded(body);
    if (status != 0) {
        const std::string said = motion_torch_error();
        motion::guarded([&] {
            std::string situation = std::string(what) + '(';
            for (int32_t i = 0; i < count; ++i) situation += (i == 0 ? "" : ", ") + motion::describe(motion::share(tensors[i]));
            motion::remember(situation + "): " + said);
        });
    }
    return status;
}

}  // namespace

MOTION_API int motion_torch_backward(void** outputs, void** gradients, int32_t count, int32_t retain_graph,
                                     int32_t create_graph, void** inputs, int32_t input_count) {
    return about("backward", outputs, count, [&] {
        torch::autograd::backward(motion::share(outputs, count),
                                  gradients == nullptr ? std::vector<at::Tensor>() : motion::share(gradients, count),
                                  retain_graph != 0, create_graph != 0, motion::share(inputs, input_count));
    });
}

MOTION_API int motion_torch_grad(void** outputs, void** gradients, int32_t count, void** inputs, int32_t input_count,
                                 int32_t retain_graph, int32_t create_graph, int32_t allow_unused, void** results) {
    return about("grad", outputs, count, [&] {
        auto grads = torch::autograd::grad(
            motion::share(outputs, count), motion::share(inputs, input_count),
            gradients == nullptr ? std::vector<at::Tensor>() : motion::share(gradients, count), retain_graph != 0,
            create_graph != 0, allow_unused != 0);
        for (int32_t i = 0; i < input_count; ++i) results[i] = motion::give(std::move(grads[i]));
    });
}

MOTION_API int motion_torch_get_grad(void* tensor, void** gradient) {
    return motion::guarded([&] { *gradient = motion::give(at::Tensor(motion::share(tensor).grad())); });
}

MOTION_API int motion_torch_set_grad(void* tensor, void* gradient) {
    return about("grad =", &tensor, 1, [&] { motion::share(tensor).mutable_grad() = motion::share(gradient); });
}

MOTION_API int motion_torch_set_requires_grad(void* tensor, int32_t value) {
    return about("requires_grad =", &tensor, 1, [&] { motion::share(tensor).set_requires_grad(value != 0); });
}

MOTION_API int motion_torch_retain_grad(void* tensor) {
    return about("retain_grad", &tensor, 1, [&] { motion::share(tensor).retain_grad(); });
}

MOTION_API int32_t motion_torch_grad_mode() { return c10::GradMode::is_enabled(); }

MOTION_API void motion_torch_set_grad_mode(int32_t enabled) { c10::GradMode::set_enabled(enabled != 0); }
