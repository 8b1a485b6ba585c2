using System.Numerics;
using Motion.Viewer.Platform;
using Silk.NET.OpenGL;

namespace Motion.Viewer.Drawing;

/// <summary>Draws a <see cref="Scenery"/>: shaded solids with soft shadows, a chequered ground that fades into the sky, ghosts, bands and discs.</summary>
internal sealed class SceneRenderer : IDisposable
{
    private const int MostSamples = 4;

    // Segments of a quarter of a round: of what is looked at, and of shadows and ghosts, whose corners nobody counts.
    private const int Fine = 5;
    private const int Rough = 3;
    private const float FarGround = 120;

    private static readonly Vector3 s_sun = Vector3.Normalize(new Vector3(0.42f, 0.52f, 0.95f));

    private readonly GL _gl;
    private readonly SolidMesh _solids;
    private readonly SolidMesh _rough;
    private readonly FlatMesh _flats;
    private readonly ShadowMap _shadows;
    private readonly ShaderProgram _solidProgram;
    private readonly ShaderProgram _ghostProgram;
    private readonly ShaderProgram _groundProgram;
    private readonly ShaderProgram _nearGroundProgram;
    private readonly ShaderProgram _depthProgram;
    private readonly ShaderProgram _flatProgram;
    private readonly ShaderProgram _skyProgram;
    private readonly uint _skyArray;
    private readonly FigureLayer _layer;

    /// <param name="gl">What it draws with: a context current on this thread, which makes all calls.</param>
    /// <param name="samples">Samples of each pixel, as far as the driver has them; 0 for none besides the one.</param>
    public SceneRenderer(GL gl, int samples = MostSamples)
    {
        _gl = gl;
        gl.GetInteger(GetPName.MaxSamples, out int most);
        _layer = new FigureLayer(gl, Math.Min(samples, most));
        _solids = new SolidMesh(gl, Fine);
        _rough = new SolidMesh(gl, Rough);
        _flats = new FlatMesh(gl);
        _shadows = new ShadowMap(gl);
        _solidProgram = new ShaderProgram(gl, "solid");
        _ghostProgram = new ShaderProgram(gl, "solid", "ghost");
        _groundProgram = new ShaderProgram(gl, "ground");
        _nearGroundProgram = new ShaderProgram(gl, "ground", "near_ground");
        _depthProgram = new ShaderProgram(gl, "shadow");
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
        (int width, int height) = (target.Width, target.Height);
        Matrix4x4 view = camera.ViewProjection(width, height);
        _shadows.Draw(_rough, scenery.Solids, scenery.Focus, s_sun);

        // From back to front, without depth: the eye is above the ground, so nothing that stands on it is behind it.
        _gl.BindFramebuffer(FramebufferTarget.Framebuffer, target.Framebuffer);
        _gl.Viewport(0, 0, (uint)width, (uint)height);
        _gl.Disable(EnableCap.DepthTest);
        _gl.Disable(EnableCap.CullFace);

        // Where triangles of the ground are cut off at the eye, a pixel between them can stay empty: it is as light as the ground.
        _gl.ClearColor(0.72f, 0.74f, 0.775f, 1);
        _gl.Clear(ClearBufferMask.ColorBufferBit);
        DrawSky(camera, width, height);
        DrawGround(scenery, camera, view);
        DrawFlats(scenery, view);
        if (FigureBounds.Of(scenery, camera, width, height) is { } part)
        {
            _layer.Begin(part, width, height);
            DrawFigures(scenery, camera, view);
            _layer.LayOver(target.Framebuffer, part);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _gl.DeleteVertexArray(_skyArray);
        foreach (IDisposable part in new IDisposable[] { _layer, _solids, _rough, _flats, _shadows, _solidProgram, _ghostProgram, _groundProgram, _nearGroundProgram, _depthProgram, _flatProgram, _skyProgram })
        {
            part.Dispose();
        }
    }

    private void DrawFigures(Scenery scenery, FollowCamera camera, Matrix4x4 view)
    {
        _gl.Enable(EnableCap.DepthTest);
        _gl.DepthFunc(DepthFunction.Less);
        _gl.Enable(EnableCap.CullFace);
        Light(_solidProgram, camera, view);
        _solids.Draw(scenery.Solids);
        _solids.Draw(scenery.Marks);
        DrawGhosts(scenery, camera, view);
    }

    private void DrawGround(Scenery scenery, FollowCamera camera, Matrix4x4 view)
    {
        // Only the part that solids darken is worth asking the shadow map for: that halves the price of a picture on the processor.
        ShadowGround shadow = ShadowGround.Of(scenery.Solids, scenery.Focus, s_sun);
        Vector2 farLow = shadow.Middle - new Vector2(FarGround), farHigh = shadow.Middle + new Vector2(FarGround);
        Light(_nearGroundProgram, camera, view);
        _nearGroundProgram.Set("middle", shadow.Middle);
        _nearGroundProgram.Set("half_size", shadow.Half);
        SetBlobs(scenery);
        _flats.AddRectangle(shadow.Low, shadow.High);
        _flats.Draw();
        Light(_groundProgram, camera, view);
        _flats.AddRectangle(farLow, new Vector2(farHigh.X, shadow.Low.Y));
        _flats.AddRectangle(new Vector2(farLow.X, shadow.High.Y), farHigh);
        _flats.AddRectangle(new Vector2(farLow.X, shadow.Low.Y), new Vector2(shadow.Low.X, shadow.High.Y));
        _flats.AddRectangle(new Vector2(shadow.High.X, shadow.Low.Y), new Vector2(farHigh.X, shadow.High.Y));
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
        // The horizon lies level in the picture: the sky is drawn down to where the ground ends before it.
        float horizon = camera.Project(camera.Eye + new Vector3(1000 * MathF.Cos(camera.Heading), 1000 * MathF.Sin(camera.Heading), 0), width, height)?.Y ?? height;
        float hidden = camera.Eye.Z / FarGround * height / (2 * MathF.Tan(camera.HalfView) * MathF.Cos(camera.Down));
        int down = Math.Clamp((int)(horizon + hidden) + 3, 0, height);
        if (down == 0)
        {
            return;
        }

        _gl.Enable(EnableCap.ScissorTest);
        _gl.Scissor(0, height - down, (uint)width, (uint)down);
        _skyProgram.Use();
        _skyProgram.Set("corner00", camera.Ray(new Vector2(0, height), width, height));
        _skyProgram.Set("corner10", camera.Ray(new Vector2(width, height), width, height));
        _skyProgram.Set("corner01", camera.Ray(Vector2.Zero, width, height));
        _gl.BindVertexArray(_skyArray);
        _gl.DrawArrays(PrimitiveType.Triangles, 0, 3);
        _gl.Disable(EnableCap.ScissorTest);
    }

    private void DrawFlats(Scenery scenery, Matrix4x4 view)
    {
        Blend();
        scenery.Discs.ForEach(disc => _flats.Add(disc));
        scenery.Ribbons.ForEach(_flats.Add);
        _flatProgram.Use();
        _flatProgram.Set("viewProjection", view);
        _flats.Draw();
        _gl.Disable(EnableCap.Blend);
    }

    private void DrawGhosts(Scenery scenery, FollowCamera camera, Matrix4x4 view)
    {
        if (scenery.Ghosts.Count == 0)
        {
            return;
        }

        // Depth first, so that limbs behind limbs do not show through.
        _depthProgram.Use();
        _depthProgram.Set("viewProjection", view);
        _gl.ColorMask(false, false, false, false);
        _rough.Draw(scenery.Ghosts);
        Light(_ghostProgram, camera, view);
        _gl.ColorMask(true, true, true, true);
        _gl.DepthMask(false);
        _gl.DepthFunc(DepthFunction.Lequal);
        Blend();
        _rough.Draw(scenery.Ghosts);
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
