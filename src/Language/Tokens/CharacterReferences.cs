using System.Collections.Frozen;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Motion.Language.Tokens;

/// <summary>
/// Resolves HTML's character references (<c>&amp;lt;</c>, <c>&amp;#65;</c>) by the rules of HTML 5 for text, with the names of HTML 4: those
/// that HTML 5 added are left as they are.
/// </summary>
internal static partial class CharacterReferences
{
    // The names that need no semicolon: HTML 4's for Latin-1, and a few capitals.
    private const string Short =
        "AMP AElig Aacute Acirc Agrave Aring Atilde Auml COPY Ccedil ETH Eacute Ecirc Egrave Euml GT Iacute Icirc Igrave Iuml LT Ntilde Oacute "
        + "Ocirc Ograve Oslash Otilde Ouml QUOT REG THORN Uacute Ucirc Ugrave Uuml Yacute aacute acirc acute aelig agrave amp aring atilde auml "
        + "brvbar ccedil cedil cent copy curren deg divide eacute ecirc egrave eth euml frac12 frac14 frac34 gt iacute icirc iexcl igrave iquest "
        + "iuml laquo lt macr micro middot nbsp not ntilde oacute ocirc ograve ordf ordm oslash otilde ouml para plusmn pound quot raquo reg sect "
        + "shy sup1 sup2 sup3 szlig thorn times uacute ucirc ugrave uml uuml yacute yen yuml";

    // What the numbers 128 to 159 stand for, as browsers take them: Windows-1252.
    private const string Windows =
        "\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F"
        + "\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178";

    private static readonly FrozenSet<string> ShortNames = Short.Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The text with its references resolved once.</summary>
    public static string Resolve(string text) =>
        text.Contains('&', StringComparison.Ordinal) ? Reference().Replace(text, match => match.Value[1] == '#' ? Numbered(match.Value) : Named(match.Value)) : text;

    private static string Named(string reference)
    {
        if (reference[^1] == ';' && Entity(reference[1..^1]) is { } whole)
        {
            return whole;
        }

        for (int length = reference.Length - 1; length > 1; length--)
        {
            if (ShortNames.Contains(reference[1..(length + 1)]))
            {
                return Entity(reference[1..(length + 1)]) + reference[(length + 1)..];
            }
        }

        return reference;
    }

    private static string? Entity(string name)
    {
        string known = name is "AMP" or "LT" or "GT" or "QUOT" or "REG" or "COPY" ? name.ToLowerInvariant() : name;
        string decoded = WebUtility.HtmlDecode($"&{known};");
        return decoded.Length > 0 && decoded[0] == '&' && decoded.Length > 1 ? null : decoded;
    }

    private static string Numbered(string reference)
    {
        string digits = reference.TrimEnd(';')[2..];
        bool isHexadecimal = digits[0] is 'x' or 'X';
        digits = (isHexadecimal ? digits[1..] : digits).TrimStart('0');
        int number = digits.Length == 0 ? 0
            : digits.Length > 8 ? int.MaxValue
            : int.Parse(digits, isHexadecimal ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture);
        return number switch
        {
            0 => "\uFFFD",
            0x0D => "\r",
            >= 0x80 and <= 0x9F => Windows[number - 0x80].ToString(),
            _ when !Rune.IsValid(number) => "\uFFFD",
            _ when IsLeftOut(number) => "",
            _ => new Rune(number).ToString(),
        };
    }

    private static bool IsLeftOut(int number) =>
        number is (>= 0x1 and <= 0x8) or 0xB or (>= 0xE and <= 0x1F) or 0x7F or (>= 0xFDD0 and <= 0xFDEF) || (number & 0xFFFE) == 0xFFFE;

    [GeneratedRegex(@"&(#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\t\n\f <&#;]{1,32};?)", RegexOptions.CultureInvariant)]
    private static partial Regex Reference();
}
