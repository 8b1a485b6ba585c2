#!/usr/bin/env bash
# Renders the README's first picture (docs/play.png) and a short clip (docs/play.mp4) of what scripts/pictures.csv says, without a display.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT
cd "$root"
mkdir -p docs
./motion play --prompts scripts/pictures.csv --headless --seconds 6.6 --size 1280x720 --screenshot docs/play.png --at 6.2
./motion play --prompts scripts/pictures.csv --headless --seconds 9 --size 640x360 --record "$made/play.mp4"
cp "$made/play.mp4" docs/play.mp4
