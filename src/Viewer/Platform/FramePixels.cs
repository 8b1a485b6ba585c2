using System.Buffers;
using Silk.NET.OpenGL;

namespace Motion.Viewer.Platform;

/// <summary>Copies pictures out of OpenGL.</summary>
internal static unsafe class FramePixels
{
    /// <summary>What stands on a target: see <see cref="IFrameTarget.ReadPixels"/>.</summary>
    public static void Read(GL gl, IFrameTarget target, Span<byte> pixels)
    {
        (int width, int height) = (target.Width, target.Height);
        ArgumentOutOfRangeException.ThrowIfNotEqual(pixels.Length, width * height * 3);
        int row = width * 4;
        byte[] upward = ArrayPool<byte>.Shared.Rent(row * height);
        gl.BindFramebuffer(FramebufferTarget.Framebuffer, target.Framebuffer);
        fixed (byte* place = upward)
        {
            // Four bytes are what drivers hold: three would be packed one by one.
            gl.ReadPixels(0, 0, (uint)width, (uint)height, PixelFormat.Rgba, PixelType.UnsignedByte, place);
        }

        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<byte> from = upward.AsSpan((height - 1 - y) * row, row);
            Span<byte> to = pixels.Slice(y * width * 3, width * 3);
            for (int x = 0; x < width; x++)
            {
                (to[3 * x], to[(3 * x) + 1], to[(3 * x) + 2]) = (from[4 * x], from[(4 * x) + 1], from[(4 * x) + 2]);
            }
        }

        ArrayPool<byte>.Shared.Return(upward);
    }
}
