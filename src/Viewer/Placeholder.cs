namespace Motion.Viewer;

internal static class Placeholder;
