using Motion.Sim.Clips.Readers;

namespace Motion.Sim.Tests.Clips.BadInput;

/// <summary>Files too large to lie in a folder: made while they are read, and refused long before their end.</summary>
public sealed class HugeFilesTests
{
    private const string Motion = "HIERARCHY\nROOT j\n{\nOFFSET 0 0 0\nCHANNELS 1 Xrotation\n}\nMOTION\nFrames: 1000000\nFrame Time: 0.01\n";

    [Fact]
    public void Million_joints_are_refused_at_the_first_too_many()
    {
        // The root and 1,023 joints of four lines each are let in; the next begins on line 5 + 4 * 1023.
        IEnumerable<string> text = Enumerable.Range(0, 1_000_000).Select(i => Joint(i)).Prepend("HIERARCHY\nROOT r\n{\nOFFSET 0 0 0\n");

        Assert.Equal("a.bvh:4097:7: more than 1024 joints", Refusal(text, out long read));
        Assert.InRange(read, 1, 200_000);
    }

    [Fact]
    public void Endless_line_is_refused()
    {
        Assert.Equal("a.bvh:10:1048577: the line is longer than 1048576 bytes", Refusal(Enumerable.Repeat("0 ", 100_000_000).Prepend(Motion), out long read));
        Assert.InRange(read, 1 << 20, 4 << 20);
    }

    [Fact]
    public void Endless_name_is_refused() =>
        Assert.Equal("a.bvh:2:1048577: the line is longer than 1048576 bytes", Refusal(Enumerable.Repeat("name", 100_000_000).Prepend("HIERARCHY\nROOT "), out _));

    [Fact]
    public void Endless_nesting_is_refused()
    {
        IEnumerable<string> text = Enumerable.Range(0, 1_000_000).Select(i => $"JOINT j{i}\n{{\n").Prepend("HIERARCHY\nROOT r\n{\n");

        Assert.Equal("a.bvh:258:7: joints are nested deeper than 128", Refusal(text, out _));
    }

    [Fact]
    public void Frames_without_end_stop_at_the_promised_number()
    {
        string motion = Motion.Replace("1000000", "1000", StringComparison.Ordinal);

        Assert.Equal("a.bvh:1010:1: wanted the end after 1000 frames as Frames: says, found '0'; correct the count", Refusal(Enumerable.Repeat("0\n", 100_000_000).Prepend(motion), out _));
    }

    [Fact]
    public void File_past_the_limit_is_refused() =>
        Assert.Equal("a.bvh: the file is longer than 100000 bytes", Refusal(Enumerable.Repeat("0\n", 500_000).Prepend(Motion), out _, new ReaderLimits { FileBytes = 100_000 }));

    [Fact]
    public void Frames_times_joints_are_limited()
    {
        string text = Motion.Replace("}\nMOTION", string.Concat(Enumerable.Range(0, 1000).Select(i => Joint(i))) + "}\nMOTION", StringComparison.Ordinal);

        Assert.Equal("a.bvh:4008:9: 1000000 frames of 1001 joints are more than the 33520 that are read; split the recording", Refusal([text], out _));
    }

    private static string Joint(int number) => $"JOINT j{number}\n{{\nOFFSET 0 0 0\n}}\n";

    private static string Refusal(IEnumerable<string> parts, out long read, ReaderLimits? limits = null)
    {
        using TextStream stream = new(parts);
        long before = GC.GetAllocatedBytesForCurrentThread();
        string message = Assert.Throws<InputException>(() => BvhReader.Read(stream, "a.bvh", limits)).Message;
        read = stream.BytesRead;

        // What the parts themselves allocate stays far below a file's size.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 << 20);
        return message;
    }
}
