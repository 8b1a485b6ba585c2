using System.Collections.Immutable;

namespace Motion.Viewer.Live;

/// <summary>
/// What moves the character of a <see cref="LiveWorld"/>: a policy that obeys sentences, a planner, a reference, or nothing but chance. It is made for
/// one world, and all calls come from one thread. Several drivers may share a world; only the one in charge is called.
/// </summary>
/// <remarks>
/// A driver's results depend on nothing but the world and the calls: the same calls from the same state give the same motion, so that stepping back and
/// playing again shows what was shown.
/// </remarks>
public interface ILiveDriver : IDisposable
{
    /// <summary>Its name, as on the command line: <c>global</c>, <c>expert</c>, <c>reference</c> …</summary>
    string Name { get; }

    /// <summary>What it does now, in one line: <c>walk_forward</c>, or the sentence that it follows.</summary>
    string Doing { get; }

    /// <summary>Sentences that it knows, for suggestions while typing; empty when it takes none.</summary>
    IReadOnlyList<string> Captions { get; }

    /// <summary>The clip that it follows, or null when it follows none.</summary>
    ILiveReference? Reference { get; }

    /// <summary>What it plans, as it is now; null for a driver that does not plan. One that plans takes places on the ground too: <see cref="GroundWords"/>.</summary>
    LivePlan? Plan => null;

    /// <summary>Puts the character where this driver begins: everything before is forgotten.</summary>
    void Begin();

    /// <summary>Takes charge of the world as it stands, after another driver.</summary>
    void TakeOver();

    /// <summary>Takes a sentence. What is not understood changes nothing: the character goes on with what it did.</summary>
    /// <param name="sentence">Anything that was typed: empty, long, of control characters, emoji or any language.</param>
    Reply Say(string sentence);

    /// <summary>Sets the controls of the world's batch and steps it by one control step.</summary>
    /// <exception cref="MotionException">It cannot go on.</exception>
    void Step();

    /// <summary>All that decides what it does next, but for the world itself; not changed by later steps.</summary>
    object Save();

    /// <summary>Goes back to where <see cref="Save"/> was called; the world has been put back already.</summary>
    /// <param name="state">What this driver saved.</param>
    void Restore(object state);
}

/// <summary>The clip that a driver follows: shown as a ghost, and a place to start from.</summary>
public interface ILiveReference
{
    /// <summary>Name of the clip.</summary>
    string Clip { get; }

    /// <summary>Frame, at the control rate, that the character should match now; of a loop, within its cycle.</summary>
    int Frame { get; }

    /// <summary>Its last frame.</summary>
    int Last { get; }

    /// <summary>Names of the reward's terms.</summary>
    ImmutableArray<string> TermNames { get; }

    /// <summary>The reward's terms after the last step, each from 0 to its weight: [term].</summary>
    ImmutableArray<float> Terms { get; }

    /// <summary>The pose of a frame, placed in the world where the character follows it.</summary>
    /// <param name="frame">0 … <see cref="Last"/>.</param>
    /// <param name="positions">Result: a position vector of the character.</param>
    void Pose(int frame, Span<float> positions);

    /// <summary>Puts the character into the pose of a frame, and goes on from there.</summary>
    /// <param name="frame">0 … <see cref="Last"/>.</param>
    void StartAt(int frame);
}

/// <summary>A known caption beside a typed sentence.</summary>
/// <param name="Caption">The caption.</param>
/// <param name="Clip">The clip it is about.</param>
/// <param name="Score">How near the two are, −1 to 1.</param>
public sealed record NearSentence(string Caption, string Clip, float Score);

/// <summary>What a driver answers to a sentence.</summary>
/// <param name="Sentence">The sentence, fit to be shown: cut when long, without control characters.</param>
/// <param name="IsAccepted">Whether it is acted on.</param>
/// <param name="Message">One sentence for the person who typed it.</param>
/// <param name="Nearest">The nearest known captions, the nearest first.</param>
public sealed record Reply(string Sentence, bool IsAccepted, string Message, ImmutableArray<NearSentence> Nearest);
