#include "handles.h"

#include <ATen/core/Generator.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/ivalue.h>
#include <ATen/core/stack.h>

#include <cstdlib>
#include <sstream>

namespace {

#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 5)
using OptionalTensor = std::optional<at::Tensor>;
#else
using OptionalTensor = c10::optional<at::Tensor>;
#endif

struct Operator {
    c10::OperatorHandle handle;
    std::string name;
    size_t arity;
};

c10::IValue unpack(const motion_value& value) {
    switch (value.tag) {
        case MOTION_NONE: return {};
        case MOTION_TENSOR: return motion::share(value.pointer);
        case MOTION_INTEGER: return value.integer;
        case MOTION_REAL: return value.real;
        case MOTION_BOOLEAN: return value.integer != 0;
        case MOTION_INTEGERS: {
            const auto* items = static_cast<const int64_t*>(value.pointer);
            return c10::IValue(std::vector<int64_t>(items, items + value.count));
        }
        case MOTION_REALS: {
            const auto* items = static_cast<const double*>(value.pointer);
            return c10::IValue(std::vector<double>(items, items + value.count));
        }
        case MOTION_TENSORS: {
            auto** items = static_cast<void**>(value.pointer);
            c10::List<at::Tensor> list;
            list.reserve(value.count);
            for (int32_t i = 0; i < value.count; ++i) list.push_back(motion::share(items[i]));
            return list;
        }
        case MOTION_OPTIONAL_TENSORS: {
            auto** items = static_cast<void**>(value.pointer);
            c10::List<OptionalTensor> list;
            list.reserve(value.count);
            for (int32_t i = 0; i < value.count; ++i)
                list.push_back(items[i] == nullptr ? OptionalTensor() : OptionalTensor(motion::share(items[i])));
            return list;
        }
        case MOTION_STRING: return std::string(static_cast<const char*>(value.pointer), value.count);
        case MOTION_DEVICE: return motion::device(value.integer);
        case MOTION_GENERATOR:
            return at::Generator(c10::intrusive_ptr<c10::GeneratorImpl>::reclaim_copy(
                static_cast<c10::GeneratorImpl*>(value.pointer)));
        default: TORCH_CHECK(false, "argument tag ", value.tag, " is not known");
    }
}

motion_value pack(c10::IValue&& value) {
    motion_value result{};
    if (value.isTensor()) {
        result.pointer = motion::give(std::move(value).toTensor());
        result.tag = result.pointer == nullptr ? MOTION_NONE : MOTION_TENSOR;
    } else if (value.isTensorList()) {
        const auto list = std::move(value).toTensorVector();
        auto** items = static_cast<void**>(std::malloc(sizeof(void*) * (list.size() + 1)));
        TORCH_CHECK(items != nullptr, "out of memory for a list of ", list.size(), " results");
        for (size_t i = 0; i < list.size(); ++i) items[i] = motion::give(at::Tensor(list[i]));
        result.tag = MOTION_TENSORS;
        result.count = static_cast<int32_t>(list.size());
        result.pointer = items;
    } else if (value.isBool()) {
        result.tag = MOTION_BOOLEAN;
        result.integer = value.toBool();
    } else if (value.isInt()) {
        result.tag = MOTION_INTEGER;
        result.integer = value.toInt();
    } else if (value.isDouble()) {
        result.tag = MOTION_REAL;
        result.real = value.toDouble();
    } else {
        TORCH_CHECK(value.isNone(), "results of type ", value.tagKind(), " are not passed on");
    }
    return result;
}

void describe(std::ostream& text, const motion_value& value) {
    switch (value.tag) {
        case MOTION_NONE: text << "none"; break;
        case MOTION_TENSOR: text << motion::describe(motion::share(value.pointer)); break;
        case MOTION_INTEGER: text << value.integer; break;
        case MOTION_REAL: text << value.real; break;
        case MOTION_BOOLEAN: text << (value.integer != 0 ? "true" : "false"); break;
        case MOTION_STRING: text << '"' << std::string(static_cast<const char*>(value.pointer), value.count) << '"'; break;
        case MOTION_DEVICE: text << motion::device(value.integer); break;
        case MOTION_GENERATOR: text << "generator"; break;
        default:
            text << '[';
            for (int32_t i = 0; i < value.count; ++i) {
                if (i > 0) text << ", ";
                if (i == 8) {
                    text << "… " << value.count << " in all";
                    break;
                }
                if (value.tag == MOTION_INTEGERS) text << static_cast<const int64_t*>(value.pointer)[i];
                else if (value.tag == MOTION_REALS) text << static_cast<const double*>(value.pointer)[i];
                else text << motion::describe(motion::share(static_cast<void**>(value.pointer)[i]));
            }
            text << ']';
    }
}

// What the person asked for, ahead of what libtorch said about it.
std::string situation(const Operator& op, const motion_value* arguments, int32_t count) {
    std::ostringstream text;
    text << op.name << '(';
    for (int32_t i = 0; i < count; ++i) {
        if (i > 0) text << ", ";
        describe(text, arguments[i]);
    }
    text << "): ";
    return text.str();
}

}  // namespace

MOTION_API int motion_torch_operator(const char* name, const char* overload, void** handle) {
    return motion::guarded([&] {
        const auto found = c10::Dispatcher::singleton().findSchema({name, overload});
        TORCH_CHECK(found.has_value(), name, *overload == '\0' ? "" : ".", overload,
                    ": libtorch " TORCH_VERSION " has no such operator");
        *handle = new Operator{*found, *overload == '\0' ? std::string(name) : std::string(name) + '.' + overload,
                               found->schema().arguments().size()};
    });
}

MOTION_API int motion_torch_call(void* handle, const motion_value* arguments, int32_t argument_count,
                                 motion_value* results, int32_t capacity, int32_t* result_count) {
    auto& op = *static_cast<Operator*>(handle);
    const int status = motion::guarded([&] {
        torch::jit::Stack stack;
        stack.reserve(op.arity);
        for (int32_t i = 0; i < argument_count; ++i) stack.emplace_back(unpack(arguments[i]));
        const auto& schema = op.handle.schema().arguments();
        TORCH_CHECK(stack.size() <= op.arity, op.arity, " arguments at most, ", stack.size(), " were given");
        for (size_t i = stack.size(); i < op.arity; ++i) {
            const auto& fallback = schema[i].default_value();
            TORCH_CHECK(fallback.has_value(), "argument ", schema[i].name(), " is missing");
            stack.emplace_back(*fallback);
        }
        op.handle.callBoxed(stack);
        TORCH_CHECK(static_cast<int32_t>(stack.size()) <= capacity, stack.size(), " results, room for ", capacity);
        for (size_t i = 0; i < stack.size(); ++i) results[i] = pack(std::move(stack[i]));
        *result_count = static_cast<int32_t>(stack.size());
    });
    if (status != 0) {
        const std::string said = motion_torch_error();
        motion::guarded([&] { motion::remember(situation(op, arguments, argument_count) + said); });
    }
    return status;
}

MOTION_API void motion_torch_free(void* list) { std::free(list); }
