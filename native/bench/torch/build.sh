#!/usr/bin/env bash
# Builds the tensor benchmark's C++ peer against the libtorch that native/build.sh would take (TORCH_DIR), and prints its path.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
exec "$here/../../build.sh" bench/torch torch_peer
