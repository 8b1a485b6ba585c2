using System.Numerics;
using System.Runtime.InteropServices;
using Silk.NET.OpenGL;

namespace Motion.Viewer.Drawing;

/// <summary>
/// Draws any number of <see cref="Solid"/>s at once. One mesh serves all: a ball cut into its octants, which the vertex shader moves apart by the half sizes
/// of the box, so that the gaps between them become edges and faces.
/// </summary>
internal sealed unsafe class SolidMesh : IDisposable
{
    private readonly GL _gl;
    private readonly uint _array;
    private readonly uint _mesh;
    private readonly uint _elements;
    private readonly uint _instances;
    private readonly uint _count;
    private Instance[] _packed = new Instance[64];

    [StructLayout(LayoutKind.Sequential)]
    private struct Instance
    {
        public Vector3 Position;
        public float TipRadius;
        public Quaternion Rotation;
        public Vector3 Half;
        public float Radius;
        public uint Colour;
    }

    /// <param name="gl">What it is drawn with.</param>
    /// <param name="quarter">Segments of a quarter of a round: the price is their square.</param>
    public SolidMesh(GL gl, int quarter)
    {
        _gl = gl;
        (float[] vertices, ushort[] elements) = Ball(quarter);
        _count = (uint)elements.Length;
        _array = gl.GenVertexArray();
        (_mesh, _elements, _instances) = (gl.GenBuffer(), gl.GenBuffer(), gl.GenBuffer());
        gl.BindVertexArray(_array);
        gl.BindBuffer(BufferTargetARB.ArrayBuffer, _mesh);
        gl.BufferData<float>(BufferTargetARB.ArrayBuffer, vertices, BufferUsageARB.StaticDraw);
        gl.BindBuffer(BufferTargetARB.ElementArrayBuffer, _elements);
        gl.BufferData<ushort>(BufferTargetARB.ElementArrayBuffer, elements, BufferUsageARB.StaticDraw);
        Attribute(0, 3, 24, 0, 0);
        Attribute(1, 3, 24, 12, 0);
        gl.BindBuffer(BufferTargetARB.ArrayBuffer, _instances);
        uint stride = (uint)sizeof(Instance);
        Attribute(2, 4, stride, 0, 1);
        Attribute(3, 4, stride, 16, 1);
        Attribute(4, 4, stride, 32, 1);
        gl.EnableVertexAttribArray(5);
        gl.VertexAttribPointer(5, 4, VertexAttribPointerType.UnsignedByte, true, stride, (void*)48);
        gl.VertexAttribDivisor(5, 1);
        gl.BindVertexArray(0);
    }

    /// <summary>Draws them with the program in use.</summary>
    public void Draw(List<Solid> solids)
    {
        if (solids.Count == 0)
        {
            return;
        }

        Array.Resize(ref _packed, Math.Max(_packed.Length, solids.Count));
        for (int index = 0; index < solids.Count; index++)
        {
            Solid solid = solids[index];
            _packed[index] = new Instance
            {
                Position = solid.Position,
                TipRadius = solid.TipRadius,
                Rotation = solid.Rotation,
                Half = solid.Half,
                Radius = solid.Radius,
                Colour = solid.Colour.Packed,
            };
        }

        _gl.BindVertexArray(_array);
        _gl.BindBuffer(BufferTargetARB.ArrayBuffer, _instances);
        _gl.BufferData<Instance>(BufferTargetARB.ArrayBuffer, _packed.AsSpan(0, solids.Count), BufferUsageARB.StreamDraw);
        _gl.DrawElementsInstanced(PrimitiveType.Triangles, _count, DrawElementsType.UnsignedShort, null, (uint)solids.Count);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _gl.DeleteVertexArray(_array);
        _gl.DeleteBuffer(_mesh);
        _gl.DeleteBuffer(_elements);
        _gl.DeleteBuffer(_instances);
    }

    private void Attribute(uint index, int size, uint stride, int offset, uint divisor)
    {
        _gl.EnableVertexAttribArray(index);
        _gl.VertexAttribPointer(index, size, VertexAttribPointerType.Float, false, stride, (void*)offset);
        _gl.VertexAttribDivisor(index, divisor);
    }

    // Each vertex: its direction from the middle of the ball, and the signs of the octant that it belongs to.
    private static (float[] Vertices, ushort[] Elements) Ball(int quarter)
    {
        int octant = quarter + 1;
        int columns = 4 * octant;
        int last = ((2 * octant) - 1) * columns;
        List<float> vertices = [];
        for (int row = 0; row < 2 * octant; row++)
        {
            (int half, int step) = (row / octant, row % octant);
            (float sine, float cosine) = MathF.SinCos((half + ((float)step / quarter)) * MathF.PI / 2);
            for (int column = 0; column < columns; column++)
            {
                (int side, int part) = (column / octant, column % octant);
                (float y, float x) = MathF.SinCos((side + ((float)part / quarter)) * MathF.PI / 2);
                vertices.AddRange([sine * x, sine * y, cosine, side is 0 or 3 ? 1 : -1, side < 2 ? 1 : -1, half == 0 ? 1 : -1]);
            }
        }

        List<ushort> elements = [];
        void Triangle(int a, int b, int c) => elements.AddRange([(ushort)a, (ushort)b, (ushort)c]);
        for (int row = 0; row < last; row += columns)
        {
            for (int column = 0; column < columns; column++)
            {
                (int here, int next) = (row + column, row + ((column + 1) % columns));
                Triangle(here, here + columns, next);
                Triangle(next, here + columns, next + columns);
            }
        }

        // The faces at the poles, between four octants.
        Triangle(0, octant, 2 * octant);
        Triangle(0, 2 * octant, 3 * octant);
        Triangle(last, last + (2 * octant), last + octant);
        Triangle(last, last + (3 * octant), last + (2 * octant));
        return ([.. vertices], [.. elements]);
    }
}
