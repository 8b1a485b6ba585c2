namespace Motion.Language;

internal static class Placeholder;
