using System.Numerics;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Library;
using Motion.Sim.Clips.Retargeting;
using Motion.Testing;

namespace Motion.Sim.Tests.Clips.Library;

public sealed class ClipLibraryTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Sampling_at_a_frame_gives_that_frame_in_every_world()
    {
        CharacterClip[] clips = [CharacterMotions.Waving("one"), CharacterMotions.Waving("two", frames: 55, phase: 1)];
        using ClipLibrary library = Write(clips);

        // 13 worlds: one block of eight lanes and one that is not full.
        int[] clip = [.. Enumerable.Range(0, 13).Select(world => world % 2)];
        float[] times = [.. Enumerable.Range(0, 13).Select(world => world * 3 / 30f)];
        (float[] positions, float[] velocities) = Sample(library, clip, times);
        for (int world = 0; world < 13; world++)
        {
            AssertWorld(clips[clip[world]].PositionsAt(world * 3), positions, world, 13, 1e-5f, CharacterMotions.Humanoid);
            AssertWorld(clips[clip[world]].VelocitiesAt(world * 3), velocities, world, 13, 1e-3f);
        }
    }

    [Fact]
    public void Sampling_between_frames_goes_along_the_great_circle_at_an_even_pace()
    {
        CharacterClip clip = CharacterMotions.Waving("one");
        using ClipLibrary library = Write([clip]);
        float[] times = [.. Enumerable.Range(0, 100).Select(world => world * 0.0123f)];
        (float[] positions, _) = Sample(library, new int[100], times);
        float[] expected = new float[CharacterMotions.Humanoid.PositionCount];
        for (int world = 0; world < times.Length; world++)
        {
            int before = (int)(times[world] * 30);
            CharacterClipTiming.Interpolate(CharacterMotions.Humanoid, clip.PositionsAt(before), clip.PositionsAt(before + 1), (times[world] * 30) - before, expected);
            AssertWorld(expected, positions, world, 100, 1e-4f, CharacterMotions.Humanoid);
        }
    }

    [Fact]
    public void A_loop_goes_on_from_where_its_cycles_left_the_character()
    {
        // A cycle of 1 s: 2 m forward and a quarter turn to the left. After two cycles from the origin facing +X:
        // (2, 0) and then 2 m along +Y: (2, 2), facing −X; half a cycle later one metre on along −X: (1, 2), heading 225 degrees.
        CharacterClip clip = CharacterMotions.Make(
            31,
            30,
            (time, positions) =>
            {
                PositionVector.SetRootPosition(CharacterMotions.Humanoid.Joints[0], positions, new Vector3(2 * time, 0, 0.9f));
                PositionVector.SetRotation(CharacterMotions.Humanoid.Joints[0], positions, Quaternion.CreateFromAxisAngle(Vector3.UnitZ, MathF.PI / 2 * time));
            },
            isLoop: true);
        using ClipLibrary library = Write([clip]);
        (float[] positions, float[] velocities) = Sample(library, [0], [2.5f]);
        Assert.Equal(1, positions[0], 1e-4f);
        Assert.Equal(2, positions[1], 1e-4f);
        Assert.Equal(0.9f, positions[2], 1e-5f);
        float heading = 2 * MathF.Atan2(positions[6], positions[3]);
        Assert.Equal(0, MathF.IEEERemainder(heading - (225 * MathF.PI / 180), MathF.Tau), 1e-4f);

        // It moves at 2 m/s along −X.
        Assert.Equal(-2, velocities[0], 1e-2f);
        Assert.Equal(0, velocities[1], 1e-2f);
    }

    [Fact]
    public void Times_outside_a_clip_give_its_ends()
    {
        CharacterClip clip = CharacterMotions.Waving("one");
        using ClipLibrary library = Write([clip]);
        (float[] positions, _) = Sample(library, [0, 0], [-5, 500]);
        AssertWorld(clip.PositionsAt(0), positions, 0, 2, 1e-5f, CharacterMotions.Humanoid);
        AssertWorld(clip.PositionsAt(clip.FrameCount - 1), positions, 1, 2, 1e-5f, CharacterMotions.Humanoid);
    }

    [Fact]
    public void Sampling_allocates_nothing()
    {
        using ClipLibrary library = Write([CharacterMotions.Waving("one")]);
        int[] clips = new int[100];
        float[] times = new float[100];
        float[] positions = new float[100 * CharacterMotions.Humanoid.PositionCount];
        float[] velocities = new float[100 * CharacterMotions.Humanoid.VelocityCount];
        library.Sample(clips, times, positions, velocities);
        long before = GC.GetAllocatedBytesForCurrentThread();
        library.Sample(clips, times, positions, velocities);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Clips_keep_their_captions_licence_and_contacts()
    {
        CharacterClip clip = CharacterMotions.Waving("one") with { Captions = ["a person waves"], Licence = "CMU-mocap" };
        clip.Contacts[10] = FootContacts.LeftToe;
        using ClipLibrary library = Write([clip]);
        Assert.Equal("a person waves", Assert.Single(library.Clips[0].Captions));
        Assert.Equal("CMU-mocap", library.Clips[0].Licence);
        FootContacts[] contacts = new FootContacts[2];
        library.SampleContacts([0, 0], [10 / 30f, 0.5f], contacts);
        Assert.Equal([FootContacts.LeftToe, FootContacts.None], contacts);
        Assert.Equal(0, library.IndexOf("one"));
        Assert.Equal(-1, library.IndexOf("two"));
    }

    [Fact]
    public void A_library_of_another_skeleton_is_refused()
    {
        using ClipLibrary library = Write([CharacterMotions.Waving("one")]);
        Character humanoid = CharacterMotions.Humanoid;
        Character other = humanoid with { Name = "taller", Bodies = humanoid.Bodies.SetItem(2, humanoid.Bodies[2] with { Position = new Vector3(0, 0, 0.3f) }) };
        InputException problem = Assert.Throws<InputException>(() => ClipLibrary.Open(_folder.PathOf("clips.bin"), other));
        Assert.Contains("another skeleton ('humanoid') than 'taller'", problem.Message, StringComparison.Ordinal);
        MotionException mixed = Assert.Throws<MotionException>(
            () => LibraryWriter.Write(_folder.PathOf("mixed.bin"), [CharacterMotions.Waving("one"), CharacterMotions.Waving("two") with { Character = other }]));
        Assert.Contains("another skeleton", mixed.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.PathOf("mixed.bin")));
    }

    [Theory]
    [InlineData(0, "is not a clip library")]
    [InlineData(8, "is a clip library of version")]
    [InlineData(24, "its header does not match its checksum")]
    [InlineData(5000, "its content does not match its checksum")]
    [InlineData(-10, "its content does not match its checksum")]
    public void One_changed_byte_is_found(int at, string problem)
    {
        Write([CharacterMotions.Waving("one")]).Dispose();
        string path = _folder.PathOf("clips.bin");
        byte[] bytes = File.ReadAllBytes(path);
        bytes[at < 0 ? bytes.Length + at : at] ^= 0x10;
        File.WriteAllBytes(path, bytes);
        InputException found = Assert.Throws<InputException>(() => ClipLibrary.Open(path, CharacterMotions.Humanoid));
        Assert.Contains(problem, found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_library_that_was_cut_short_is_refused()
    {
        Write([CharacterMotions.Waving("one")]).Dispose();
        string path = _folder.PathOf("clips.bin");
        byte[] bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..(bytes.Length / 2)]);
        Assert.Contains("is cut short", Assert.Throws<InputException>(() => ClipLibrary.Open(path, CharacterMotions.Humanoid)).Message, StringComparison.Ordinal);
    }

    private ClipLibrary Write(IReadOnlyList<CharacterClip> clips)
    {
        string path = _folder.PathOf("clips.bin");
        LibraryWriter.Write(path, clips);
        return ClipLibrary.Open(path, CharacterMotions.Humanoid);
    }

    private static (float[] Positions, float[] Velocities) Sample(ClipLibrary library, int[] clips, float[] times)
    {
        float[] positions = new float[clips.Length * library.Character.PositionCount];
        float[] velocities = new float[clips.Length * library.Character.VelocityCount];
        library.Sample(clips, times, positions, velocities);
        return (positions, velocities);
    }

    // With a character, quaternions are compared as rotations: the library may store their negatives.
    private static void AssertWorld(ReadOnlySpan<float> expected, float[] sampled, int world, int worlds, float tolerance, Character? character = null)
    {
        float[] found = new float[expected.Length];
        for (int at = 0; at < found.Length; at++)
        {
            found[at] = sampled[(at * worlds) + world];
        }

        foreach (Joint joint in character?.Joints ?? [])
        {
            if (joint.Kind != JointKind.Hinge && Quaternion.Dot(PositionVector.Rotation(joint, expected), PositionVector.Rotation(joint, found)) < 0)
            {
                PositionVector.SetRotation(joint, found, -PositionVector.Rotation(joint, found));
            }
        }

        for (int at = 0; at < found.Length; at++)
        {
            Assert.Equal(expected[at], found[at], tolerance);
        }
    }
}
