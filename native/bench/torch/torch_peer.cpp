// The tensor benchmark's peer: what a person would write against libtorch's C++ interface. It does rounds of the same work on
// demand, so that both programs can be timed in turn:
//   standard input:  "step N BATCH" trains for N steps, "add N" adds two 1×1 tensors N times, "quit"
//   standard output: one number for each line: seconds per step, or seconds per addition
#include <torch/nn/functional/activation.h>
#include <torch/nn/modules/linear.h>
#include <torch/optim/adamw.h>
#include <torch/utils.h>

#include <dlfcn.h>

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <map>
#include <memory>
#include <string>

namespace {

struct Network : torch::nn::Module {
    Network() {
        first = register_module("first", torch::nn::Linear(320, 512));
        second = register_module("second", torch::nn::Linear(512, 512));
        third = register_module("third", torch::nn::Linear(512, 36));
    }

    torch::Tensor forward(const torch::Tensor& observation) {
        return third(torch::relu(second(torch::relu(first(observation)))));
    }

    torch::nn::Linear first{nullptr}, second{nullptr}, third{nullptr};
};

class Training {
public:
    explicit Training(int64_t batch)
        : optimizer_(network_.parameters(), torch::optim::AdamWOptions(1e-3).weight_decay(0.01)),
          observation_(torch::randn({batch, 320})),
          target_(torch::randn({batch, 36})) {}

    void step() {
        optimizer_.zero_grad();
        (network_.forward(observation_) - target_).square().mean().backward();
        optimizer_.step();
    }

private:
    Network network_;
    torch::optim::AdamW optimizer_;
    torch::Tensor observation_, target_;
};

template <class Work>
double seconds_each(int64_t count, Work&& work) {
    const auto start = std::chrono::steady_clock::now();
    for (int64_t i = 0; i < count; ++i) work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count() / static_cast<double>(count);
}

void limit_threads(int count) {
    torch::set_num_threads(count);
    if (auto* set = reinterpret_cast<void (*)(int)>(dlsym(RTLD_DEFAULT, "openblas_set_num_threads"))) set(count);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::cerr << "usage: torch_peer THREADS\n";
        return 2;
    }

    limit_threads(std::atoi(argv[1]));
    torch::manual_seed(1);
    std::map<int64_t, std::unique_ptr<Training>> trainings;
    const auto one = torch::ones({1, 1}), two = torch::ones({1, 1});
    std::string work;
    while (std::cin >> work && work != "quit") {
        int64_t count = 0, batch = 0;
        std::cin >> count;
        if (work == "step") {
            std::cin >> batch;
            auto& training = trainings[batch];
            if (!training) training = std::make_unique<Training>(batch);
            std::cout << seconds_each(count, [&] { training->step(); }) << std::endl;
        } else {
            torch::NoGradGuard unrecorded;
            std::cout << seconds_each(count, [&] { auto sum = one + two; }) << std::endl;
        }
    }
}
