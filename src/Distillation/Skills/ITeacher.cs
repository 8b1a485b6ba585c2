using Motion.Sim.Skills;

namespace Motion.Distillation.Skills;

/// <summary>Knows what to do in any state that a student comes to.</summary>
public interface ITeacher : IDisposable
{
    /// <summary>What it is called in cards and tables.</summary>
    string Name { get; }

    /// <summary>What it would do in every world for what the world is told.</summary>
    /// <param name="task">The worlds, as last observed.</param>
    /// <param name="actions">Result, in the task's action space: [world × action].</param>
    void Label(SkillTask task, Span<float> actions);
}
