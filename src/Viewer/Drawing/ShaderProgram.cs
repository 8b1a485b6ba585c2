using System.Numerics;
using Silk.NET.OpenGL;

namespace Motion.Viewer.Drawing;

/// <summary>A shader program of this assembly: NAME.vert and NAME.frag of Drawing/Shaders.</summary>
internal sealed unsafe class ShaderProgram : IDisposable
{
    private readonly GL _gl;
    private readonly uint _program;
    private readonly Dictionary<string, int> _uniforms = [];

    /// <exception cref="MotionException">The driver does not take it; says what the driver says.</exception>
    public ShaderProgram(GL gl, string vertex, string? fragment = null)
    {
        _gl = gl;
        _program = gl.CreateProgram();
        uint[] parts = [Compile(ShaderType.VertexShader, vertex + ".vert"), Compile(ShaderType.FragmentShader, (fragment ?? vertex) + ".frag")];
        foreach (uint part in parts)
        {
            gl.AttachShader(_program, part);
        }

        gl.LinkProgram(_program);
        gl.GetProgram(_program, ProgramPropertyARB.LinkStatus, out int linked);
        foreach (uint part in parts)
        {
            gl.DeleteShader(part);
        }

        if (linked == 0)
        {
            throw Refused($"{vertex}.vert with {fragment ?? vertex}.frag", gl.GetProgramInfoLog(_program));
        }
    }

    /// <summary>What follows is drawn with it.</summary>
    public void Use() => _gl.UseProgram(_program);

    public void Set(string name, int value) => _gl.Uniform1(Place(name), value);

    public void Set(string name, float value) => _gl.Uniform1(Place(name), value);

    public void Set(string name, int first, int second) => _gl.Uniform2(Place(name), first, second);

    public void Set(string name, Vector2 value) => _gl.Uniform2(Place(name), value);

    public void Set(string name, Vector3 value) => _gl.Uniform3(Place(name), value);

    public void Set(string name, Vector4 value) => _gl.Uniform4(Place(name), value);

    /// <summary>Sets a matrix for row vectors, as System.Numerics has them: to OpenGL's column vectors it is the same memory.</summary>
    public void Set(string name, Matrix4x4 value) => _gl.UniformMatrix4(Place(name), 1, false, (float*)&value);

    /// <inheritdoc/>
    public void Dispose() => _gl.DeleteProgram(_program);

    private int Place(string name)
    {
        if (!_uniforms.TryGetValue(name, out int place))
        {
            _uniforms[name] = place = _gl.GetUniformLocation(_program, name);
        }

        return place;
    }

    private uint Compile(ShaderType type, string file)
    {
        using Stream stream = typeof(ShaderProgram).Assembly.GetManifestResourceStream("Motion.Viewer.Shaders." + file)!;
        using StreamReader reader = new(stream);
        uint shader = _gl.CreateShader(type);
        _gl.ShaderSource(shader, "#version 330 core\n" + reader.ReadToEnd());
        _gl.CompileShader(shader);
        _gl.GetShader(shader, ShaderParameterName.CompileStatus, out int compiled);
        return compiled != 0 ? shader : throw Refused(file, _gl.GetShaderInfoLog(shader));
    }

    private static MotionException Refused(string file, string log) =>
        new(ExitCode.MissingComponent, $"the graphics driver does not take the shader {file}: {log.Trim()}: a newer driver is needed, or Debian's libgl1-mesa-dri");
}
