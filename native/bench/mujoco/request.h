// What a trajectory is asked for: lines of a keyword and its values, read from standard input.
#pragma once

#include <istream>
#include <string>
#include <vector>

struct Request {
  double timestep = 0.001;            // s
  std::string integrator = "euler";   // euler, implicit or rk4
  int steps = 0;
  int every = 1;                      // states are written every so many steps
  bool contacts = false;
  bool limits = true;
  std::vector<double> gravity;        // m/s², the file's when empty
  std::vector<double> qpos;           // the rest pose when empty
  std::vector<double> qvel;           // zero when empty
  std::vector<double> constant;       // control by actuator; zero when empty
  std::vector<double> amplitude;      // added: amplitude · sin(2π · frequency · time + phase)
  std::vector<double> frequency;
  std::vector<double> phase;
};

// Throws std::runtime_error on an unknown keyword or a bad value.
Request read_request(std::istream& input);
