using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Retargeting;
using Motion.Testing;

namespace Motion.Sim.Tests.Clips.Retargeting;

/// <summary>Rates, velocities, mirror images and cycles of character clips.</summary>
public class CharacterClipTests
{
    private static readonly Character Humanoid = CharacterMotions.Humanoid;

    private static Gen<CharacterClip> AnyClip =>
        from phase in Gen.Choose(0, 1000)
        from frames in Gen.Choose(2, 30)
        from rate in Gen.Elements(24.0, 30.0, 60.0, 120.0)
        select CharacterMotions.Waving("any", frames, rate, phase / 100f);

    [Fact]
    public void Linear_motion_is_resampled_exactly()
    {
        // 1 m/s along X, a hinge at 0.6 rad/s, a ball about a fixed axis at 0.9 rad/s: from 25 to 30 frames a second.
        CharacterClip clip = Steady(26, 25).Resample(30);
        Assert.Equal(31, clip.FrameCount);
        for (int frame = 0; frame < clip.FrameCount; frame++)
        {
            float time = frame / 30f;
            Assert.Equal(time, clip.PositionsAt(frame)[0], 1e-5f);
            Assert.Equal(0.6f * time, clip.PositionsAt(frame)[CharacterMotions.Joint("left_elbow").PositionIndex], 1e-5f);
            Vector3 turn = Rotations.ToVector(PositionVector.Rotation(CharacterMotions.Joint("neck"), clip.PositionsAt(frame)));
            Assert.True(Vector3.Distance(turn, new Vector3(0.54f, 0, 0.72f) * time) < 2e-4f, $"{turn} at {time}");
        }
    }

    [Fact]
    public void Velocities_of_steady_motion_are_the_same_from_the_first_frame_to_the_last()
    {
        CharacterClip clip = Steady(20, 60);
        for (int frame = 0; frame < clip.FrameCount; frame++)
        {
            Assert.Equal(1, clip.VelocitiesAt(frame)[0], 1e-3f);
            Assert.Equal(0.6f, clip.VelocitiesAt(frame)[CharacterMotions.Joint("left_elbow").VelocityIndex], 1e-3f);
            int neck = CharacterMotions.Joint("neck").VelocityIndex;
            Assert.Equal(0.54f, clip.VelocitiesAt(frame)[neck], 1e-3f);
            Assert.Equal(0.72f, clip.VelocitiesAt(frame)[neck + 2], 1e-3f);
        }
    }

    [Fact]
    public void Velocities_of_even_acceleration_are_exact_at_the_ends_too()
    {
        // x = t², 11 frames at 10 a second: v = 2t, so 0 at the start, 1 in the middle, 2 at the end.
        CharacterClip clip = CharacterMotions.Make(11, 10, (time, positions) =>
            PositionVector.SetRootPosition(Humanoid.Joints[0], positions, new Vector3(time * time, 0, 1)));
        Assert.Equal(0, clip.VelocitiesAt(0)[0], 1e-4f);
        Assert.Equal(1, clip.VelocitiesAt(5)[0], 1e-4f);
        Assert.Equal(2, clip.VelocitiesAt(10)[0], 1e-4f);
    }

    [Fact]
    public void Velocities_lead_from_each_frame_to_the_next() => Prop.ForAll(AnyClip.Where(clip => clip.FrameRate >= 60).ToArbitrary(), clip =>
    {
        // The mean of two frames' velocities, over a step, leads from one to the other but for third order terms.
        float step = (float)(1 / clip.FrameRate);
        float worst = 0;
        for (int frame = 0; frame + 1 < clip.FrameCount; frame++)
        {
            float[] mean = [.. clip.VelocitiesAt(frame).ToArray().Zip(clip.VelocitiesAt(frame + 1).ToArray(), (first, second) => (first + second) / 2)];
            float[] left = new float[Humanoid.VelocityCount];
            float[] reached = clip.PositionsAt(frame).ToArray();
            PositionVector.Integrate(Humanoid, reached, mean, step);
            PositionVector.Differentiate(Humanoid, reached, clip.PositionsAt(frame + 1), 1, left);
            worst = Math.Max(worst, left.Max(MathF.Abs));
        }

        return (worst < 1e-3f).Label($"{worst}");
    }).Holds();

    [Fact]
    public void Mirrored_twice_a_motion_is_itself() => Prop.ForAll(AnyClip.ToArbitrary(), clip =>
    {
        clip = clip with { Captions = ["a person turns left"], Contacts = [.. clip.Contacts.Select((_, frame) => (FootContacts)(frame % 16))] };
        CharacterClipMirror mirror = new(Humanoid);
        CharacterClip twice = mirror.Mirror(mirror.Mirror(clip, "m"), clip.Name);
        float[] left = new float[Humanoid.VelocityCount];
        float worst = 0;
        for (int frame = 0; frame < clip.FrameCount; frame++)
        {
            PositionVector.Differentiate(Humanoid, clip.PositionsAt(frame), twice.PositionsAt(frame), 1, left);
            worst = Math.Max(worst, left.Max(MathF.Abs));
        }

        return (worst < 1e-4f).Label($"{worst}").And(twice.Contacts.SequenceEqual(clip.Contacts)).And(twice.Captions.SequenceEqual(clip.Captions));
    }).Holds();

    [Fact]
    public void The_mirror_image_of_the_left_hand_is_the_right_hand()
    {
        CharacterClip clip = CharacterMotions.Waving("left") with { Captions = ["a person waves the left hand"] };
        clip.Contacts[3] = FootContacts.LeftHeel | FootContacts.RightToe;
        CharacterClip mirrored = new CharacterClipMirror(Humanoid).Mirror(clip, "right");
        Assert.Equal("a person waves the right hand", Assert.Single(mirrored.Captions));
        Assert.Equal(FootContacts.RightHeel | FootContacts.LeftToe, mirrored.Contacts[3]);
        Vector3[] places = new Vector3[Humanoid.Bodies.Length];
        Vector3[] images = new Vector3[Humanoid.Bodies.Length];
        Quaternion[] turns = new Quaternion[Humanoid.Bodies.Length];
        for (int frame = 0; frame < clip.FrameCount; frame++)
        {
            ForwardKinematics.Compute(Humanoid, clip.PositionsAt(frame), places, turns);
            ForwardKinematics.Compute(Humanoid, mirrored.PositionsAt(frame), images, turns);
            foreach ((string body, string partner) in new[] { ("left_hand", "right_hand"), ("right_foot", "left_foot"), ("head", "head") })
            {
                Vector3 place = places[Humanoid.BodyIndex(body)];
                Assert.True(Vector3.Distance(place with { Y = -place.Y }, images[Humanoid.BodyIndex(partner)]) < 1e-4f);
            }
        }
    }

    [Fact]
    public void A_one_sided_character_cannot_be_mirrored()
    {
        Character lopsided = Humanoid with { Bodies = Humanoid.Bodies.SetItem(Humanoid.BodyIndex("left_shin"), Humanoid.Bodies[Humanoid.BodyIndex("left_shin")] with { Position = new Vector3(0, 0, -0.5f) }) };
        Assert.Contains("cannot be mirrored: body 'right_shin'", Assert.Throws<MotionException>(() => new CharacterClipMirror(lopsided)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_move_repeated_is_that_many_moves() => Prop.ForAll(Gen.Choose(-300, 300).Three().ToArbitrary(), Gen.Choose(-5, 5).ToArbitrary(), (move, times) =>
    {
        GroundDisplacement once = new(move.Item1 / 100f, new Vector3(move.Item2 / 100f, move.Item3 / 100f, 0));
        float[] repeated = PositionVector.Rest(Humanoid);
        once.Repeated(times).Apply(Humanoid, repeated);
        float[] stepped = PositionVector.Rest(Humanoid);
        GroundDisplacement step = times >= 0 ? once : once.Repeated(-1);
        for (int at = 0; at < Math.Abs(times); at++)
        {
            step.Apply(Humanoid, stepped);
        }

        Vector3 apart = PositionVector.RootPosition(Humanoid.Joints[0], repeated) - PositionVector.RootPosition(Humanoid.Joints[0], stepped);
        float turned = Rotations.ToVector(PositionVector.Rotation(Humanoid.Joints[0], repeated) * Quaternion.Conjugate(PositionVector.Rotation(Humanoid.Joints[0], stepped))).Length();
        return (apart.Length() < 1e-3f && turned < 1e-3f).Label($"{apart} {turned}");
    }).Holds();

    [Fact]
    public void A_swing_that_repeats_is_found_as_a_cycle_of_its_whole_periods()
    {
        // A period of a second, 2.4 s long: the longest cycle is two periods.
        CharacterClip clip = Swinging(2.4f);
        LoopSpan span = Assert.IsType<LoopSpan>(LoopFinder.Find(clip));
        Assert.Equal(60, span.End - span.Start);
        Assert.InRange(span.Mismatch, 0, 0.01f);

        // The same for a clip that never comes back, and for one that stands still.
        Assert.Null(LoopFinder.Find(CharacterMotions.Make(60, 30, (time, positions) => CharacterMotions.Turn(positions, "left_hip", new Vector3(0, -0.6f * time, 0)))));
        Assert.Null(LoopFinder.Find(CharacterMotions.Make(60, 30, (_, _) => { })));
    }

    [Fact]
    public void A_resampled_loop_still_closes()
    {
        CharacterClip loop = CharacterMotions.Make(25, 25, Swing, isLoop: true);
        CharacterClip clip = loop.Resample(30);
        float[] first = clip.PositionsAt(0).ToArray();
        GroundDisplacement.Between(Humanoid, clip.PositionsAt(0), clip.PositionsAt(clip.FrameCount - 1)).Apply(Humanoid, first);
        float[] expected = loop.PositionsAt(0).ToArray();
        GroundDisplacement.Between(Humanoid, loop.PositionsAt(0), loop.PositionsAt(24)).Apply(Humanoid, expected);
        for (int at = 0; at < first.Length; at++)
        {
            Assert.Equal(expected[at], first[at], 1e-5f);
        }

        // 24 intervals at 25 a second are 0.96 s: 28.8 intervals at 30, so 29.
        Assert.Equal(30, clip.FrameCount);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(1e6)]
    public void A_rate_that_is_none_is_refused(double rate) =>
        Assert.Equal(ExitCode.BadConfiguration, Assert.Throws<MotionException>(() => Steady(5, 30).Resample(rate)).ExitCode);

    private static CharacterClip Steady(int frames, double rate) => CharacterMotions.Make(frames, rate, (time, positions) =>
    {
        PositionVector.SetRootPosition(Humanoid.Joints[0], positions, new Vector3(time, 0, 1));
        positions[CharacterMotions.Joint("left_elbow").PositionIndex] = 0.6f * time;
        CharacterMotions.Turn(positions, "neck", new Vector3(0.54f, 0, 0.72f) * time);
    });

    private static CharacterClip Swinging(float seconds) => CharacterMotions.Make((int)(seconds * 30) + 1, 30, Swing);

    private static void Swing(float time, float[] positions)
    {
        PositionVector.SetRootPosition(Humanoid.Joints[0], positions, new Vector3(1.3f * time, 0, 0.89f));
        float swing = 0.5f * MathF.Sin(MathF.Tau * time);
        CharacterMotions.Turn(positions, "left_hip", new Vector3(0, swing, 0));
        CharacterMotions.Turn(positions, "right_hip", new Vector3(0, -swing, 0));
    }
}
