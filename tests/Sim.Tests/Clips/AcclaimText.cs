using System.Text;
using Motion.Sim.Clips;
using Motion.Sim.Clips.Readers;

namespace Motion.Sim.Tests.Clips;

/// <summary>Small Acclaim files for tests.</summary>
internal static class AcclaimText
{
    /// <summary>A root, a thigh whose axis is turned 20 degrees about z, and a shin with one degree of freedom.</summary>
    public const string Skeleton = """
        # made by hand
        :version 1.10
        :name SMALL
        :units
          mass 1.0
          length 0.45
          angle deg
        :documentation
           begin nothing of this matters
        :root
           order TX TY TZ RX RY RZ
           axis XYZ
           position 0 1 0
           orientation 0 0 0
        :bonedata
          begin
             id 1
             name thigh
             direction 0 -1 0
             length 2
             axis 0 0 20 XYZ
            dof rx ry rz
            limits (-160.0 20.0)
                   (-70.0 70.0)
                   (-60.0 70.0)
          end
          begin
             id 2
             name shin
             direction 0 -1 0
             length 3
             axis 0 0 0 XYZ
            dof rx
          end
        :hierarchy
          begin
            root thigh
            thigh shin
          end

        """;

    /// <summary>Two frames of it.</summary>
    public const string Motion = """
        #!OML:ASF somewhere
        :FULLY-SPECIFIED
        :DEGREES
        1
        root 1 2 3 0 0 0
        thigh 0 0 0
        shin 0
        2
        root 1 2 4 90 0 90
        thigh 30 0 0
        shin 1.5e1

        """;

    /// <summary>Reads motion on a skeleton.</summary>
    public static RawClip Read(string motion = Motion, string skeleton = Skeleton, ReaderOptions? options = null) =>
        AcclaimReader.Read(
            new MemoryStream(Encoding.UTF8.GetBytes(motion)), "small_01.amc", new MemoryStream(Encoding.UTF8.GetBytes(skeleton)), "small.asf", options);
}
