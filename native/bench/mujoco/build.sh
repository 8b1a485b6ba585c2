#!/usr/bin/env bash
# Builds artifacts/native/bench/mujoco_peer where MuJoCo is installed, and prints its path; prints nothing where it is not.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
build=${MOTION_ARTIFACTS:-$here/../../../artifacts}/native/bench
program=$build/mujoco_peer
[ -e /usr/include/mujoco/mujoco.h ] || exit 0

mkdir -p "$build"
exec 9>"$build/lock"
flock 9
if [ ! -x "$program" ] || [ -n "$(find "$here" -type f -newer "$program" -print -quit)" ]; then
  cmake -S "$here" -B "$build" >"$build/build.log" 2>&1 && cmake --build "$build" >>"$build/build.log" 2>&1 || {
    tail -40 "$build/build.log" >&2
    exit 1
  }
  touch "$program"
fi
echo "$program"
