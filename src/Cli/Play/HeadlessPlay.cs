using System.Diagnostics;
using System.Text.Json.Nodes;
using Motion.Sim.Clips.Recording;
using Motion.Viewer.Live;

namespace Motion.Cli.Play;

/// <summary>A play without a window, as fast as the machine goes: the same request gives the same motion.</summary>
internal sealed class HeadlessPlay
{
    private readonly LiveSession _session;
    private readonly List<(double Seconds, Reply Reply)> _replies = [];
    private double? _fellAt;
    private double _took;

    /// <param name="session">A session that has just begun.</param>
    public HeadlessPlay(LiveSession session) => _session = session;

    /// <summary>Plays.</summary>
    /// <param name="seconds">How long, s.</param>
    /// <param name="look">Shown the moment after every control step; nobody looks when null.</param>
    /// <param name="progress">Told of every control step.</param>
    /// <param name="cancellation">Ends it early, with what there is.</param>
    /// <exception cref="MotionException">Stepping failed.</exception>
    public MotionRecording Run(double seconds, Action<LiveFrame>? look, Action<long> progress, CancellationToken cancellation)
    {
        long began = Stopwatch.GetTimestamp(), steps = Math.Max(2, (long)Math.Round(seconds * _session.ControlRate));
        _session.StartRecording();
        while (_session.Step < steps && !cancellation.IsCancellationRequested)
        {
            double now = _session.Seconds;
            Reply? before = _session.Reply;
            if (!_session.Advance())
            {
                throw new MotionException(ExitCode.NumericFailure, $"after {now:0.00} s: {_session.Error}");
            }

            if (_session.Reply is { } reply && !ReferenceEquals(reply, before))
            {
                _replies.Add((now, reply));
            }

            _fellAt ??= _session.IsFallen ? _session.Seconds : null;
            look?.Invoke(_session.Look());
            progress(_session.Step);
        }

        _took = Stopwatch.GetElapsedTime(began).TotalSeconds;
        string name = _session.Timeline.Prompts.IsEmpty ? _session.Driver.Doing : "play";
        return _session.StopRecording(name) ?? throw new OperationCanceledException(cancellation);
    }

    /// <summary>What happened, for people.</summary>
    public void Tell(Output output)
    {
        foreach ((double seconds, Reply reply) in _replies)
        {
            output.Line($"{seconds,6:0.00} s  {reply.Message}");
            if (!reply.IsAccepted)
            {
                output.Line($"          it goes on with {_session.Driver.Doing}");
            }
        }

        output.Line(_fellAt is { } fell ? $"fell after {fell:0.00} s" : $"{_session.Seconds:0.00} s without a fall");
    }

    /// <summary>The same as JSON.</summary>
    public JsonObject Json() => new()
    {
        ["controller"] = _session.Driver.Name,
        ["doing"] = _session.Driver.Doing,
        ["seconds"] = _session.Seconds,
        ["steps"] = _session.Step,
        ["fell_at"] = _fellAt,
        ["real_time_factor"] = _took > 0 ? Math.Round(_session.Seconds / _took, 2) : null,
        ["sentences"] = new JsonArray([.. _replies.Select(said => Said(said.Seconds, said.Reply))]),
    };

    private static JsonObject Said(double seconds, Reply reply) => new()
    {
        ["at"] = Math.Round(seconds, 3),
        ["sentence"] = reply.Sentence,
        ["accepted"] = reply.IsAccepted,
        ["message"] = reply.Message,
        ["nearest"] = new JsonArray([.. reply.Nearest.Select(near => new JsonObject { ["caption"] = near.Caption, ["clip"] = near.Clip, ["score"] = Math.Round(near.Score, 4) })]),
    };
}
