using System.Collections.Immutable;
using System.Xml.Linq;

namespace Motion.Sim.Characters.Mjcf;

/// <summary>Reads fixed tendons. One without a limit does nothing here and is only checked.</summary>
internal sealed class MjcfTendonReader(MjcfSettings settings, IReadOnlyList<MjcfJoint> joints)
{
    public ImmutableArray<TendonLimit> Read(XElement root)
    {
        ImmutableArray<TendonLimit>.Builder limits = ImmutableArray.CreateBuilder<TendonLimit>();
        foreach (XElement section in root.Elements("tendon"))
        {
            _ = new MjcfElement(section);
            foreach (XElement xml in section.Elements())
            {
                if (xml.Name.LocalName != "fixed")
                {
                    throw MjcfVocabulary.Unsupported(xml, "tendon");
                }

                MjcfElement element = new(xml);
                ImmutableArray<(int, float)> terms = [.. element.Children.Select(ReadTerm)];
                float[]? range = element.Numbers("range", 2, 2);
                if (settings.IsLimited(element, "limited", "range", range))
                {
                    limits.Add(new TendonLimit(element.Name, terms, range![0], range[1]));
                }
            }
        }

        return limits.ToImmutable();
    }

    private (int Joint, float Coefficient) ReadTerm(XElement xml)
    {
        if (xml.Name.LocalName != "joint")
        {
            throw MjcfVocabulary.Unsupported(xml, "fixed");
        }

        MjcfElement element = new(xml);
        string name = element.RequiredText("joint");
        for (int joint = 0; joint < joints.Count; joint++)
        {
            if (joints[joint].Joint.Name == name)
            {
                return joints[joint].Joint.Kind == JointKind.Hinge
                    ? (joint, element.Number("coef", 1))
                    : throw element.Error($"joint '{name}' is not a hinge", "joint");
            }
        }

        throw element.Error($"there is no joint '{name}'", "joint");
    }
}
