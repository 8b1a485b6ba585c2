using System.Numerics;
using System.Runtime.InteropServices;
using Silk.NET.OpenGL;

namespace Motion.Viewer.Drawing;

/// <summary>Draws bands, discs and the ground: triangles that are made anew for each frame.</summary>
internal sealed unsafe class FlatMesh : IDisposable
{
    // Above the ground, m, so that they do not flicker with it.
    private const float Lift = 0.004f;

    private readonly GL _gl;
    private readonly uint _array;
    private readonly uint _buffer;
    private readonly List<Vertex> _vertices = [];

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Vertex(Vector3 Place, uint Colour, float Edge);

    public FlatMesh(GL gl)
    {
        _gl = gl;
        (_array, _buffer) = (gl.GenVertexArray(), gl.GenBuffer());
        gl.BindVertexArray(_array);
        gl.BindBuffer(BufferTargetARB.ArrayBuffer, _buffer);
        gl.EnableVertexAttribArray(0);
        gl.VertexAttribPointer(0, 3, VertexAttribPointerType.Float, false, (uint)sizeof(Vertex), null);
        gl.EnableVertexAttribArray(1);
        gl.VertexAttribPointer(1, 4, VertexAttribPointerType.UnsignedByte, true, (uint)sizeof(Vertex), (void*)12);
        gl.EnableVertexAttribArray(2);
        gl.VertexAttribPointer(2, 1, VertexAttribPointerType.Float, false, (uint)sizeof(Vertex), (void*)16);
        gl.BindVertexArray(0);
    }

    /// <summary>Adds a rectangle on the ground.</summary>
    public void AddRectangle(Vector2 low, Vector2 high)
    {
        Vector3 a = new(low, 0), b = new(high.X, low.Y, 0), c = new(high, 0), d = new(low.X, high.Y, 0);
        Quad(a, b, d, c, (0, 0), (0, 0));
    }

    /// <summary>Adds a disc or ring.</summary>
    public void Add(in Disc disc)
    {
        const int Segments = 48;
        Vector3 middle = disc.Middle + new Vector3(0, 0, Lift);
        (uint, uint) colours = (disc.Colour.Packed, disc.Colour.Packed);
        (float, float) edges = (disc.InnerRadius > 0 ? -1 : 0, 1);
        for (int at = 0; at < Segments; at++)
        {
            Vector3 from = Way(at), to = Way(at + 1);
            Quad(middle + (disc.InnerRadius * from), middle + (disc.InnerRadius * to), middle + (disc.Radius * from), middle + (disc.Radius * to), colours, edges);
        }

        static Vector3 Way(int step) => new(MathF.Cos(step * MathF.Tau / Segments), MathF.Sin(step * MathF.Tau / Segments), 0);
    }

    /// <summary>Adds a band; sharp bends are cut, not mitred.</summary>
    public void Add(Ribbon ribbon)
    {
        int last = ribbon.Points.Count - 1;
        Vector3 left = default, right = default;
        for (int at = 0; at <= last && last > 0; at++)
        {
            Vector3 along = ribbon.Points[Math.Min(last, at + 1)] - ribbon.Points[Math.Max(0, at - 1)];
            Vector3 across = along.LengthSquared() > 1e-12f ? Vector3.Normalize(new Vector3(-along.Y, along.X, 0)) : Vector3.UnitY;
            across = float.IsFinite(across.X) ? across * (ribbon.Width / 2) : Vector3.UnitY * (ribbon.Width / 2);
            Vector3 middle = ribbon.Points[at] + new Vector3(0, 0, 1.5f * Lift);
            (Vector3 nextLeft, Vector3 nextRight) = (middle + across, middle - across);
            if (at > 0)
            {
                Quad(right, nextRight, left, nextLeft, (Shade(ribbon, at - 1), Shade(ribbon, at)), (-1, 1));
            }

            (left, right) = (nextLeft, nextRight);
        }

        static uint Shade(Ribbon ribbon, int at) =>
            ribbon.Colour.Faded(ribbon.StartShare + ((1 - ribbon.StartShare) * at / (ribbon.Points.Count - 1))).Packed;
    }

    /// <summary>Draws what was added with the program in use, and forgets it.</summary>
    public void Draw()
    {
        if (_vertices.Count == 0)
        {
            return;
        }

        _gl.BindVertexArray(_array);
        _gl.BindBuffer(BufferTargetARB.ArrayBuffer, _buffer);
        _gl.BufferData<Vertex>(BufferTargetARB.ArrayBuffer, CollectionsMarshal.AsSpan(_vertices), BufferUsageARB.StreamDraw);
        _gl.DrawArrays(PrimitiveType.Triangles, 0, (uint)_vertices.Count);
        _vertices.Clear();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _gl.DeleteVertexArray(_array);
        _gl.DeleteBuffer(_buffer);
    }

    // Corners a → b on one side and c → d on the other: a and c have the first colour, a and b the first edge. The shader fades what is near an edge of ±1.
    private void Quad(Vector3 a, Vector3 b, Vector3 c, Vector3 d, (uint First, uint Second) colour, (float First, float Second) edge)
    {
        Vertex from = new(a, colour.First, edge.First), to = new(d, colour.Second, edge.Second);
        _vertices.AddRange([from, new(b, colour.Second, edge.First), to, from, to, new(c, colour.First, edge.Second)]);
    }
}
