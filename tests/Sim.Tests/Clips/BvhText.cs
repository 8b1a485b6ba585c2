using System.Text;
using Motion.Sim.Clips;
using Motion.Sim.Clips.Readers;

namespace Motion.Sim.Tests.Clips;

/// <summary>Small BVH files for tests.</summary>
internal static class BvhText
{
    /// <summary>Two joints and an end site, two frames at 30 fps, 9 channels.</summary>
    public const string Small = """
        HIERARCHY
        ROOT Hips
        {
          OFFSET 0 0 0
          CHANNELS 6 Xposition Yposition Zposition Zrotation Yrotation Xrotation
          JOINT Spine
          {
            OFFSET 0 10 0
            CHANNELS 3 Zrotation Yrotation Xrotation
            End Site
            {
              OFFSET 0 5 0
            }
          }
        }
        MOTION
        Frames: 2
        Frame Time: 0.033333
        1 2 3 90 0 0 0 0 0
        4 5 6 0 90 0 10 20 30

        """;

    /// <summary>Reads text.</summary>
    public static RawClip Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    /// <summary>Reads bytes.</summary>
    public static RawClip Read(byte[] bytes) => BvhReader.Read(new MemoryStream(bytes), "small.bvh");
}
