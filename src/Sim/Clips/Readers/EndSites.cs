namespace Motion.Sim.Clips.Readers;

/// <summary>Names for end sites, which have none in files.</summary>
internal static class EndSites
{
    /// <summary>The parent's name and "_end", with a number when that is taken; the name is added to those taken.</summary>
    public static string Name(string parent, HashSet<string> taken)
    {
        string name = $"{parent}_end";
        for (int number = 2; !taken.Add(name); number++)
        {
            name = $"{parent}_end{number}";
        }

        return name;
    }
}
