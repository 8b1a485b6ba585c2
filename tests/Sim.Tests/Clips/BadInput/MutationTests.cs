using System.Numerics;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Motion.Sim.Clips;
using Motion.Sim.Clips.Catalog;
using Motion.Sim.Clips.Npz;
using Motion.Sim.Clips.Readers;
using Motion.Testing;

namespace Motion.Sim.Tests.Clips.BadInput;

/// <summary>
/// 120,000 damaged files in all: each is read as a good recording or refused by an <see cref="InputException"/>, soon and without much memory.
/// The files are tiny, so that each costs microseconds.
/// </summary>
public sealed class MutationTests
{
    private const long MostBytes = 4 << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public Task Damaged_bvh_is_read_or_refused() =>
        Holds(40_000, Encoding.UTF8.GetBytes(BvhText.Small), bytes => BvhText.Read(bytes));

    [Fact]
    public Task Damaged_amc_is_read_or_refused() =>
        Holds(20_000, Encoding.UTF8.GetBytes(AcclaimText.Motion), bytes => ReadAcclaim(bytes, Encoding.UTF8.GetBytes(AcclaimText.Skeleton)));

    [Fact]
    public Task Damaged_asf_is_read_or_refused() =>
        Holds(20_000, Encoding.UTF8.GetBytes(AcclaimText.Skeleton), bytes => ReadAcclaim(Encoding.UTF8.GetBytes(AcclaimText.Motion), bytes));

    [Fact]
    public Task Damaged_deepmimic_text_is_read_or_refused() =>
        Holds(15_000, Encoding.UTF8.GetBytes(DeepMimicText.Of(DeepMimicText.Row(), DeepMimicText.Row())), bytes => DeepMimicReader.Read(new MemoryStream(bytes), "small.txt"));

    [Fact]
    public Task Damaged_amass_archive_is_read_or_refused() =>
        Holds(10_000, Archive(Amass), bytes => ReadArchive(bytes, archive => SmplReader.Read(archive, "small.npz", ReaderOptions.Default)));

    [Fact]
    public Task Damaged_arrays_in_a_good_archive_are_read_or_refused() =>
        Holds(5_000, Array(NpyArray.Of(new float[66], 1, 66)), bytes => ReadArchive(
            Npz.Zip.Of(("poses.npy", bytes), ("trans.npy", Array(NpyArray.Of(new float[3], 1, 3))), ("fps.npy", Array(NpyArray.Of(30.0)))),
            archive => SmplReader.Read(archive, "small.npz", ReaderOptions.Default)));

    [Fact]
    public Task Damaged_clip_archive_is_read_or_refused() =>
        Holds(5_000, Archive(ClipNpz.ToArrays(SmallClip)), bytes => ReadArchive(bytes, archive => ClipNpz.Read(archive, ReaderLimits.Default)));

    [Fact]
    public Task Damaged_catalogue_is_read_or_refused() =>
        Holds(5_000, CatalogBytes(), bytes =>
        {
            ClipCatalog.Read(new MemoryStream(bytes), "clips.json");
            return null;
        });

    private static IReadOnlyList<KeyValuePair<string, NpyArray>> Amass =>
        [new("poses", NpyArray.Of(new float[66], 1, 66)), new("trans", NpyArray.Of(new float[3], 1, 3)), new("mocap_framerate", NpyArray.Of(60.0))];

    private static Clip SmallClip => new()
    {
        Name = "c",
        Skeleton = new Skeleton([new("a", -1, Vector3.Zero), new("b", 0, Vector3.UnitX)]),
        FrameRate = 30,
        RootPositions = [Vector3.Zero],
        Rotations = [Quaternion.Identity, Quaternion.Identity],
    };

    /// <summary>Reads damaged copies; a reader that never ends fails the test instead of stopping the suite.</summary>
    private static async Task Holds(int mutations, byte[] good, Func<byte[], RawClip?> read)
    {
        Assert.True(IsReadOrRefused(good, read, out bool isGood) && isGood, "the file is not good to begin with");
        int tried = 0;
        int kept = 0;
        Property property = Prop.ForAll(Edit.Several, edits =>
        {
            bool holds = IsReadOrRefused(Edit.Apply(good, edits), read, out bool isRead);
            tried++;
            kept += isRead ? 1 : 0;
            return holds;
        });
        await Task.Run(() => property.Holds(mutations)).WaitAsync(Patience);

        Assert.Equal(mutations, tried);

        // Were everything refused, or nothing, the damage would be too great or too small to find anything.
        Assert.InRange(kept, mutations / 1000, mutations * 9 / 10);
    }

    private static bool IsReadOrRefused(byte[] bytes, Func<byte[], RawClip?> read, out bool isRead)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        isRead = false;
        try
        {
            RawClip? clip = read(bytes);
            isRead = true;
            return (clip is null || IsGood(clip)) && GC.GetAllocatedBytesForCurrentThread() - before < MostBytes;
        }
        catch (InputException refusal)
        {
            // An archive has no lines; everything else tells where.
            return (refusal.Line > 0 || refusal.File.EndsWith(".npz", StringComparison.Ordinal)) && GC.GetAllocatedBytesForCurrentThread() - before < MostBytes;
        }
    }

    private static bool IsGood(RawClip clip) =>
        clip.FrameCount > 0
        && clip.FrameRate is > 0 and < 1e6
        && clip.Rotations.Length == clip.FrameCount * clip.Skeleton.Joints.Length
        && System.Array.TrueForAll(clip.Rotations, rotation => Math.Abs(rotation.LengthSquared() - 1) < 1e-4f)
        && System.Array.TrueForAll(clip.RootPositions, position => float.IsFinite(position.LengthSquared()))
        && clip.MovingOffsets.All(moving => moving.Offsets.Length == clip.FrameCount && System.Array.TrueForAll(moving.Offsets, offset => float.IsFinite(offset.LengthSquared())))
        && clip.Skeleton.Joints.Select(joint => joint.Name).Distinct().Count() == clip.Skeleton.Joints.Length
        && clip.Skeleton.Joints.Select((joint, i) => i == 0 ? joint.Parent == -1 : joint.Parent >= 0 && joint.Parent < i).All(good => good);

    private static RawClip ReadAcclaim(byte[] motion, byte[] skeleton) =>
        AcclaimReader.Read(new MemoryStream(motion), "small.amc", new MemoryStream(skeleton), "small.asf");

    private static RawClip ReadArchive(byte[] bytes, Func<NpzFile, RawClip> read)
    {
        using NpzFile archive = Npz.Zip.Open(bytes);
        return read(archive);
    }

    private static byte[] Archive(IReadOnlyList<KeyValuePair<string, NpyArray>> arrays)
    {
        MemoryStream stream = new();
        NpzWriter.Write(stream, arrays);
        return stream.ToArray();
    }

    private static byte[] Array(NpyArray array)
    {
        using System.IO.Compression.ZipArchive archive = new(new MemoryStream(Archive([new("a", array)])));
        using MemoryStream content = new();
        archive.Entries[0].Open().CopyTo(content);
        return content.ToArray();
    }

    private static byte[] CatalogBytes()
    {
        using Motion.Testing.TempFolder folder = new();
        new ClipCatalog
        {
            Folder = folder.Root,
            Entries = [new CatalogEntry { Id = "a", File = "a.bvh", Span = new FrameSpan(0, 2), Captions = ["walks"], Flags = ["airborne"], Loop = true }],
            Licences = [new ClipLicence("MIT", "terms", "")],
        }.Write();
        return File.ReadAllBytes(folder.PathOf(ClipCatalog.FileName));
    }
}
