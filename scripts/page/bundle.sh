#!/usr/bin/env bash
# Bundles what shared pages take of three.js (three.js beside this) with the npm packages of a folder, node_modules in it:
#   npm ci --prefix artifacts/node … (./test does), then scripts/page/bundle.sh artifacts/node src/Viewer/Sharing/Page/three.bundle.js
# The result is kept in the repository, so that neither a build nor a page needs npm or the network; a test makes it anew and compares.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
modules=$(cd "$1" && pwd)/node_modules
out=$(cd "$(dirname "$2")" && pwd)/$(basename "$2")
cd "$here"
NODE_PATH=$modules "$modules/.bin/esbuild" three.js --bundle --minify --format=iife --global-name=THREE --legal-comments=eof --log-level=warning --outfile="$out"
