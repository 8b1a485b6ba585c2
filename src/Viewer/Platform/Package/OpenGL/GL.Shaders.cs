using System.Numerics;
using System.Text;

namespace Silk.NET.OpenGL;

internal sealed unsafe partial class GL
{
    public uint CreateShader(ShaderType type) => ((delegate* unmanaged<ShaderType, uint>)Find("glCreateShader"))(type);

    public void ShaderSource(uint shader, string source)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(source);
        int length = bytes.Length;
        fixed (byte* text = bytes)
        {
            ((delegate* unmanaged<uint, uint, byte**, int*, void>)Find("glShaderSource"))(shader, 1, &text, &length);
        }
    }

    public void CompileShader(uint shader) => ((delegate* unmanaged<uint, void>)Find("glCompileShader"))(shader);

    public void GetShader(uint shader, ShaderParameterName pname, out int @params)
    {
        fixed (int* place = &@params)
        {
            ((delegate* unmanaged<uint, ShaderParameterName, int*, void>)Find("glGetShaderiv"))(shader, pname, place);
        }
    }

    public string GetShaderInfoLog(uint shader) => Log("glGetShaderInfoLog", shader);

    public void DeleteShader(uint shader) => ((delegate* unmanaged<uint, void>)Find("glDeleteShader"))(shader);

    public uint CreateProgram() => ((delegate* unmanaged<uint>)Find("glCreateProgram"))();

    public void AttachShader(uint program, uint shader) => ((delegate* unmanaged<uint, uint, void>)Find("glAttachShader"))(program, shader);

    public void LinkProgram(uint program) => ((delegate* unmanaged<uint, void>)Find("glLinkProgram"))(program);

    public void GetProgram(uint program, ProgramPropertyARB pname, out int @params)
    {
        fixed (int* place = &@params)
        {
            ((delegate* unmanaged<uint, ProgramPropertyARB, int*, void>)Find("glGetProgramiv"))(program, pname, place);
        }
    }

    public string GetProgramInfoLog(uint program) => Log("glGetProgramInfoLog", program);

    public void UseProgram(uint program) => ((delegate* unmanaged<uint, void>)Find("glUseProgram"))(program);

    public void DeleteProgram(uint program) => ((delegate* unmanaged<uint, void>)Find("glDeleteProgram"))(program);

    public int GetUniformLocation(uint program, string name)
    {
        fixed (byte* text = Encoding.UTF8.GetBytes(name + '\0'))
        {
            return ((delegate* unmanaged<uint, byte*, int>)Find("glGetUniformLocation"))(program, text);
        }
    }

    public void Uniform1(int location, int v0) => ((delegate* unmanaged<int, int, void>)Find("glUniform1i"))(location, v0);

    public void Uniform1(int location, float v0) => ((delegate* unmanaged<int, float, void>)Find("glUniform1f"))(location, v0);

    public void Uniform2(int location, int v0, int v1) => ((delegate* unmanaged<int, int, int, void>)Find("glUniform2i"))(location, v0, v1);

    public void Uniform2(int location, Vector2 value) => ((delegate* unmanaged<int, float, float, void>)Find("glUniform2f"))(location, value.X, value.Y);

    public void Uniform3(int location, Vector3 value) => ((delegate* unmanaged<int, float, float, float, void>)Find("glUniform3f"))(location, value.X, value.Y, value.Z);

    public void Uniform4(int location, Vector4 value) =>
        ((delegate* unmanaged<int, float, float, float, float, void>)Find("glUniform4f"))(location, value.X, value.Y, value.Z, value.W);

    public void UniformMatrix4(int location, uint count, bool transpose, float* value) =>
        ((delegate* unmanaged<int, uint, byte, float*, void>)Find("glUniformMatrix4fv"))(location, count, Byte(transpose), value);

    private string Log(string function, uint name)
    {
        byte[] bytes = new byte[4096];
        uint length;
        fixed (byte* text = bytes)
        {
            ((delegate* unmanaged<uint, uint, uint*, byte*, void>)Find(function))(name, (uint)bytes.Length, &length, text);
        }

        return Text(bytes, (int)length);
    }
}
