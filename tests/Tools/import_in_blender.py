"""Imports motion files into Blender and prints where its bones are.

Run as: blender --background --factory-startup --python import_in_blender.py -- JOBS.json
JOBS.json: [{"path": ..., "frameRate": a whole number, "unit": metres of one file unit, "frames": [...]}, ...]
Prints one line for each job: RESULT {"path": ..., "bones": count, "positions": {frame: {bone: [x, y, z]}}, "vertices": [[x, y, z], ...]}
with positions in metres in Blender's world, and the lowest and highest corner of the deformed mesh at the last frame.
"""
import builtins
import json
import sys

import bpy
import io_anim_bvh.import_bvh
import numpy

# Debian's Blender 3.4 is older than the Python 3.11 and numpy 1.24 beside it: its importers still say "rU" for "r" and numpy.bool for bool.
io_anim_bvh.import_bvh.open = lambda path, mode: builtins.open(path, mode.replace("U", ""))
numpy.bool = bool


def import_motion(job):
    bpy.ops.wm.read_factory_settings(use_empty=True)
    scene = bpy.context.scene
    scene.render.fps = job["frameRate"]
    if job["path"].endswith(".bvh"):
        bpy.ops.import_anim.bvh(filepath=job["path"], global_scale=job["unit"], rotate_mode="NATIVE")
    else:
        bpy.ops.import_scene.gltf(filepath=job["path"])
    armatures = [thing for thing in bpy.data.objects if thing.type == "ARMATURE"]
    if len(armatures) != 1:
        raise RuntimeError(f"{job['path']}: {len(armatures)} armatures")
    return scene, armatures[0]


def bounds(graph):
    lowest, highest = [1e9] * 3, [-1e9] * 3
    for thing in bpy.data.objects:
        # The importer's own custom bone shape is a mesh too, but deforms with nothing.
        if thing.type != "MESH" or not any(modifier.type == "ARMATURE" for modifier in thing.modifiers):
            continue
        shown = thing.evaluated_get(graph)
        for vertex in shown.data.vertices:
            place = shown.matrix_world @ vertex.co
            lowest = [min(a, b) for a, b in zip(lowest, place)]
            highest = [max(a, b) for a, b in zip(highest, place)]
    return [lowest, highest]


def measure(job):
    scene, armature = import_motion(job)
    positions = {}
    for frame in job["frames"]:
        # The first BVH frame is put at frame 1, the first glTF key, at 0 s, at frame 0.
        scene.frame_set(frame + (1 if job["path"].endswith(".bvh") else 0))
        graph = bpy.context.evaluated_depsgraph_get()
        shown = armature.evaluated_get(graph)
        positions[frame] = {bone.name: list(shown.matrix_world @ bone.head) for bone in shown.pose.bones}
    return {"path": job["path"], "bones": len(armature.data.bones), "positions": positions, "vertices": bounds(graph)}


for work in json.load(open(sys.argv[sys.argv.index("--") + 1])):
    print("RESULT " + json.dumps(measure(work)), flush=True)
