using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Motion.Sim.Tests.Clips.BadInput;

/// <summary>One way to damage a file.</summary>
/// <param name="Kind">What is done: see <see cref="Damage"/>.</param>
/// <param name="At">Where, taken modulo the length.</param>
/// <param name="Value">With what, or how much.</param>
internal readonly record struct Edit(int Kind, int At, int Value)
{
    private const int Kinds = 8;

    /// <summary>What often breaks readers of text.</summary>
    private static readonly byte[][] Tokens =
    [
        .. new[]
        {
            "nan", "-inf", "1e999", "1e-999", "-", "+", ".", "1.", "99999999999999999999", "-2147483649", "0", "0.0", "1,5", "{", "}", "[", "]", "\"", ",", ":", "\n", "\r",
            "\r\n", "\t", "\0", "JOINT a\n{\n", "ROOT b\n{\n", "End Site\n{\n", "OFFSET 1 2 3\n", "CHANNELS 3 Xrotation Yrotation Zrotation\n", "CHANNELS 0\n", "MOTION\n",
            "Frames: 1000000\n", "Frame Time: 0\n", ":bonedata\n", ":hierarchy\n", "begin\n", "end\n", "root", "dof rx ry rz tx l\n", "axis 1 2 3 ZYX\n", "#", "null", "true", "{}", "[[", "]]",
            "é", "\ufeff", "\u202e",
        }.Select(Encoding.UTF8.GetBytes),
        [0xFF], [0xFF, 0xFE], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0x50, 0x4B, 0x05, 0x06], [0x50, 0x4B, 0x01, 0x02], [0xFF, 0xFF, 0xFF, 0xFF], [0, 0, 0, 0x80],
    ];

    /// <summary>One to four edits.</summary>
    public static Arbitrary<Edit[]> Several { get; } =
        Gen.Choose(0, int.MaxValue - 1).Three().Select(three => new Edit(three.Item1 % Kinds, three.Item2, three.Item3))
            .NonEmptyListOf().Resize(4).Select(list => list.ToArray()).ToArbitrary();

    /// <summary>Damages a copy of a file.</summary>
    public static byte[] Apply(byte[] file, IEnumerable<Edit> edits) => edits.Aggregate(file, (bytes, edit) => edit.Damage(bytes));

    private byte[] Damage(byte[] bytes)
    {
        if (bytes.Length == 0)
        {
            return Tokens[Value % Tokens.Length];
        }

        int at = At % bytes.Length;
        int length = Math.Min(Value % 40, bytes.Length - at);
        byte[] token = Tokens[Value % Tokens.Length];
        return Kind switch
        {
            0 => bytes[..at],
            1 => [.. bytes[..at], .. bytes[(at + length)..]],
            2 => [.. bytes[..(at + length)], .. bytes[at..]],
            3 => [.. bytes[..at], .. token, .. bytes[at..]],
            4 => [.. bytes[..at], .. token, .. bytes[Math.Min(bytes.Length, at + token.Length)..]],
            5 => [.. bytes[..at], (byte)(bytes[at] ^ (1 << (Value & 7))), .. bytes[(at + 1)..]],
            6 => [.. bytes[..at], (byte)Value, .. bytes[(at + 1)..]],
            _ => [.. bytes[..at], .. bytes[(Value % bytes.Length)..Math.Min(bytes.Length, (Value % bytes.Length) + length)], .. bytes[at..]],
        };
    }
}
