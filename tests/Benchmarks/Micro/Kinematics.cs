using System.Numerics;
using BenchmarkDotNet.Attributes;
using Motion.Sim.Characters;

namespace Motion.Benchmarks.Micro;

/// <summary>Placing the bodies of the shipped humanoid.</summary>
[MemoryDiagnoser]
public class Kinematics
{
    private readonly Character _character = CharacterLibrary.Humanoid();
    private float[] _positions = [];
    private Vector3[] _bodyPositions = [];
    private Quaternion[] _bodyRotations = [];

    [GlobalSetup]
    public void SetUp()
    {
        _positions = new float[_character.PositionCount];
        foreach (Joint joint in _character.Joints.Where(joint => joint.Kind != JointKind.Hinge))
        {
            _positions[joint.PositionIndex + joint.PositionCount - 4] = 1; // w of the quaternion
        }

        _bodyPositions = new Vector3[_character.Bodies.Length];
        _bodyRotations = new Quaternion[_character.Bodies.Length];
    }

    [Benchmark]
    public void PlaceBodies() => ForwardKinematics.Compute(_character, _positions, _bodyPositions, _bodyRotations);
}
