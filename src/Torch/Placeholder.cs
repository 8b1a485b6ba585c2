namespace Motion.Torch;

internal static class Placeholder;
