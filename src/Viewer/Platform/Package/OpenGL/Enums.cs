namespace Silk.NET.OpenGL;

// Values of the OpenGL registry, under the package's names: those in use and no others.

internal enum BufferTargetARB
{
    ArrayBuffer = 0x8892,
    ElementArrayBuffer = 0x8893,
}

internal enum BufferUsageARB
{
    StreamDraw = 0x88E0,
    StaticDraw = 0x88E4,
}

internal enum ShaderType
{
    FragmentShader = 0x8B30,
    VertexShader = 0x8B31,
}

internal enum ShaderParameterName
{
    CompileStatus = 0x8B81,
}

internal enum ProgramPropertyARB
{
    LinkStatus = 0x8B82,
}

internal enum VertexAttribPointerType
{
    UnsignedByte = 0x1401,
    Float = 0x1406,
}

internal enum PrimitiveType
{
    Triangles = 4,
}

internal enum DrawElementsType
{
    UnsignedShort = 0x1403,
}

internal enum TextureTarget
{
    Texture2D = 0x0DE1,
}

internal enum TextureUnit
{
    Texture0 = 0x84C0,
}

internal enum TextureParameterName
{
    TextureMagFilter = 0x2800,
    TextureMinFilter = 0x2801,
    TextureWrapS = 0x2802,
    TextureWrapT = 0x2803,
    TextureCompareMode = 0x884C,
    TextureCompareFunc = 0x884D,
}

internal enum TextureMinFilter
{
    Nearest = 0x2600,
    Linear = 0x2601,
}

internal enum TextureWrapMode
{
    ClampToEdge = 0x812F,
}

internal enum TextureCompareMode
{
    CompareRefToTexture = 0x884E,
}

internal enum InternalFormat
{
    DepthComponent24 = 0x81A6,
    Rgba8 = 0x8058,
    DepthComponent16 = 0x81A5,
}

internal enum PixelFormat
{
    DepthComponent = 0x1902,
    Rgba = 0x1908,
}

internal enum PixelType
{
    UnsignedByte = 0x1401,
    UnsignedShort = 0x1403,
}

internal enum FramebufferTarget
{
    ReadFramebuffer = 0x8CA8,
    DrawFramebuffer = 0x8CA9,
    Framebuffer = 0x8D40,
}

internal enum FramebufferAttachment
{
    ColorAttachment0 = 0x8CE0,
    DepthAttachment = 0x8D00,
}

internal enum RenderbufferTarget
{
    Renderbuffer = 0x8D41,
}

[Flags]
internal enum ClearBufferMask
{
    DepthBufferBit = 0x0100,
    ColorBufferBit = 0x4000,
}

internal enum BlitFramebufferFilter
{
    Nearest = 0x2600,
}

internal enum DrawBufferMode
{
    None = 0,
    ColorAttachment0 = 0x8CE0,
}

internal enum ReadBufferMode
{
    None = 0,
    ColorAttachment0 = 0x8CE0,
}

internal enum EnableCap
{
    CullFace = 0x0B44,
    DepthTest = 0x0B71,
    Blend = 0x0BE2,
    ScissorTest = 0x0C11,
}

internal enum BlendingFactor
{
    One = 1,
    SrcAlpha = 0x0302,
    OneMinusSrcAlpha = 0x0303,
}

internal enum DepthFunction
{
    Less = 0x0201,
    Lequal = 0x0203,
}

internal enum TriangleFace
{
    Front = 0x0404,
    Back = 0x0405,
}

internal enum StringName
{
    Renderer = 0x1F01,
    Version = 0x1F02,
}

internal enum GetPName
{
    MaxSamples = 0x8D57,
    MajorVersion = 0x821B,
    MinorVersion = 0x821C,
}
