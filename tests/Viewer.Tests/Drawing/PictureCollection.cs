namespace Motion.Viewer.Tests.Drawing;

/// <summary>Tests that draw with OpenGL: one after the other, because a process has one set of panels and the processor draws.</summary>
[CollectionDefinition(Name)]
public sealed class PictureCollection
{
    public const string Name = "pictures";
}
