namespace Motion.Distillation.Groups;

/// <summary>What a group's policy learns from.</summary>
public enum GroupMethod
{
    /// <summary>Its experts at first, then both the adversary's reward and its experts (SuperPADL's second stage).</summary>
    AdversarialCloning,

    /// <summary>The adversary's reward alone (PADL).</summary>
    Adversarial,

    /// <summary>Its experts alone, in states that they come to themselves.</summary>
    Cloning,
}

/// <summary>Methods by the names that people type.</summary>
public static class GroupMethods
{
    /// <summary>The names, the usual one first.</summary>
    public static IReadOnlyList<string> Names { get; } = ["adversarial+cloning", "adversarial", "cloning"];

    /// <summary>The name of a method.</summary>
    public static string NameOf(GroupMethod method) => Names[(int)method];

    /// <summary>The method of a name.</summary>
    /// <exception cref="MotionException">There is none of that name.</exception>
    public static GroupMethod Read(string name) => Names.ToList().IndexOf(name) is >= 0 and int index
        ? (GroupMethod)index
        : throw new MotionException(ExitCode.BadConfiguration, $"there is no method '{name}'; there are {string.Join(", ", Names)}");
}
