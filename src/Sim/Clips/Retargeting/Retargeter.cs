using System.Numerics;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Analysis;

namespace Motion.Sim.Clips.Retargeting;

/// <summary>Gives recordings to a character. One instance serves one character and many recordings, on one thread.</summary>
public sealed class Retargeter
{
    private const double EnoughRate = 60;

    private readonly CharacterRig _rig;
    private readonly ArticulatedTree _tree;
    private readonly TrajectoryFit _fit;

    /// <param name="character">Who shall move.</param>
    /// <exception cref="MotionException">The character is not a person.</exception>
    public Retargeter(Character character)
    {
        _rig = new CharacterRig(character);
        _tree = new ArticulatedTree(character);
        _fit = new TrajectoryFit(_rig, _tree, new FitWeights());
    }

    /// <summary>
    /// Gives a recording to the character, at its place and at its own rate, or the whole fraction of it that is nearest to 60 frames per second: nothing a
    /// body does is faster.
    /// </summary>
    /// <param name="recording">What <see cref="SkeletonAnalysis"/> made of a file.</param>
    /// <param name="expectCycle">Whether the recording is said to be a cycle.</param>
    public RetargetedClip Retarget(AnalysedClip recording, bool expectCycle = false)
    {
        ArgumentNullException.ThrowIfNull(recording);
        recording = recording with { Clip = Thinned(recording.Clip, Math.Max(1, (int)Math.Round(recording.Clip.FrameRate / EnoughRate))) };
        SourceMotion source = new(recording);
        RotationTransfer transfer = new(_rig, source, _tree);
        float[] positions = new float[source.FrameCount * _tree.PositionCount];
        transfer.Transfer(positions);
        FootContacts[] contacts = ContactDetection.Find(source);
        float[] transferred = [.. positions];
        FootTargets feet = new(_rig, _tree, positions, contacts, source.FrameRate);
        _fit.Fit(positions, feet, source.FrameRate);
        SlidingContacts.Shorten(_rig, _tree, positions, contacts);
        CharacterClip clip = new()
        {
            Name = recording.Clip.Name,
            Character = _rig.Character,
            FrameRate = recording.Clip.FrameRate,
            Positions = positions,
            Velocities = [],
            Contacts = contacts,
            Captions = recording.Clip.Captions,
            Licence = recording.Clip.Licence,
        };
        RetargetReport report = new RetargetMeasurement(_rig, _tree, source, transfer.Scale).Measure(positions, transferred, contacts);
        clip = clip.WithVelocities();
        return new RetargetedClip(clip, LoopFinder.Find(clip, expectCycle) is LoopSpan span ? Close(clip, span) : null, report);
    }

    /// <summary>
    /// Closes a cycle: cuts it out, spreads what is left at the seam evenly over it, and fits contacts and ground anew between its own repetitions, so that feet
    /// hold across the seam.
    /// </summary>
    /// <param name="clip">A motion of the character.</param>
    /// <param name="span">What <see cref="LoopFinder"/> found in it.</param>
    /// <returns>A clip whose last frame is its first, moved on the ground.</returns>
    internal CharacterClip Close(CharacterClip clip, LoopSpan span)
    {
        ArgumentNullException.ThrowIfNull(clip);
        ArgumentNullException.ThrowIfNull(span);
        int count = _tree.PositionCount;
        int frames = span.End - span.Start;
        float[] cycle = LoopClosing.Spread(clip, span);
        float[] three = LoopClosing.Repeat(_rig.Character, cycle, 3);
        FootContacts[] contacts = new FootContacts[(3 * frames) + 1];
        for (int frame = 0; frame < contacts.Length; frame++)
        {
            contacts[frame] = clip.Contacts[span.Start + (frame % frames)];
        }

        _fit.Fit(three, new FootTargets(_rig, _tree, three, contacts, clip.FrameRate), clip.FrameRate);
        CharacterClip middle = clip with { Positions = three[(frames * count)..(((2 * frames) + 1) * count)], Contacts = contacts[frames..((2 * frames) + 1)] };
        return (middle with { IsLoop = true, Positions = LoopClosing.Spread(middle, new LoopSpan(0, frames, 0)) }).WithVelocities();
    }

    private static Clip Thinned(Clip clip, int step)
    {
        if (step == 1)
        {
            return clip;
        }

        int frames = ((clip.FrameCount - 1) / step) + 1;
        int joints = clip.Skeleton.Joints.Length;
        Vector3[] positions = new Vector3[frames];
        Quaternion[] rotations = new Quaternion[frames * joints];
        for (int frame = 0; frame < frames; frame++)
        {
            positions[frame] = clip.RootPositions[frame * step];
            clip.RotationsAt(frame * step).CopyTo(rotations.AsSpan(frame * joints));
        }

        return clip with { FrameRate = clip.FrameRate / step, RootPositions = positions, Rotations = rotations };
    }
}

/// <summary>A recording given to a character, and how well that went.</summary>
/// <param name="Clip">The character's motion.</param>
/// <param name="Cycle">The cycle that it holds, closed, when it is one: a walk, a run; otherwise null.</param>
/// <param name="Report">What was measured.</param>
public sealed record RetargetedClip(CharacterClip Clip, CharacterClip? Cycle, RetargetReport Report)
{
    /// <summary>What controllers learn and libraries hold: the cycle, which goes on for ever, where there is one.</summary>
    public CharacterClip Motion => Cycle ?? Clip;
}
