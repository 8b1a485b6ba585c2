// Asks MuJoCo what our physics is compared with. Results are JSON, one object a line, numbers with 17 digits.
//   mujoco_peer mass FILE                 masses, joint-space inertia, frames and contacts, at the positions on standard input
//   mujoco_peer trajectory FILE           states over time, as asked for on standard input (see request.h)
//   mujoco_peer bench FILE [SECONDS [INTEGRATOR [TARGETS [HEIGHT]]]]   physics steps in a second of processor time: drive targets are drawn
//                                         within ±TARGETS rad, and an episode ends early when the root is lower than HEIGHT m
#include <mujoco/mujoco.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "request.h"

namespace {

using Model = std::unique_ptr<mjModel, decltype(&mj_deleteModel)>;
using Data = std::unique_ptr<mjData, decltype(&mj_deleteData)>;

Model load(const char* file) {
  char problem[1000] = "";
  Model model(mj_loadXML(file, nullptr, problem, sizeof(problem)), mj_deleteModel);
  if (!model) throw std::runtime_error(problem);
  return model;
}

void print_numbers(const char* key, const mjtNum* values, int count, const char* end) {
  std::printf("\"%s\":[", key);
  for (int i = 0; i < count; i++) std::printf(i ? ",%.17g" : "%.17g", values[i]);
  std::printf("]%s", end);
}

void copy_in(const std::vector<double>& from, mjtNum* to, int count, const char* name) {
  if (from.empty()) return;
  if (static_cast<int>(from.size()) != count) {
    throw std::runtime_error(std::string(name) + " wants " + std::to_string(count) + " numbers, found " + std::to_string(from.size()));
  }
  std::copy(from.begin(), from.end(), to);
}

int integrator_of(const std::string& name) {
  if (name == "euler") return mjINT_EULER;
  if (name == "implicit") return mjINT_IMPLICIT;
  if (name == "rk4") return mjINT_RK4;
  throw std::runtime_error("integrator is euler, implicit or rk4, found " + name);
}

void print_mass(const mjModel* model) {
  Data data(mj_makeData(model), mj_deleteData);
  copy_in(read_request(std::cin).qpos, data->qpos, model->nq, "qpos");
  mj_forward(model, data.get());
  std::vector<mjtNum> inertia(static_cast<size_t>(model->nv) * model->nv);
  mj_fullM(model, inertia.data(), data->qM);
  std::printf("{\"mass\":%.17g,", mj_getTotalmass(model));
  print_numbers("center", data->subtree_com, 3, ",");
  print_numbers("inertia", inertia.data(), model->nv * model->nv, ",");
  print_numbers("body_mass", model->body_mass + 1, model->nbody - 1, ",");
  print_numbers("body_positions", data->xpos + 3, 3 * (model->nbody - 1), ",");
  print_numbers("body_rotations", data->xquat + 4, 4 * (model->nbody - 1), ",");
  print_numbers("geom_positions", data->geom_xpos, 3 * model->ngeom, ",");
  print_numbers("geom_matrices", data->geom_xmat, 9 * model->ngeom, ",");
  std::vector<mjtNum> contacts;
  for (int i = 0; i < data->ncon; i++) {
    const mjContact& contact = data->contact[i];
    contacts.insert(contacts.end(), {mjtNum(contact.geom1), mjtNum(contact.geom2), contact.dim == 1 ? 0 : contact.friction[0]});
  }
  print_numbers("contacts", contacts.data(), static_cast<int>(contacts.size()), "}\n");
}

double normal_force(const mjModel* model, const mjData* data) {
  double sum = 0;
  for (int i = 0; i < data->ncon; i++) {
    mjtNum force[6];
    mj_contactForce(model, data, i, force);
    sum += force[0];
  }
  return sum;
}

void set_controls(const mjModel* model, mjData* data, const Request& request) {
  for (int i = 0; i < model->nu; i++) {
    double control = request.constant.empty() ? 0 : request.constant[i];
    if (!request.amplitude.empty()) {
      control += request.amplitude[i] * std::sin(2 * mjPI * request.frequency[i] * data->time + request.phase[i]);
    }
    data->ctrl[i] = control;
  }
}

void print_state(const mjModel* model, const mjData* data) {
  std::printf("{\"time\":%.17g,\"normal_force\":%.17g,\"contacts\":%d,", data->time, normal_force(model, data), data->ncon);
  print_numbers("energy", data->energy, 2, ",");
  print_numbers("qpos", data->qpos, model->nq, ",");
  print_numbers("qvel", data->qvel, model->nv, "}\n");
}

void print_trajectory(mjModel* model) {
  const Request request = read_request(std::cin);
  for (const std::vector<double>* list : {&request.constant, &request.amplitude, &request.frequency, &request.phase}) {
    if (!list->empty() && static_cast<int>(list->size()) != model->nu) {
      throw std::runtime_error("controls want " + std::to_string(model->nu) + " numbers, found " + std::to_string(list->size()));
    }
  }
  if (request.amplitude.size() != request.frequency.size() || request.amplitude.size() != request.phase.size()) {
    throw std::runtime_error("amplitude, frequency and phase come together");
  }

  model->opt.timestep = request.timestep;
  model->opt.integrator = integrator_of(request.integrator);
  model->opt.enableflags |= mjENBL_ENERGY;
  if (!request.contacts) model->opt.disableflags |= mjDSBL_CONTACT;
  if (!request.limits) model->opt.disableflags |= mjDSBL_LIMIT;
  copy_in(request.gravity, model->opt.gravity, 3, "gravity");

  Data data(mj_makeData(model), mj_deleteData);
  copy_in(request.qpos, data->qpos, model->nq, "qpos");
  copy_in(request.qvel, data->qvel, model->nv, "qvel");
  for (int step = 0; step <= request.steps; step++) {
    set_controls(model, data.get(), request);
    if (step % request.every == 0) {
      mj_forward(model, data.get());
      print_state(model, data.get());
    }
    if (step < request.steps) mj_step(model, data.get());
  }
}

// SplitMix64: a small generator that anyone can repeat.
class Random {
 public:
  double within(double bound) { return bound * (2 * static_cast<double>(next() >> 11) / 9007199254740992.0 - 1); }

 private:
  uint64_t next() {
    uint64_t z = (state_ += 0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }

  uint64_t state_ = 1;
};

// The scenario of the comparison; ours is stepped through the same one.
constexpr double kPhysicsRate = 120;      // Hz
constexpr int kStepsPerControl = 4;       // 30 Hz
constexpr int kControlsPerEpisode = 300;  // 10 s
constexpr double kPoseNoise = 0.05;       // rad, on every hinge and every axis of a ball joint

struct Bench {
  double seconds = 3;
  std::string integrator = "euler";
  double targets = 0.5;  // rad, drive targets drawn anew at every control step
  double height = 0.4;   // m; an episode ends early when the root is lower
};

void start_episode(const mjModel* model, mjData* data, Random& random) {
  mj_resetData(model, data);
  std::vector<mjtNum> change(model->nv, 0);
  for (int joint = 0; joint < model->njnt; joint++) {
    if (model->jnt_type[joint] == mjJNT_FREE) continue;
    const int axes = model->jnt_type[joint] == mjJNT_BALL ? 3 : 1;
    for (int axis = 0; axis < axes; axis++) change[model->jnt_dofadr[joint] + axis] = random.within(kPoseNoise);
  }
  mj_integratePos(model, data->qpos, change.data(), 1);
}

// MuJoCo's Euler integrator takes a joint's damping implicitly but a drive's velocity gain explicitly, which no step of 1/120 s
// survives; its own advice is to put the gain into the joint. Its implicit integrator needs no such change.
void move_velocity_gains_to_joints(mjModel* model) {
  for (int i = 0; i < model->nu; i++) {
    mjtNum* bias = model->actuator_biasprm + i * mjNBIAS;
    const int joint = model->actuator_trnid[2 * i];
    const int axes = model->jnt_type[joint] == mjJNT_BALL ? 3 : 1;
    for (int axis = 0; axis < axes; axis++) {
      const mjtNum gear = model->actuator_gear[6 * i + axis];
      model->dof_damping[model->jnt_dofadr[joint] + axis] -= bias[2] * gear * gear;
    }
    bias[2] = 0;
  }
}

bool is_over(const mjModel* model, const mjData* data, double height) {
  for (int i = 0; i < model->nq; i++) {
    if (!std::isfinite(data->qpos[i])) return true;
  }
  const bool floats = model->njnt > 0 && model->jnt_type[0] == mjJNT_FREE;
  return data->warning[mjWARN_BADQACC].number > 0 || (floats && data->qpos[2] < height);
}

void print_bench(mjModel* model, const Bench& bench) {
  model->opt.timestep = 1 / kPhysicsRate;
  model->opt.solver = mjSOL_PGS;
  model->opt.iterations = 10;
  model->opt.integrator = integrator_of(bench.integrator);
  if (model->opt.integrator == mjINT_EULER) move_velocity_gains_to_joints(model);

  Data data(mj_makeData(model), mj_deleteData);
  Random random;
  long steps = 0, contacts = 0, episodes = 0, unstable = 0;
  double elapsed = 0;
  // Processor time: what other programs do on the machine is not MuJoCo's doing.
  const std::clock_t began = std::clock();
  while (elapsed < bench.seconds) {
    start_episode(model, data.get(), random);
    episodes++;
    for (int control = 0; control < kControlsPerEpisode && !is_over(model, data.get(), bench.height); control++) {
      for (int i = 0; i < model->nu; i++) data->ctrl[i] = random.within(bench.targets);
      for (int step = 0; step < kStepsPerControl; step++) {
        mj_step(model, data.get());
        contacts += data->ncon;
      }
      steps += kStepsPerControl;
    }
    unstable += data->warning[mjWARN_BADQACC].number > 0;
    elapsed = static_cast<double>(std::clock() - began) / CLOCKS_PER_SEC;
  }
  std::printf(
      "{\"version\":%d,\"integrator\":\"%s\",\"physics_steps_per_second\":%.17g,\"seconds\":%.17g,\"physics_steps\":%ld,"
      "\"contacts_per_step\":%.17g,\"episodes\":%ld,\"unstable_episodes\":%ld}\n",
      mj_version(), bench.integrator.c_str(), steps / elapsed, elapsed, steps, static_cast<double>(contacts) / steps, episodes, unstable);
}

}  // namespace

int main(int count, char** arguments) {
  try {
    const std::string verb = count > 2 ? arguments[1] : "";
    if (verb != "mass" && verb != "trajectory" && verb != "bench") {
      throw std::runtime_error("usage: mujoco_peer mass|trajectory|bench FILE [SECONDS [INTEGRATOR [TARGETS [HEIGHT]]]]");
    }
    // Warnings would go to a log file in the working folder; instability is counted and reported instead.
    mju_user_warning = [](const char*) {};
    const Model model = load(arguments[2]);
    if (verb == "mass") print_mass(model.get());
    else if (verb == "trajectory") print_trajectory(model.get());
    else {
      Bench bench;
      if (count > 3) bench.seconds = std::stod(arguments[3]);
      if (count > 4) bench.integrator = arguments[4];
      if (count > 5) bench.targets = std::stod(arguments[5]);
      if (count > 6) bench.height = std::stod(arguments[6]);
      print_bench(model.get(), bench);
    }
    return 0;
  } catch (const std::exception& problem) {
    std::fprintf(stderr, "mujoco_peer: %s\n", problem.what());
    return 1;
  }
}
