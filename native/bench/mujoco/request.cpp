#include "request.h"

#include <sstream>
#include <stdexcept>

namespace {

std::vector<double> numbers(std::istringstream& line, const std::string& key) {
  std::vector<double> values;
  std::string token;
  while (line >> token) {
    size_t used = 0;
    values.push_back(std::stod(token, &used));
    if (used != token.size()) throw std::runtime_error(key + " wants numbers, found " + token);
  }
  return values;
}

double number(std::istringstream& line, const std::string& key) {
  const std::vector<double> values = numbers(line, key);
  if (values.size() != 1) throw std::runtime_error(key + " wants one number");
  return values[0];
}

}  // namespace

Request read_request(std::istream& input) {
  Request request;
  std::string text;
  while (std::getline(input, text)) {
    std::istringstream line(text);
    std::string key;
    if (!(line >> key)) continue;
    if (key == "timestep") request.timestep = number(line, key);
    else if (key == "integrator") line >> request.integrator;
    else if (key == "steps") request.steps = static_cast<int>(number(line, key));
    else if (key == "every") request.every = static_cast<int>(number(line, key));
    else if (key == "contacts") request.contacts = number(line, key) != 0;
    else if (key == "limits") request.limits = number(line, key) != 0;
    else if (key == "gravity") request.gravity = numbers(line, key);
    else if (key == "qpos") request.qpos = numbers(line, key);
    else if (key == "qvel") request.qvel = numbers(line, key);
    else if (key == "constant") request.constant = numbers(line, key);
    else if (key == "amplitude") request.amplitude = numbers(line, key);
    else if (key == "frequency") request.frequency = numbers(line, key);
    else if (key == "phase") request.phase = numbers(line, key);
    else throw std::runtime_error("unknown keyword " + key);
  }
  return request;
}
