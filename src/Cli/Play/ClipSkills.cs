using Motion.Cli.Motions;
using Motion.Language.Embedding;
using Motion.Policies;
using Motion.Sim.Characters;
using Motion.Sim.Clips.Catalog;
using Motion.Sim.Clips.Importing;
using Motion.Sim.Clips.Retargeting;
using Motion.Sim.Tracking;

namespace Motion.Cli.Play;

/// <summary>The clips that can be asked for by a sentence, each with what tracks it. Clips and experts are read when they are first wanted.</summary>
internal sealed class ClipSkills : IDisposable
{
    private readonly Character _character;
    private readonly string? _motions;
    private readonly Dictionary<string, string> _experts;
    private readonly Dictionary<string, CharacterClip> _clips = [];
    private readonly Dictionary<string, Expert> _loaded = [];

    private ClipSkills(Character character, string? motions, IReadOnlyList<KnownCaption> captions, Dictionary<string, string> experts) =>
        (_character, _motions, Captions, _experts) = (character, motions, captions, experts);

    /// <summary>Every sentence that is known, and its clip.</summary>
    public IReadOnlyList<KnownCaption> Captions { get; }

    /// <summary>Names of the clips, in order.</summary>
    public IEnumerable<string> Names => Captions.Select(caption => caption.Clip).Distinct();

    /// <summary>The clips of experts that hold them.</summary>
    /// <param name="folder">Folder of experts.</param>
    /// <param name="motions">Folder of the catalogue of their clips; the shipped clips when null.</param>
    /// <param name="character">Who acts.</param>
    /// <exception cref="MotionException">There is no expert that holds its clip.</exception>
    public static ClipSkills OfExperts(string folder, string? motions, Character character)
    {
        Dictionary<string, string> experts = [];
        List<KnownCaption> captions = [];
        foreach (string path in ExpertFolder.Find(folder, []))
        {
            ExpertCard card = Policies.Expert.ReadCard(path);
            if (card.IsTracked && !card.Captions.IsEmpty)
            {
                experts[card.Clip] = path;
                captions.AddRange(card.Captions.Select(caption => new KnownCaption(caption, card.Clip)));
            }
        }

        return experts.Count > 0 ? new ClipSkills(character, motions, captions, experts)
            : throw new InputException(folder, 0, 0, "no expert in this folder holds a clip that has captions; './motion train expert' makes some");
    }

    /// <summary>The clips of a catalogue, whether or not anything performs them.</summary>
    /// <param name="motions">Its folder; the shipped clips when null.</param>
    /// <param name="character">Who acts.</param>
    public static ClipSkills OfCatalog(string? motions, Character character)
    {
        ClipCatalog catalog = ClipCatalog.Read(motions ?? MotionFolder.Shipped());
        return new ClipSkills(character, motions, [.. catalog.Entries.SelectMany(entry => entry.Captions.Select(caption => new KnownCaption(caption, entry.Id)))], []);
    }

    /// <summary>The clip, as the character does it.</summary>
    /// <param name="name">Its name, or a motion file.</param>
    /// <exception cref="InputException">There is no such clip.</exception>
    public CharacterClip Clip(string name)
    {
        if (!_clips.TryGetValue(name, out CharacterClip? clip))
        {
            clip = new ClipImport(_character).Import(MotionFolder.Inputs([name], _motions)[0]).Retargeted.Motion;
            _clips[name] = clip;
        }

        return clip;
    }

    /// <summary>The expert of a clip.</summary>
    /// <exception cref="InputException">There is none, or it is not good.</exception>
    public Expert Expert(string name)
    {
        if (!_loaded.TryGetValue(name, out Expert? expert))
        {
            string path = _experts.GetValueOrDefault(name) ?? throw new InputException(name, 0, 0, "no expert performs this clip");
            expert = Policies.Expert.Load(path, _character);
            _loaded[name] = expert;
        }

        return expert;
    }

    /// <summary>How a clip is tracked: as its expert learned, or as usual.</summary>
    public TrackingOptions Tracking(string name) => (_experts.ContainsKey(name) ? Expert(name).Card.Tracking : new TrackingOptions()) with
    {
        FailureDistance = 0,
        FailOnContact = false,
        EpisodeSeconds = 3600,
    };

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Expert expert in _loaded.Values)
        {
            expert.Dispose();
        }
    }
}
