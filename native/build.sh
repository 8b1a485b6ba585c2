#!/usr/bin/env bash
# Builds libmotion_native.so and the tensor benchmark's C++ peer against a libtorch, and prints where the library is.
# TORCH_DIR chooses the libtorch (an unpacked archive, or the torch folder of a Python installation); without it the system's
# package is taken. Each libtorch has a build folder of its own; artifacts/native/libmotion_native.so points at the last one built.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
artifacts=${MOTION_ARTIFACTS:-$here/../artifacts}/native
torch=${TORCH_DIR:+$(cd "$TORCH_DIR" && pwd)}
key=$([ -z "$torch" ] && echo system || printf %s "$torch" | sha256sum | cut -c1-12)
mkdir -p "$artifacts"
build=$(cd "$artifacts" && pwd)/$key
library=$build/lib/libmotion_native.so

stale() {
  [ ! -e "$library" ] || [ -n "$(find "$here" -type f -newer "$library" -print -quit)" ]
}

exec 9>"$artifacts/lock"
flock 9
if stale; then
  cmake -S "$here" -B "$build" -DTORCH_DIR="$torch" >"$build.log" 2>&1 &&
    cmake --build "$build" -j "$(nproc)" >>"$build.log" 2>&1 || { tail -40 "$build.log" >&2; exit 1; }
  touch "$library"
fi
ln -sfn "$key/lib/libmotion_native.so" "$artifacts/libmotion_native.so"
echo "$library"
