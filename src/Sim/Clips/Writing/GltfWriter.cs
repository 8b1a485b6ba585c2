using System.Numerics;
using System.Text.Json.Nodes;

namespace Motion.Sim.Clips.Writing;

/// <summary>
/// Writes a clip as binary glTF 2.0: one node to a joint, a skin that binds a proxy mesh to them in the rest pose, and one animation that
/// moves the root and turns every joint. Metres, Y up, the figure facing +Z. Licence and captions go into <c>asset</c>.
/// </summary>
/// <remarks>
/// The mesh is there because Blender imports joints without a skin as empties and Unreal refuses a skeleton without a mesh. End sites
/// carry no motion and become no nodes. Layout after the Khronos glTF 2.0 specification, sections 3.6 (accessors), 3.7.3 (skins), 3.11 (animations).
/// </remarks>
public static class GltfWriter
{
    private const int MostKeyBytes = 1_000_000_000;

    /// <summary>Writes a .glb file, whole or not at all.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="clip">The clip; its rest pose becomes the bind pose.</param>
    /// <param name="mesh">What the body looks like; bones drawn from the skeleton when null.</param>
    /// <exception cref="MotionException">The clip is not whole or too long for one file or its rate, or the place cannot be written.</exception>
    public static void Write(string path, Clip clip, ProxyMesh? mesh = null)
    {
        ExportCheck.Demand(clip);
        AtomicFile.Write(path, stream => Write(stream, clip, mesh));
    }

    /// <summary>Writes binary glTF to a stream, which stays open.</summary>
    /// <inheritdoc cref="Write(string, Clip, ProxyMesh?)"/>
    public static void Write(Stream stream, Clip clip, ProxyMesh? mesh = null)
    {
        ExportCheck.Demand(clip);
        mesh ??= ProxyMesh.OfBones(clip.Skeleton);
        long keyBytes = (long)clip.FrameCount * clip.Skeleton.Joints.Length * 16;
        if (keyBytes > MostKeyBytes)
        {
            throw new MotionException(ExitCode.BadInput, $"clip '{clip.Name}' would need {keyBytes / 1_000_000} MB of keys; at most {MostKeyBytes / 1_000_000} MB fit into one file: export a part of it");
        }

        GltfBinary binary = new();
        int[] nodeOf = NodesOf(clip.Skeleton);
        int jointCount = nodeOf.Count(node => node >= 0);
        Vector3[] rest = RestOnTheGround(clip.Skeleton, mesh);
        JsonObject file = new()
        {
            ["asset"] = Asset(clip),
            ["scene"] = 0,
            ["scenes"] = new JsonArray(new JsonObject { ["name"] = clip.Name, ["nodes"] = new JsonArray(0, jointCount) }),
            ["nodes"] = Nodes(clip.Skeleton, nodeOf, jointCount, rest),
            ["skins"] = new JsonArray(Skin(binary, clip, nodeOf, rest)),
            ["meshes"] = new JsonArray(Mesh(binary, clip.Skeleton, mesh, nodeOf, rest)),
            ["materials"] = new JsonArray(Material()),
            ["animations"] = new JsonArray(Animation(binary, clip, nodeOf)),
            ["accessors"] = binary.Accessors,
            ["bufferViews"] = binary.BufferViews,
            ["buffers"] = new JsonArray(new JsonObject { ["byteLength"] = binary.Bytes.Length }),
        };
        binary.WriteContainer(stream, System.Text.Encoding.UTF8.GetBytes(file.ToJsonString()));
    }

    private static JsonObject Asset(Clip clip)
    {
        JsonObject extras = new()
        {
            ["clip"] = clip.Name,
            ["frameRate"] = clip.FrameRate,
            ["licence"] = clip.Licence.Length > 0 ? clip.Licence : "unknown",
            ["captions"] = new JsonArray([.. clip.Captions.Select(caption => (JsonNode)caption)]),
        };
        JsonObject asset = new() { ["version"] = "2.0", ["generator"] = "Motion", ["extras"] = extras };
        if (clip.Licence.Length > 0)
        {
            asset["copyright"] = clip.Licence;
        }

        return asset;
    }

    /// <summary>The node of each joint, −1 for end sites.</summary>
    private static int[] NodesOf(Skeleton skeleton)
    {
        int next = 0;
        return [.. skeleton.Joints.Select(joint => joint.IsEnd ? -1 : next++)];
    }

    /// <summary>Rest positions of the joints, file axes, lifted so that the mesh stands on the ground over the origin.</summary>
    private static Vector3[] RestOnTheGround(Skeleton skeleton, ProxyMesh mesh)
    {
        Vector3[] rest = skeleton.RestPositions();
        Vector3 shift = new(-rest[0].X, -rest[0].Y, -mesh.Positions.Min(position => position.Z));
        return [.. rest.Select(position => ExportAxes.MetresYUp.Direction(position + shift))];
    }

    private static JsonArray Nodes(Skeleton skeleton, int[] nodeOf, int jointCount, Vector3[] rest)
    {
        string[] names = FileNames.Of(skeleton);
        JsonObject[] nodes = new JsonObject[jointCount + 1];
        for (int joint = 0; joint < nodeOf.Length; joint++)
        {
            if (nodeOf[joint] < 0)
            {
                continue;
            }

            int parent = skeleton.Joints[joint].Parent;
            Vector3 translation = parent < 0 ? rest[joint] : ExportAxes.MetresYUp.Direction(skeleton.Joints[joint].Offset);
            nodes[nodeOf[joint]] = new JsonObject
            {
                ["name"] = names[joint],
                ["translation"] = GltfBinary.Numbers(translation.X, translation.Y, translation.Z),
            };
            if (parent >= 0)
            {
                JsonObject above = nodes[nodeOf[parent]];
                above["children"] ??= new JsonArray();
                above["children"]!.AsArray().Add((JsonNode)nodeOf[joint]);
            }
        }

        nodes[jointCount] = new JsonObject { ["name"] = "body", ["mesh"] = 0, ["skin"] = 0 };
        return [.. nodes];
    }

    private static JsonObject Skin(GltfBinary binary, Clip clip, int[] nodeOf, Vector3[] rest)
    {
        List<Matrix4x4> toJoint = [];
        JsonArray joints = [];
        for (int joint = 0; joint < nodeOf.Length; joint++)
        {
            if (nodeOf[joint] >= 0)
            {
                joints.Add((JsonNode)nodeOf[joint]);
                toJoint.Add(Matrix4x4.CreateTranslation(-rest[joint]));
            }
        }

        return new JsonObject
        {
            ["name"] = clip.Name,
            ["skeleton"] = 0,
            ["joints"] = joints,
            ["inverseBindMatrices"] = binary.AddMatrices(toJoint.ToArray()),
        };
    }

    private static JsonObject Mesh(GltfBinary binary, Skeleton skeleton, ProxyMesh mesh, int[] nodeOf, Vector3[] rest)
    {
        Vector3 lift = rest[0] - ExportAxes.MetresYUp.Direction(skeleton.Joints[0].Offset);
        Vector4[] weights = new Vector4[mesh.Positions.Count];
        Array.Fill(weights, Vector4.UnitX);
        JsonObject attributes = new()
        {
            ["POSITION"] = binary.AddVertexPositions([.. mesh.Positions.Select(position => ExportAxes.MetresYUp.Direction(position) + lift)]),
            ["NORMAL"] = binary.AddVertexDirections([.. mesh.Normals.Select(ExportAxes.MetresYUp.Direction)]),
            ["JOINTS_0"] = binary.AddVertexJoints([.. mesh.Joints.Select(joint => nodeOf[joint])]),
            ["WEIGHTS_0"] = binary.AddVertexWeights(weights),
        };
        JsonObject primitive = new() { ["attributes"] = attributes, ["indices"] = binary.AddTriangles([.. mesh.Triangles]), ["material"] = 0 };
        return new JsonObject { ["name"] = "body", ["primitives"] = new JsonArray(primitive) };
    }

    private static JsonObject Material() => new()
    {
        ["name"] = "clay",
        ["pbrMetallicRoughness"] = new JsonObject
        {
            ["baseColorFactor"] = GltfBinary.Numbers(0.75f, 0.70f, 0.65f, 1),
            ["metallicFactor"] = 0,
            ["roughnessFactor"] = GltfBinary.Numbers(0.75f)[0]!.DeepClone(),
        },
    };

    private static JsonObject Animation(GltfBinary binary, Clip clip, int[] nodeOf)
    {
        int times = binary.AddTimes(Times(clip));
        JsonArray samplers = [];
        JsonArray channels = [];
        void Drive(int node, string path, int keys)
        {
            samplers.Add((JsonNode)new JsonObject { ["input"] = times, ["output"] = keys, ["interpolation"] = "LINEAR" });
            channels.Add((JsonNode)new JsonObject
            {
                ["sampler"] = samplers.Count - 1,
                ["target"] = new JsonObject { ["node"] = node, ["path"] = path },
            });
        }

        Drive(0, "translation", binary.AddTranslations([.. clip.RootPositions.Select(ExportAxes.MetresYUp.Direction)]));
        for (int joint = 0; joint < nodeOf.Length; joint++)
        {
            if (nodeOf[joint] >= 0)
            {
                Drive(nodeOf[joint], "rotation", binary.AddRotations(KeysOf(clip, joint)));
            }
        }

        return new JsonObject { ["name"] = clip.Name, ["samplers"] = samplers, ["channels"] = channels };
    }

    private static float[] Times(Clip clip)
    {
        float[] times = [.. Enumerable.Range(0, clip.FrameCount).Select(frame => (float)(frame / clip.FrameRate))];
        for (int frame = 1; frame < times.Length; frame++)
        {
            if (times[frame] <= times[frame - 1])
            {
                throw new MotionException(ExitCode.BadInput, $"clip '{clip.Name}' cannot be written as glTF, nothing was: its times are single-precision seconds, and after {times[frame]:0} s they do not tell frames at {clip.FrameRate} per second apart; take fewer frames per second");
            }
        }

        return times;
    }

    /// <summary>One joint's rotations, signs chosen so that neighbours lie on the same half of the sphere: not every player looks for the shorter way.</summary>
    private static Quaternion[] KeysOf(Clip clip, int joint)
    {
        Quaternion[] keys = new Quaternion[clip.FrameCount];
        for (int frame = 0; frame < keys.Length; frame++)
        {
            Quaternion key = Quaternion.Normalize(ExportAxes.MetresYUp.Rotation(clip.RotationsAt(frame)[joint]));
            keys[frame] = Quaternion.Dot(key, frame > 0 ? keys[frame - 1] : Quaternion.Identity) < 0 ? Quaternion.Negate(key) : key;
        }

        return keys;
    }
}
