#include "handles.h"

#include <sstream>

namespace motion {
namespace {
thread_local std::string last_error;
}

void remember(std::string message) {
    // libtorch appends the C++ stack in some builds; a person needs the sentence only.
    const auto stack = message.find("\nException raised from");
    if (stack != std::string::npos) message.resize(stack);
    last_error = std::move(message);
}

std::string describe(const at::Tensor& tensor) {
    if (!tensor.defined()) return "undefined";
    std::ostringstream text;
    text << c10::toString(tensor.scalar_type()) << '[';
    for (int64_t i = 0; i < tensor.dim(); ++i) text << (i == 0 ? "" : ", ") << tensor.size(i);
    text << ']';
    if (!tensor.is_cpu()) text << '@' << tensor.device();
    return text.str();
}

}  // namespace motion

MOTION_API const char* motion_torch_error() { return motion::last_error.c_str(); }
