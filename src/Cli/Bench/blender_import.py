"""Times Blender's own import of BVH files: nothing but bpy.ops.import_anim.bvh, in an empty scene each time.

Run as: blender --background --factory-startup --python blender_import.py -- FILE...
Prints one line a file: SECONDS {"path": ..., "seconds": ...}; the first file is imported once more before, unmeasured.
"""
import builtins
import json
import sys
import time

import bpy
import io_anim_bvh.import_bvh

# Debian's Blender 3.4 is older than the Python 3.11 beside it, which no longer knows the mode "rU".
io_anim_bvh.import_bvh.open = lambda path, mode: builtins.open(path, mode.replace("U", ""))

paths = sys.argv[sys.argv.index("--") + 1:]
for path in paths[:1] + paths:
    bpy.ops.wm.read_factory_settings(use_empty=True)
    start = time.perf_counter()
    bpy.ops.import_anim.bvh(filepath=path)
    seconds = time.perf_counter() - start
    print("SECONDS " + json.dumps({"path": path, "seconds": seconds}), flush=True)
