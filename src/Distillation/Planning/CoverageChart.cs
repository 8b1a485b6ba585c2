using System.Globalization;
using System.Text;

namespace Motion.Distillation.Planning;

/// <summary>Draws coverage curves as a picture in SVG: returns on the left, chances on the right, over the number of samples, each twice the one before.</summary>
public static class CoverageChart
{
    private const int Width = 760;
    private const int Height = 420;
    private const int Left = 70;
    private const int Right = 60;
    private const int Top = 50;
    private const int Bottom = 60;

    /// <summary>Draws.</summary>
    /// <param name="curves">The curves.</param>
    /// <param name="title">What was measured.</param>
    public static string Draw(CoverageCurves curves, string title)
    {
        ArgumentNullException.ThrowIfNull(curves);
        ArgumentNullException.ThrowIfNull(title);
        double[] returns = [.. curves.Oracle, .. curves.Selected, curves.Greedy, curves.Cloned];
        double least = returns.Min(), most = Math.Max(returns.Max(), least + 1e-6);
        StringBuilder svg = new();
        Line(svg, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" font-family=\"sans-serif\" font-size=\"13\">");
        Line(svg, $"<rect width=\"{Width}\" height=\"{Height}\" fill=\"white\"/>");
        Line(svg, $"<text x=\"{Left}\" y=\"24\" font-size=\"15\">{Escaped(title)}</text>");
        for (int mark = 0; mark <= 4; mark++)
        {
            double share = mark / 4.0, y = Y(share);
            Line(svg, $"<line x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{y:0.#}\" y2=\"{y:0.#}\" stroke=\"#ddd\"/>");
            Line(svg, $"<text x=\"{Left - 8}\" y=\"{y + 4:0.#}\" text-anchor=\"end\">{least + (share * (most - least)):0.##}</text>");
            Line(svg, $"<text x=\"{Width - Right + 8}\" y=\"{y + 4:0.#}\" fill=\"#777\">{share * 100:0} %</text>");
        }

        for (int index = 0; index < curves.Ks.Count; index++)
        {
            Line(svg, $"<text x=\"{X(index, curves):0.#}\" y=\"{Height - Bottom + 20}\" text-anchor=\"middle\">{curves.Ks[index]}</text>");
        }

        Line(svg, $"<text x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 18}\" text-anchor=\"middle\">samples, of {curves.Samples} drawn from each of {curves.States} states</text>");
        Curve(svg, curves, value => (value - least) / (most - least), curves.Oracle, ("#1b6ca8", "best, judged by the simulator", 0));
        Curve(svg, curves, value => (value - least) / (most - least), curves.Selected, ("#d1495b", "chosen by the model", 1));
        Curve(svg, curves, value => (value - least) / (most - least), [.. curves.Ks.Select(_ => curves.Greedy)], ("#888888", "likeliest plan", 2));
        Curve(svg, curves, value => value, curves.Pass, ("#66a182", "one succeeds (right)", 3));
        Line(svg, $"</svg>");
        return svg.ToString();
    }

    private static void Curve(StringBuilder svg, CoverageCurves curves, Func<double, double> share, IReadOnlyList<double> values, (string Colour, string Name, int Place) look)
    {
        IEnumerable<string> points = values.Select((value, index) => string.Create(CultureInfo.InvariantCulture, $"{X(index, curves):0.#},{Y(share(value)):0.#}"));
        Line(svg, $"<polyline fill=\"none\" stroke=\"{look.Colour}\" stroke-width=\"2\" points=\"{string.Join(' ', points)}\"/>");
        Line(svg, $"<text x=\"{Left + 8 + (look.Place * 165)}\" y=\"42\" fill=\"{look.Colour}\">{Escaped(look.Name)}</text>");
    }

    private static double X(int index, CoverageCurves curves) => Left + ((Width - Left - Right) * (curves.Ks.Count > 1 ? index / (double)(curves.Ks.Count - 1) : 0.5));

    private static double Y(double share) => Height - Bottom - ((Height - Top - Bottom) * share);

    private static string Escaped(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);

    private static void Line(StringBuilder svg, FormattableString text) => svg.Append(text.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
