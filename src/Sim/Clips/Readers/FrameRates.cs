namespace Motion.Sim.Clips.Readers;

/// <summary>Frame rates from frame times that were printed with few digits.</summary>
internal static class FrameRates
{
    private const double CoarsestDigit = 0.02;

    /// <summary>
    /// The rate of a frame time. A whole rate is taken when the printed digits cannot tell it from the quotient:
    /// 0.0333333 is 30, 0.008333 is 120, while 0.04170838 stays 23.976.
    /// </summary>
    /// <param name="frameTime">Seconds, above 0.</param>
    /// <param name="lastDigit">What one step of the last printed digit is worth, s.</param>
    public static double FromFrameTime(double frameTime, double lastDigit)
    {
        double whole = Math.Round(1 / frameTime);
        bool telling = lastDigit > CoarsestDigit * frameTime;
        return whole >= 1 && !telling && Math.Abs((1 / whole) - frameTime) <= lastDigit ? whole : 1 / frameTime;
    }

    /// <summary>What one step of the last digit of a printed number is worth; a double's own precision for exponents.</summary>
    public static double LastDigit(ReadOnlySpan<byte> number)
    {
        int point = number.IndexOf((byte)'.');
        return point < 0 || number.IndexOfAny((byte)'e', (byte)'E') >= 0 ? 1e-9 : Math.Pow(10, point + 1 - number.Length);
    }
}
