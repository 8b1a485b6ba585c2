using Motion.Sim.Clips.Catalog;

namespace Motion.Sim.Clips.Importing;

/// <summary>One motion to import.</summary>
/// <param name="Entry">What is known about it; its file is where it comes from, as a person would name it.</param>
/// <param name="Read">Reads it: an <see cref="InputException"/> when it is not good.</param>
public sealed record ImportInput(CatalogEntry Entry, Func<RawClip> Read);

/// <summary>Several motions to import, with ids that differ, and the licences that are known for them.</summary>
/// <param name="Inputs">The motions.</param>
/// <param name="Licences">The licences.</param>
public sealed record ImportInputs(IReadOnlyList<ImportInput> Inputs, IReadOnlyList<ClipLicence> Licences);
