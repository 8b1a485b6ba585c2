namespace Motion.Sim.Clips.Writing;

/// <summary>Joint names as files can carry them.</summary>
internal static class FileNames
{
    /// <summary>
    /// Names without white space, braces and control characters, none empty, no two alike: [joint]. A name that is fine stays as it is.
    /// </summary>
    public static string[] Of(Skeleton skeleton)
    {
        HashSet<string> taken = new(StringComparer.Ordinal);
        string[] names = new string[skeleton.Joints.Length];
        for (int joint = 0; joint < names.Length; joint++)
        {
            string clean = string.Concat(skeleton.Joints[joint].Name.Trim().Select(letter => IsPlain(letter) ? letter : '_'));
            clean = clean.Length == 0 ? "joint" : clean;
            string name = clean;
            for (int copy = 2; !taken.Add(name); copy++)
            {
                name = $"{clean}_{copy}";
            }

            names[joint] = name;
        }

        return names;
    }

    private static bool IsPlain(char letter) =>
        !char.IsWhiteSpace(letter) && !char.IsControl(letter) && !char.IsSurrogate(letter) && letter is not ('{' or '}' or '"' or ',');
}
