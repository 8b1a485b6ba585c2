namespace Silk.NET.OpenGL;

internal sealed unsafe partial class GL
{
    public uint GenTexture() => Generate("glGenTextures");

    public void DeleteTexture(uint textures) => Delete("glDeleteTextures", textures);

    public void ActiveTexture(TextureUnit texture) => ((delegate* unmanaged<TextureUnit, void>)Find("glActiveTexture"))(texture);

    public void BindTexture(TextureTarget target, uint texture) => ((delegate* unmanaged<TextureTarget, uint, void>)Find("glBindTexture"))(target, texture);

    public void TexImage2D(
        TextureTarget target, int level, InternalFormat internalformat, uint width, uint height, int border, PixelFormat format, PixelType type, void* pixels) =>
        ((delegate* unmanaged<TextureTarget, int, InternalFormat, uint, uint, int, PixelFormat, PixelType, void*, void>)Find("glTexImage2D"))(
            target, level, internalformat, width, height, border, format, type, pixels);

    public void TexParameter(TextureTarget target, TextureParameterName pname, int param) =>
        ((delegate* unmanaged<TextureTarget, TextureParameterName, int, void>)Find("glTexParameteri"))(target, pname, param);

    public uint GenFramebuffer() => Generate("glGenFramebuffers");

    public void DeleteFramebuffer(uint framebuffers) => Delete("glDeleteFramebuffers", framebuffers);

    public void BindFramebuffer(FramebufferTarget target, uint framebuffer) =>
        ((delegate* unmanaged<FramebufferTarget, uint, void>)Find("glBindFramebuffer"))(target, framebuffer);

    public void FramebufferTexture2D(FramebufferTarget target, FramebufferAttachment attachment, TextureTarget textarget, uint texture, int level) =>
        ((delegate* unmanaged<FramebufferTarget, FramebufferAttachment, TextureTarget, uint, int, void>)Find("glFramebufferTexture2D"))(
            target, attachment, textarget, texture, level);

    public void FramebufferRenderbuffer(FramebufferTarget target, FramebufferAttachment attachment, RenderbufferTarget renderbuffertarget, uint renderbuffer) =>
        ((delegate* unmanaged<FramebufferTarget, FramebufferAttachment, RenderbufferTarget, uint, void>)Find("glFramebufferRenderbuffer"))(
            target, attachment, renderbuffertarget, renderbuffer);

    public uint GenRenderbuffer() => Generate("glGenRenderbuffers");

    public void DeleteRenderbuffer(uint renderbuffers) => Delete("glDeleteRenderbuffers", renderbuffers);

    public void BindRenderbuffer(RenderbufferTarget target, uint renderbuffer) =>
        ((delegate* unmanaged<RenderbufferTarget, uint, void>)Find("glBindRenderbuffer"))(target, renderbuffer);

    public void RenderbufferStorageMultisample(RenderbufferTarget target, uint samples, InternalFormat internalformat, uint width, uint height) =>
        ((delegate* unmanaged<RenderbufferTarget, uint, InternalFormat, uint, uint, void>)Find("glRenderbufferStorageMultisample"))(
            target, samples, internalformat, width, height);

    public void BlitFramebuffer(
        int srcX0, int srcY0, int srcX1, int srcY1, int dstX0, int dstY0, int dstX1, int dstY1, ClearBufferMask mask, BlitFramebufferFilter filter) =>
        ((delegate* unmanaged<int, int, int, int, int, int, int, int, ClearBufferMask, BlitFramebufferFilter, void>)Find("glBlitFramebuffer"))(
            srcX0, srcY0, srcX1, srcY1, dstX0, dstY0, dstX1, dstY1, mask, filter);

    public void DrawBuffer(DrawBufferMode buf) => ((delegate* unmanaged<DrawBufferMode, void>)Find("glDrawBuffer"))(buf);

    public void ReadBuffer(ReadBufferMode src) => ((delegate* unmanaged<ReadBufferMode, void>)Find("glReadBuffer"))(src);

    public void ReadPixels(int x, int y, uint width, uint height, PixelFormat format, PixelType type, void* pixels) =>
        ((delegate* unmanaged<int, int, uint, uint, PixelFormat, PixelType, void*, void>)Find("glReadPixels"))(x, y, width, height, format, type, pixels);
}
