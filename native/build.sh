#!/usr/bin/env bash
# Builds libmotion_native.so against a libtorch and prints where it is.
# TORCH_DIR chooses the libtorch (an unpacked archive, or the torch folder of a Python installation); without it the system's
# package is taken. Each libtorch has a build folder of its own; artifacts/native/libmotion_native.so points at the last one built.
# With a FOLDER below this one and a PROGRAM, that folder's project is built the same way instead.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
folder=${1:-.}
product=${2:-lib/libmotion_native.so}
torch=${TORCH_DIR:-}
if [ -n "$torch" ]; then
  [ -e "$torch/lib/libtorch_cpu.so" ] || {
    echo "TORCH_DIR=$torch holds no lib/libtorch_cpu.so: name an unpacked libtorch, or the torch folder of a Python installation" >&2
    exit 1
  }
  torch=$(cd "$torch" && pwd)
fi
if [ -z "$torch" ]; then
  # The package's version, so that an upgrade does not meet a library linked against the one before.
  key=system$(readlink -f /usr/lib/*-linux-gnu/libtorch_cpu.so 2>/dev/null | head -1 | sed 's/.*libtorch_cpu\.so//')
else
  key=$(printf %s "$torch" | sha256sum | cut -c1-12)
fi
artifacts=${MOTION_ARTIFACTS:-$here/../artifacts}/native
mkdir -p "$artifacts/$key/$folder"
artifacts=$(cd "$artifacts" && pwd)
build=$artifacts/$key/$folder
built=$(realpath -m "$build/$product")

interface=$build/lib/libmotion_interface.so
stale() {
  [ ! -e "$built" ] || { [ "$folder" = . ] && [ -e /usr/include/imgui/imgui.h ] && [ ! -e "$interface" ]; } || [ -n "$(find "$here/build.sh" "$here/cmake" "$here/$folder/CMakeLists.txt" "$here/src" "$here/$folder"/*.cpp \
    -type f -newer "$built" -print -quit 2>/dev/null)" ]
}

exec 9>"$artifacts/lock"
flock 9
if stale; then
  log=$build/build.log
  cmake -S "$here/$folder" -B "$build" -DTORCH_DIR="$torch" >"$log" 2>&1 &&
    cmake --build "$build" -j "$(nproc)" >>"$log" 2>&1 || { tail -40 "$log" >&2; exit 1; }
  touch "$built"
fi
if [ "$folder" = . ]; then
  ln -sfn "$key/$product" "$artifacts/libmotion_native.so"
  [ ! -e "$interface" ] || ln -sfn "$key/lib/libmotion_interface.so" "$artifacts/libmotion_interface.so"
fi
echo "$built"
