using Motion.Sim.Characters;
using Motion.Sim.Clips.Analysis;

namespace Motion.Sim.Clips.Retargeting;

/// <summary>Gives recordings to a character. One instance serves one character and many recordings, on one thread.</summary>
public sealed class Retargeter
{
    private readonly CharacterRig _rig;
    private readonly ArticulatedTree _tree;

    /// <param name="character">Who shall move.</param>
    /// <exception cref="MotionException">The character is not a person.</exception>
    public Retargeter(Character character)
    {
        _rig = new CharacterRig(character);
        _tree = new ArticulatedTree(character);
    }

    /// <summary>Gives a recording to the character, at the recording's own rate and place.</summary>
    /// <param name="recording">What <see cref="SkeletonAnalysis"/> made of a file.</param>
    public CharacterClip Retarget(AnalysedClip recording)
    {
        SourceMotion source = new(recording);
        RotationTransfer transfer = new(_rig, source, _tree);
        float[] positions = new float[source.FrameCount * _tree.PositionCount];
        transfer.Transfer(positions);
        CharacterClip clip = new()
        {
            Name = recording.Clip.Name,
            Character = _rig.Character,
            FrameRate = recording.Clip.FrameRate,
            Positions = positions,
            Velocities = [],
            Contacts = new FootContacts[source.FrameCount],
            Captions = recording.Clip.Captions,
            Licence = recording.Clip.Licence,
        };
        return clip.WithVelocities();
    }
}
