using System.Numerics;
using Motion.Sim.Characters;

namespace Motion.Sim.Clips.Writing;

/// <summary>
/// A triangle mesh in a skeleton's rest pose, each vertex fixed to one joint: what stands for the body where a tool wants a skin.
/// Metres, Z up, triangles counter-clockwise seen from outside.
/// </summary>
public sealed class ProxyMesh
{
    private readonly List<Vector3> positions = [];
    private readonly List<Vector3> normals = [];
    private readonly List<int> joints = [];
    private readonly List<int> triangles = [];

    /// <summary>Vertex positions in the rest pose, m.</summary>
    public IReadOnlyList<Vector3> Positions => positions;

    /// <summary>Outward unit normals: [vertex].</summary>
    public IReadOnlyList<Vector3> Normals => normals;

    /// <summary>The joint that carries each vertex: [vertex].</summary>
    public IReadOnlyList<int> Joints => joints;

    /// <summary>Three vertices for each triangle.</summary>
    public IReadOnlyList<int> Triangles => triangles;

    /// <summary>Draws a skeleton as octahedral bones, one for each joint and child, and a small one where a lone joint has none.</summary>
    /// <param name="skeleton">The skeleton.</param>
    public static ProxyMesh OfBones(Skeleton skeleton)
    {
        ProxyMesh mesh = new();
        Vector3[] rest = skeleton.RestPositions();
        for (int joint = 1; joint < rest.Length; joint++)
        {
            mesh.AddBone(skeleton.Joints[joint].Parent, rest[skeleton.Joints[joint].Parent], rest[joint]);
        }

        if (mesh.triangles.Count == 0)
        {
            mesh.AddBone(0, rest[0], rest[0] + new Vector3(0, 0, 0.1f));
        }

        return mesh;
    }

    /// <summary>Adds an octahedron between two points; nothing when they coincide.</summary>
    /// <param name="joint">The joint that carries it.</param>
    /// <param name="head">Its thick end, m.</param>
    /// <param name="tail">Its far end, m.</param>
    public void AddBone(int joint, Vector3 head, Vector3 tail)
    {
        Vector3 along = tail - head;
        float length = along.Length();
        if (length < 1e-4f)
        {
            return;
        }

        Quaternion turn = Rotations.Between(Vector3.UnitZ, along);
        float width = MathF.Min(0.15f * length, 0.03f);
        Vector3[] waist = [.. new[] { (1f, 0f), (0f, 1f), (-1f, 0f), (0f, -1f) }
            .Select(side => head + Vector3.Transform(new Vector3(side.Item1 * width, side.Item2 * width, 0.15f * length), turn))];
        for (int side = 0; side < 4; side++)
        {
            AddFlatTriangle(joint, waist[side], waist[(side + 1) % 4], tail);
            AddFlatTriangle(joint, waist[(side + 1) % 4], waist[side], head);
        }
    }

    /// <summary>Adds a box.</summary>
    /// <param name="joint">The joint that carries it.</param>
    /// <param name="center">Its centre, m.</param>
    /// <param name="rotation">Its orientation.</param>
    /// <param name="halfEdges">Half its edge lengths, m.</param>
    public void AddBox(int joint, Vector3 center, Quaternion rotation, Vector3 halfEdges)
    {
        foreach (Vector3 outward in new[] { Vector3.UnitX, Vector3.UnitY, Vector3.UnitZ, -Vector3.UnitX, -Vector3.UnitY, -Vector3.UnitZ })
        {
            Vector3 first = new(outward.Y, outward.Z, outward.X);
            Vector3 second = Vector3.Cross(outward, first);
            int start = positions.Count;
            foreach ((int a, int b) in new[] { (-1, -1), (1, -1), (1, 1), (-1, 1) })
            {
                AddVertex(joint, center + Vector3.Transform((outward + (a * first) + (b * second)) * halfEdges, rotation), Vector3.Transform(outward, rotation));
            }

            triangles.AddRange([start, start + 1, start + 2, start, start + 2, start + 3]);
        }
    }

    /// <summary>Adds a capsule along an orientation's Z axis; a sphere when its straight part has no length.</summary>
    /// <param name="joint">The joint that carries it.</param>
    /// <param name="center">Its centre, m.</param>
    /// <param name="rotation">Its orientation.</param>
    /// <param name="radius">Its radius, m.</param>
    /// <param name="halfLength">Half the length of its straight part, m.</param>
    public void AddCapsule(int joint, Vector3 center, Quaternion rotation, float radius, float halfLength)
    {
        const int Around = 16;
        const int RingsPerCap = 5;
        int start = positions.Count;
        AddVertex(joint, center + Vector3.Transform(new Vector3(0, 0, -halfLength - radius), rotation), Vector3.Transform(-Vector3.UnitZ, rotation));
        for (int ring = 0; ring < 2 * RingsPerCap; ring++)
        {
            // Rings climb from the lower pole to the lower rim, then from the upper rim to the upper pole.
            bool isUpper = ring >= RingsPerCap;
            float latitude = (isUpper ? ring - RingsPerCap : ring + 1 - RingsPerCap) * (MathF.PI / 2) / RingsPerCap;
            for (int side = 0; side < Around; side++)
            {
                (float sin, float cos) = MathF.SinCos(side * MathF.Tau / Around);
                Vector3 outward = new(MathF.Cos(latitude) * cos, MathF.Cos(latitude) * sin, MathF.Sin(latitude));
                Vector3 point = (outward * radius) + new Vector3(0, 0, isUpper ? halfLength : -halfLength);
                AddVertex(joint, center + Vector3.Transform(point, rotation), Vector3.Transform(outward, rotation));
            }
        }

        int top = positions.Count;
        AddVertex(joint, center + Vector3.Transform(new Vector3(0, 0, halfLength + radius), rotation), Vector3.Transform(Vector3.UnitZ, rotation));
        int Corner(int ring, int side) => start + 1 + (ring * Around) + (side % Around);
        for (int side = 0; side < Around; side++)
        {
            triangles.AddRange([start, Corner(0, side + 1), Corner(0, side)]);
            triangles.AddRange([top, Corner((2 * RingsPerCap) - 1, side), Corner((2 * RingsPerCap) - 1, side + 1)]);
            for (int ring = 0; ring + 1 < 2 * RingsPerCap; ring++)
            {
                if (ring + 1 == RingsPerCap && halfLength == 0)
                {
                    continue;
                }

                triangles.AddRange([Corner(ring, side), Corner(ring, side + 1), Corner(ring + 1, side + 1)]);
                triangles.AddRange([Corner(ring, side), Corner(ring + 1, side + 1), Corner(ring + 1, side)]);
            }
        }
    }

    private void AddVertex(int joint, Vector3 position, Vector3 normal)
    {
        positions.Add(position);
        normals.Add(Vector3.Normalize(normal));
        joints.Add(joint);
    }

    private void AddFlatTriangle(int joint, Vector3 first, Vector3 second, Vector3 third)
    {
        Vector3 normal = Vector3.Cross(second - first, third - first);
        triangles.AddRange([positions.Count, positions.Count + 1, positions.Count + 2]);
        AddVertex(joint, first, normal);
        AddVertex(joint, second, normal);
        AddVertex(joint, third, normal);
    }
}
