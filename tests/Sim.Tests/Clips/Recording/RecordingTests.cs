using Motion.Sim.Characters;
using Motion.Sim.Clips.Recording;
using Motion.Sim.Clips.Retargeting;
using Motion.Testing;

namespace Motion.Sim.Tests.Clips.Recording;

public sealed class RecordingTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Character _humanoid = CharacterLibrary.Humanoid();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void One_world_of_a_batch_is_taken_out_of_its_column()
    {
        const int Worlds = 3;
        MotionRecorder recorder = new(_humanoid, 30);
        int count = _humanoid.PositionCount;
        // Value of position p in world w at step s: 100 s + p + w / 10.
        for (int step = 0; step < 300; step++)
        {
            recorder.Add([.. Enumerable.Range(0, count * Worlds).Select(at => (100f * step) + (at / Worlds) + (at % Worlds / 10f))], Worlds, world: 2);
        }

        MotionRecording recording = recorder.Finish("run");

        Assert.Equal(300, recording.FrameCount);
        Assert.Equal((100f * 299) + 5 + 0.2f, recording.Positions[(299 * count) + 5]);
    }

    [Fact]
    public void An_archive_gives_back_what_was_recorded()
    {
        MotionRecorder recorder = new(_humanoid, 50);
        recorder.Add(PositionVector.Rest(_humanoid));
        MotionRecording recording = recorder.Finish("rest") with { Licence = "CMU-mocap", Captions = ["a person stands"] };

        RecordingNpz.Write(_folder.PathOf("a.npz"), recording);

        Assert.True(RecordingNpz.Knows(_folder.PathOf("a.npz")));
        MotionRecording copy = RecordingNpz.Read(_folder.PathOf("a.npz"));
        Assert.Equal(recording.Positions, copy.Positions);
        Assert.Equal((recording.Name, recording.FrameRate, recording.Licence, recording.Captions[0]), (copy.Name, copy.FrameRate, copy.Licence, copy.Captions[0]));
        Assert.Equal("humanoid", copy.Character.Name);
    }

    [Fact]
    public void Another_character_s_archive_is_refused_with_both_counts()
    {
        RecordingNpz.Write(_folder.PathOf("a.npz"), new MotionRecording
        {
            Name = "other",
            Character = _humanoid with { Joints = [_humanoid.Joints[0]] },
            FrameRate = 30,
            Positions = new float[14],
        });

        InputException problem = Assert.Throws<InputException>(() => RecordingNpz.Read(_folder.PathOf("a.npz")));

        Assert.Contains($"wanted frames of the {_humanoid.PositionCount} positions of 'humanoid', found [2, 7]", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void As_a_clip_it_has_velocities_and_the_contacts_of_soles_near_the_ground()
    {
        // At rest the soles are on the ground; ten centimetres up in the second half second. Over the two frames about the hop, of thirty a second,
        // that is 1.5 m/s.
        MotionRecorder recorder = new(_humanoid, 30);
        for (int frame = 0; frame < 30; frame++)
        {
            float[] positions = PositionVector.Rest(_humanoid);
            positions[2] += frame < 15 ? 0 : 0.1f;
            recorder.Add(positions);
        }

        CharacterClip clip = recorder.Finish("hop").ToClip();

        Assert.All(clip.Contacts[..15], contacts => Assert.Equal(FootContacts.Left | FootContacts.Right, contacts));
        Assert.All(clip.Contacts[15..], contacts => Assert.Equal(FootContacts.None, contacts));
        Assert.Equal(0, clip.VelocitiesAt(5)[2], 1e-5f);
        Assert.Equal(1.5f, Enumerable.Range(0, 30).Max(frame => clip.VelocitiesAt(frame)[2]), 1e-3f);
        Assert.Contains("motion wants two or more", Assert.Throws<MotionException>(() => new MotionRecording
        {
            Name = "one",
            Character = _humanoid,
            FrameRate = 30,
            Positions = PositionVector.Rest(_humanoid),
        }.ToClip()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_recording_without_frames_is_not_written()
    {
        Assert.Contains("nothing was written", Assert.Throws<MotionException>(() => new MotionRecorder(_humanoid, 30).Finish("empty")).Message, StringComparison.Ordinal);
    }
}
