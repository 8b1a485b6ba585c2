namespace Motion.Policies;

internal static class Placeholder;
