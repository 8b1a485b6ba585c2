using System.Numerics;
using Motion.Viewer.Drawing;
using Motion.Viewer.Interface;
using Silk.NET.Input;

namespace Motion.Viewer.Live;

/// <summary>What the mouse does on the picture: pulls a body, or moves the camera.</summary>
internal sealed class PlayMouse(PlayWindow window)
{
    private (int Body, Vector3 AnchorBody, Vector3 Held)? _pull;

    /// <summary>Does what the mouse did in this frame.</summary>
    /// <param name="places">Origins of the bodies as they are shown, m.</param>
    /// <param name="rotations">Orientations of the bodies as they are shown.</param>
    public void Obey(Vector3[] places, Quaternion[] rotations)
    {
        UserInput input = window.Host.Input;
        (int width, int height) = (window.Host.Target.Width, window.Host.Target.Height);
        FollowCamera camera = window.Camera;
        camera.Zoom(input.Scrolled);
        Vector3 way = camera.Ray(input.Pointer, width, height);
        if (input.Clicked.Contains(MouseButton.Left) && BodyPicker.Find(window.Character, places, rotations, camera.Eye, way) is var (body, point))
        {
            _pull = (body, Vector3.Transform(point - places[body], Quaternion.Conjugate(rotations[body])), point);
        }

        if (_pull is not null && !input.Holds(MouseButton.Left))
        {
            _pull = null;
            window.Do(session => session.LetGo());
        }

        if (_pull is { } pull)
        {
            // The body is drawn over the plane that faces the camera where it was taken.
            Vector3 facing = Vector3.Normalize(camera.Target - camera.Eye);
            float along = Vector3.Dot(pull.Held - camera.Eye, facing) / Vector3.Dot(way, facing);
            Vector3 target = camera.Eye + (along * way);
            window.Do(session => session.Drag(pull.Body, pull.AnchorBody, target));
        }
        else if (input.Holds(MouseButton.Left) || input.Holds(MouseButton.Right))
        {
            camera.Turn(input.Moved);
        }
        else if (input.Holds(MouseButton.Middle))
        {
            camera.IsFollowing = false;
            camera.Shift(input.Moved, height);
        }
    }
}
