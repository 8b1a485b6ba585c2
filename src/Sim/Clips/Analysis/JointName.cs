namespace Motion.Sim.Clips.Analysis;

/// <summary>The side of the body a name speaks of.</summary>
internal enum NameSide
{
    None,
    Left,
    Right,
}

/// <summary>
/// What a joint's name says it is. Some words mean different joints in different conventions ("leg" is a shin beside "upleg" and a
/// thigh beside "shin"), so they keep a part of their own until the whole skeleton has been read.
/// </summary>
internal enum NamePart
{
    Unknown,
    Ignored,
    Hips,
    Hip,
    Spine,
    Chest,
    Neck,
    Head,
    Clavicle,
    Shoulder,
    UpperArm,
    Arm,
    LowerArm,
    Hand,
    Thigh,
    Leg,
    Shin,
    Ankle,
    Foot,
    Toe,
}

/// <summary>A joint's name taken apart.</summary>
internal readonly record struct JointName(NameSide Side, NamePart Part)
{
    // Longest words first, so that "forearm" is met before "arm".
    private static readonly (string Word, NamePart Part)[] s_words =
    [
        .. new (string Word, NamePart Part)[]
        {
            ("thumb", NamePart.Ignored), ("finger", NamePart.Ignored), ("fingers", NamePart.Ignored), ("index", NamePart.Ignored), ("middle", NamePart.Ignored),
            ("mid", NamePart.Ignored), ("ring", NamePart.Ignored), ("pinky", NamePart.Ignored), ("little", NamePart.Ignored), ("eye", NamePart.Ignored),
            ("jaw", NamePart.Ignored), ("twist", NamePart.Ignored), ("roll", NamePart.Ignored), ("heel", NamePart.Ignored), ("palm", NamePart.Ignored),
            ("hipjoint", NamePart.Ignored), ("buttock", NamePart.Ignored), ("nub", NamePart.Ignored), ("breast", NamePart.Ignored), ("tongue", NamePart.Ignored),
            ("inhand", NamePart.Ignored), ("prop", NamePart.Ignored), ("metacarpal", NamePart.Ignored), ("fingerbase", NamePart.Ignored),
            ("hips", NamePart.Hips), ("pelvis", NamePart.Hips), ("hipcenter", NamePart.Hips), ("root", NamePart.Hips), ("hip", NamePart.Hip),
            ("spine", NamePart.Spine), ("abdomen", NamePart.Spine), ("lowerback", NamePart.Spine), ("upperback", NamePart.Spine), ("waist", NamePart.Spine),
            ("lowerwaist", NamePart.Spine), ("belly", NamePart.Spine), ("torso", NamePart.Chest), ("chest", NamePart.Chest), ("thorax", NamePart.Chest),
            ("upperchest", NamePart.Chest), ("neck", NamePart.Neck), ("lowerneck", NamePart.Neck), ("upperneck", NamePart.Neck), ("head", NamePart.Head),
            ("clavicle", NamePart.Clavicle), ("collar", NamePart.Clavicle), ("collarbone", NamePart.Clavicle), ("shoulder", NamePart.Shoulder), ("shldr", NamePart.Shoulder),
            ("upperarm", NamePart.UpperArm), ("uparm", NamePart.UpperArm), ("uarm", NamePart.UpperArm), ("humerus", NamePart.UpperArm), ("arm", NamePart.Arm),
            ("forearm", NamePart.LowerArm), ("lowerarm", NamePart.LowerArm), ("lowarm", NamePart.LowerArm), ("farm", NamePart.LowerArm),
            ("elbow", NamePart.LowerArm), ("radius", NamePart.LowerArm), ("ulna", NamePart.LowerArm),
            ("hand", NamePart.Hand), ("wrist", NamePart.Hand),
            ("thigh", NamePart.Thigh), ("upleg", NamePart.Thigh), ("upperleg", NamePart.Thigh), ("femur", NamePart.Thigh), ("leg", NamePart.Leg),
            ("shin", NamePart.Shin), ("calf", NamePart.Shin), ("lowleg", NamePart.Shin), ("lowerleg", NamePart.Shin), ("tibia", NamePart.Shin), ("knee", NamePart.Shin),
            ("ankle", NamePart.Ankle), ("foot", NamePart.Foot),
            ("toe", NamePart.Toe), ("toes", NamePart.Toe), ("toebase", NamePart.Toe), ("ball", NamePart.Toe),
        }.OrderByDescending(entry => entry.Word.Length),
    ];

    /// <summary>Takes a name apart, whatever its prefixes, separators and case.</summary>
    public static JointName Parse(string name)
    {
        int colon = name.LastIndexOf(':');
        List<string> tokens = Tokens(name[(colon + 1)..]);
        NameSide side = NameSide.None;
        for (int token = tokens.Count - 1; token >= 0; token--)
        {
            NameSide told = tokens[token] switch { "l" or "left" or "lft" or "lf" => NameSide.Left, "r" or "right" or "rgt" or "rt" => NameSide.Right, _ => NameSide.None };
            if (told != NameSide.None)
            {
                side = told;
                tokens.RemoveAt(token);
            }
        }

        string word = string.Concat(tokens);
        if (side == NameSide.None)
        {
            (side, word) = SideStuckToWord(word);
        }

        return new JointName(side, PartOf(word, tokens));
    }

    private static NamePart PartOf(string word, List<string> tokens)
    {
        if (tokens.Exists(token => token is "end" or "site" or "nub" or "twist" or "roll" or "ik" or "thumb" or "index" or "eye" or "finger" or "fingers"))
        {
            return NamePart.Ignored;
        }

        foreach ((string known, NamePart part) in s_words)
        {
            if (word == known)
            {
                return part;
            }
        }

        foreach ((string known, NamePart part) in s_words)
        {
            if (word.EndsWith(known, StringComparison.Ordinal))
            {
                return part;
            }
        }

        return NamePart.Unknown;
    }

    private static (NameSide Side, string Word) SideStuckToWord(string word)
    {
        foreach ((string prefix, NameSide side) in new[] { ("left", NameSide.Left), ("right", NameSide.Right), ("l", NameSide.Left), ("r", NameSide.Right) })
        {
            if (word.StartsWith(prefix, StringComparison.Ordinal) && s_words.Any(entry => entry.Word == word[prefix.Length..]))
            {
                return (side, word[prefix.Length..]);
            }
        }

        return (NameSide.None, word);
    }

    // Lower-case runs of letters: split where letters end and where a capital begins a new word ("LHipJoint" is l, hip, joint).
    private static List<string> Tokens(string name)
    {
        List<string> tokens = [];
        int start = -1;
        for (int at = 0; at <= name.Length; at++)
        {
            bool letter = at < name.Length && char.IsLetter(name[at]);
            bool newWord = letter && start >= 0 && char.IsUpper(name[at])
                && (char.IsLower(name[at - 1]) || (at + 1 < name.Length && char.IsLower(name[at + 1])));
            if (start >= 0 && (!letter || newWord))
            {
                tokens.Add(name[start..at].ToLowerInvariant());
                start = -1;
            }

            if (letter && start < 0)
            {
                start = at;
            }
        }

        return tokens;
    }
}
