namespace Motion.Distillation;

internal static class Placeholder;
