using System.Numerics;
using Motion.Viewer.Drawing;
using Motion.Viewer.Interface;
using Silk.NET.Input;

namespace Motion.Viewer.Live;

/// <summary>What the mouse does on the picture: pulls a body, sends a planner somewhere, or moves the camera.</summary>
internal sealed class PlayMouse(PlayWindow window)
{
    // A hand that clicks trembles, pixels.
    private const float StillClick = 5;

    // Points of a path that is drawn are so far apart, m, and on ground that is not beyond what a planner can reach.
    private const float PathStep = 0.3f;
    private const float Furthest = 60;
    private (int Body, Vector3 AnchorBody, Vector3 Held)? _pull;
    private float? _clicking;

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
        if (input.Clicked.Contains(MouseButton.Left))
        {
            if (BodyPicker.Find(window.Character, places, rotations, camera.Eye, way) is var (body, point))
            {
                _pull = (body, Vector3.Transform(point - places[body], Quaternion.Conjugate(rotations[body])), point);
            }
            else
            {
                BeginOnGround(input, camera.Eye, way);
            }
        }

        if (!input.Holds(MouseButton.Left))
        {
            LetGo(camera.Eye, way);
        }

        if (_pull is { } pull)
        {
            // The body is drawn over the plane that faces the camera where it was taken.
            Vector3 facing = Vector3.Normalize(camera.Target - camera.Eye);
            float along = Vector3.Dot(pull.Held - camera.Eye, facing) / Vector3.Dot(way, facing);
            Vector3 target = camera.Eye + (along * way);
            window.Do(session => session.Drag(pull.Body, pull.AnchorBody, target));
        }
        else if (window.View.Drawn.Count > 0)
        {
            Draw(camera.Eye, way);
        }
        else if (input.Holds(MouseButton.Left) || input.Holds(MouseButton.Right))
        {
            _clicking += input.Moved.Length();
            camera.Turn(input.Moved);
        }
        else if (input.Holds(MouseButton.Middle))
        {
            camera.IsFollowing = false;
            camera.Shift(input.Moved, height);
        }
    }

    private void BeginOnGround(UserInput input, Vector3 eye, Vector3 way)
    {
        if (window.Frame.Plan is null || Ground(eye, way) is not { } place)
        {
            return;
        }

        if (input.Holds(Key.ShiftLeft) || input.Holds(Key.ShiftRight))
        {
            window.View.Drawn.Add(place);
        }
        else
        {
            _clicking = 0;
        }
    }

    private void Draw(Vector3 eye, Vector3 way)
    {
        List<Vector2> drawn = window.View.Drawn;
        if (drawn.Count < GroundWords.MostPoints && Ground(eye, way) is { } place && Vector2.Distance(place, drawn[^1]) >= PathStep)
        {
            drawn.Add(place);
        }
    }

    private void LetGo(Vector3 eye, Vector3 way)
    {
        if (_pull is not null)
        {
            _pull = null;
            window.Do(session => session.LetGo());
        }

        Vector2[] points = window.View.Drawn.Count > 0 ? [.. window.View.Drawn] : _clicking < StillClick && Ground(eye, way) is { } place ? [place] : [];
        window.View.Drawn.Clear();
        _clicking = null;
        if (points.Length > 0)
        {
            window.Do(session => session.Say(GroundWords.For(points)));
        }
    }

    /// <summary>The place on the ground that is looked at; null where there is none near.</summary>
    private static Vector2? Ground(Vector3 eye, Vector3 way)
    {
        Vector3 place = eye - (eye.Z / way.Z * way);
        return way.Z < -1e-3f && Vector3.Distance(eye, place) < Furthest ? new Vector2(place.X, place.Y) : null;
    }
}
