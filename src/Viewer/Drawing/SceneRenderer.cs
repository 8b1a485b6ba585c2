using System.Numerics;
using Motion.Viewer.Platform;
using Silk.NET.OpenGL;

namespace Motion.Viewer.Drawing;

/// <summary>Draws a <see cref="Scenery"/>: shaded solids with soft shadows, a chequered ground that fades into the sky, ghosts, bands and discs.</summary>
internal sealed class SceneRenderer : IDisposable
{
    private const int MostSamples = 4;

    // Half of the part of the ground that shows shadows, m: what the shadow map covers when the sun stands as it does.
    private const float ShadowGround = 2;
    private const float FarGround = 120;

    private static readonly Vector3 s_sun = Vector3.Normalize(new Vector3(0.42f, 0.52f, 0.95f));

    private readonly GL _gl;
    private readonly int _samples;
    private readonly SolidMesh _solids;
    private readonly FlatMesh _flats;
    private readonly ShadowMap _shadows;
    private readonly ShaderProgram _solidProgram;
    private readonly ShaderProgram _ghostProgram;
    private readonly ShaderProgram _groundProgram;
    private readonly ShaderProgram _nearGroundProgram;
    private readonly ShaderProgram _flatProgram;
    private readonly ShaderProgram _skyProgram;
    private readonly uint _skyArray;
    private MultisampleBuffer? _buffer;

    /// <param name="gl">What it draws with: a context current on this thread, which makes all calls.</param>
    /// <param name="samples">Samples of each pixel, as far as the driver has them; 0 for none besides the one.</param>
    public SceneRenderer(GL gl, int samples = MostSamples)
    {
        _gl = gl;
        gl.GetInteger(GetPName.MaxSamples, out int most);
        _samples = Math.Min(samples, most);
        _solids = new SolidMesh(gl);
        _flats = new FlatMesh(gl);
        _shadows = new ShadowMap(gl);
        _solidProgram = new ShaderProgram(gl, "solid");
        _ghostProgram = new ShaderProgram(gl, "solid", "ghost");
        _groundProgram = new ShaderProgram(gl, "ground");
        _nearGroundProgram = new ShaderProgram(gl, "ground", "near_ground");
        _flatProgram = new ShaderProgram(gl, "flat");
        _skyProgram = new ShaderProgram(gl, "sky");
        _skyArray = gl.GenVertexArray();
    }

    /// <summary>Draws it onto a target, all over.</summary>
    /// <param name="target">Where to; its framebuffer is bound afterwards, for panels.</param>
    /// <param name="scenery">What is drawn.</param>
    /// <param name="camera">From where.</param>
    public void Draw(IFrameTarget target, Scenery scenery, FollowCamera camera)
    {
        if (_buffer is null || _buffer.Width != target.Width || _buffer.Height != target.Height)
        {
            _buffer?.Dispose();
            _buffer = new MultisampleBuffer(_gl, target.Width, target.Height, _samples);
        }

        Matrix4x4 view = camera.ViewProjection(target.Width, target.Height);
        _shadows.Draw(_solids, scenery.Solids, scenery.Focus, s_sun);
        _buffer.Begin();
        _gl.Enable(EnableCap.DepthTest);
        _gl.DepthFunc(DepthFunction.Less);
        _gl.Enable(EnableCap.CullFace);
        DrawSolids(scenery, camera, view);
        DrawGround(scenery, camera, view);
        DrawSky(camera, target.Width, target.Height);
        DrawFlats(scenery, view);
        DrawGhosts(scenery, camera, view);
        _gl.Disable(EnableCap.DepthTest);
        _gl.Disable(EnableCap.CullFace);
        _buffer.ResolveTo(target.Framebuffer);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _buffer?.Dispose();
        _gl.DeleteVertexArray(_skyArray);
        foreach (IDisposable part in new IDisposable[] { _solids, _flats, _shadows, _solidProgram, _ghostProgram, _groundProgram, _nearGroundProgram, _flatProgram, _skyProgram })
        {
            part.Dispose();
        }
    }

    private void DrawSolids(Scenery scenery, FollowCamera camera, Matrix4x4 view)
    {
        Light(_solidProgram, camera, view);
        _solids.Draw(scenery.Solids);
        _solids.Draw(scenery.Marks);
    }

    private void DrawGround(Scenery scenery, FollowCamera camera, Matrix4x4 view)
    {
        // Only the part about the focus is worth asking the shadow map for: that halves the price of a picture on the processor.
        Vector2 middle = new(scenery.Focus.X, scenery.Focus.Y);
        Vector2 low = middle - new Vector2(ShadowGround), high = middle + new Vector2(ShadowGround);
        Vector2 farLow = middle - new Vector2(FarGround), farHigh = middle + new Vector2(FarGround);
        Light(_nearGroundProgram, camera, view);
        _nearGroundProgram.Set("middle", middle);
        _nearGroundProgram.Set("reach", ShadowGround);
        SetBlobs(scenery);
        _flats.AddRectangle(low, high);
        _flats.Draw();
        Light(_groundProgram, camera, view);
        _flats.AddRectangle(farLow, new Vector2(farHigh.X, low.Y));
        _flats.AddRectangle(new Vector2(farLow.X, high.Y), farHigh);
        _flats.AddRectangle(new Vector2(farLow.X, low.Y), new Vector2(low.X, high.Y));
        _flats.AddRectangle(new Vector2(high.X, low.Y), new Vector2(farHigh.X, high.Y));
        _flats.Draw();
    }

    // The lowest solids keep light of the sky off the ground under them.
    private void SetBlobs(Scenery scenery)
    {
        const int Most = 8;
        int count = 0;
        foreach (Solid solid in scenery.Solids.OrderBy(solid => solid.Position.Z).Take(Most))
        {
            _nearGroundProgram.Set($"blobs[{count++}]", new Vector4(solid.Position, solid.Radius + (0.35f * solid.Half.Length())));
        }

        _nearGroundProgram.Set("blobCount", count);
    }

    private void DrawSky(FollowCamera camera, int width, int height)
    {
        // Drawn where nothing else is: at the far end.
        _gl.DepthFunc(DepthFunction.Lequal);
        _gl.DepthMask(false);
        _skyProgram.Use();
        _skyProgram.Set("corner00", camera.Ray(new Vector2(0, height), width, height));
        _skyProgram.Set("corner10", camera.Ray(new Vector2(width, height), width, height));
        _skyProgram.Set("corner01", camera.Ray(Vector2.Zero, width, height));
        _gl.BindVertexArray(_skyArray);
        _gl.DrawArrays(PrimitiveType.Triangles, 0, 3);
    }

    private void DrawFlats(Scenery scenery, Matrix4x4 view)
    {
        Blend();
        _gl.Disable(EnableCap.CullFace);
        scenery.Discs.ForEach(disc => _flats.Add(disc));
        scenery.Ribbons.ForEach(_flats.Add);
        _flatProgram.Use();
        _flatProgram.Set("viewProjection", view);
        _flats.Draw();
        _gl.Disable(EnableCap.Blend);
        _gl.Enable(EnableCap.CullFace);
    }

    private void DrawGhosts(Scenery scenery, FollowCamera camera, Matrix4x4 view)
    {
        if (scenery.Ghosts.Count == 0)
        {
            return;
        }

        // Depth first, so that limbs behind limbs do not show through.
        Light(_ghostProgram, camera, view);
        _gl.DepthMask(true);
        _gl.ColorMask(false, false, false, false);
        _solids.Draw(scenery.Ghosts);
        _gl.ColorMask(true, true, true, true);
        _gl.DepthMask(false);
        _gl.DepthFunc(DepthFunction.Lequal);
        Blend();
        _solids.Draw(scenery.Ghosts);
        _gl.Disable(EnableCap.Blend);
    }

    private void Blend()
    {
        _gl.Enable(EnableCap.Blend);
        _gl.BlendFuncSeparate(BlendingFactor.SrcAlpha, BlendingFactor.OneMinusSrcAlpha, BlendingFactor.One, BlendingFactor.OneMinusSrcAlpha);
    }

    private void Light(ShaderProgram program, FollowCamera camera, Matrix4x4 view)
    {
        program.Use();
        program.Set("viewProjection", view);
        program.Set("eye", camera.Eye);
        program.Set("sun", s_sun);
        program.Set("shadowProjection", _shadows.ViewProjection);
        program.Set("shadows", 0);
        program.Set("texel", 1f / ShadowMap.Size);
        _gl.ActiveTexture(TextureUnit.Texture0);
        _gl.BindTexture(TextureTarget.Texture2D, _shadows.Texture);
    }
}
