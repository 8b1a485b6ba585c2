namespace Motion.Viewer.Tests.Drawing;

/// <summary>How alike two pictures look: the mean structural similarity of their brightness (Wang, Bovik, Sheikh and Simoncelli 2004, equation 13), 1 for the same.</summary>
internal static class Similarity
{
    // Windows of 8 × 8 pixels, each half over the one before; the paper's constants for brightness up to 255.
    private const int Window = 8;
    private const double C1 = 0.01 * 255 * 0.01 * 255;
    private const double C2 = 0.03 * 255 * 0.03 * 255;

    public static double Of(Png first, Png second)
    {
        Assert.Equal((first.Width, first.Height), (second.Width, second.Height));
        List<double> windows = [];
        for (int top = 0; top + Window <= first.Height; top += Window / 2)
        {
            for (int left = 0; left + Window <= first.Width; left += Window / 2)
            {
                windows.Add(OfWindow(first, second, left, top));
            }
        }

        return windows.Average();
    }

    private static double OfWindow(Png first, Png second, int left, int top)
    {
        double sumA = 0, sumB = 0, sumAA = 0, sumBB = 0, sumAB = 0;
        for (int at = 0; at < Window * Window; at++)
        {
            (int x, int y) = (left + (at % Window), top + (at / Window));
            double a = Brightness(first, x, y), b = Brightness(second, x, y);
            (sumA, sumB, sumAA, sumBB, sumAB) = (sumA + a, sumB + b, sumAA + (a * a), sumBB + (b * b), sumAB + (a * b));
        }

        const double Count = Window * Window;
        double meanA = sumA / Count, meanB = sumB / Count;
        double varianceA = (sumAA / Count) - (meanA * meanA), varianceB = (sumBB / Count) - (meanB * meanB), covariance = (sumAB / Count) - (meanA * meanB);
        return ((2 * meanA * meanB) + C1) * ((2 * covariance) + C2) / (((meanA * meanA) + (meanB * meanB) + C1) * (varianceA + varianceB + C2));
    }

    private static double Brightness(Png picture, int x, int y)
    {
        int at = 3 * ((y * picture.Width) + x);
        return (0.299 * picture.Pixels[at]) + (0.587 * picture.Pixels[at + 1]) + (0.114 * picture.Pixels[at + 2]);
    }
}
