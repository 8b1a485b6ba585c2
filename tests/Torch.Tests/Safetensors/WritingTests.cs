using System.Buffers.Binary;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Motion.Testing;
using Motion.Torch.Safetensors;

namespace Motion.Torch.Tests.Safetensors;

public sealed class WritingTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("safetensors-").FullName;
    private readonly DisposeScope scope = NewDisposeScope();

    private string FileName => Path.Combine(folder, "x.safetensors");

    public void Dispose()
    {
        scope.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_small_file_has_the_bytes_of_the_format()
    {
        SafetensorsFile.Write(FileName, new Dictionary<string, Tensor> { ["x"] = tensor(new[] { 1f, -2f }) });
        var bytes = File.ReadAllBytes(FileName);
        // Filled with spaces to a multiple of 8; then 1 and -2 in single precision.
        const string Header = """{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}  """;
        Assert.Equal(Header.Length, (long)BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        Assert.Equal(Header, Encoding.UTF8.GetString(bytes, 8, Header.Length));
        Assert.Equal([0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0], bytes[(8 + Header.Length)..]);
    }

    [Fact]
    public void Every_tensor_begins_at_a_multiple_of_its_elements_size()
    {
        SafetensorsFile.Write(FileName, new Dictionary<string, Tensor>
        {
            ["a"] = zeros([3], ScalarType.Byte),
            ["b"] = zeros([1], ScalarType.Float64),
            ["c"] = zeros([5], ScalarType.Float16),
            ["d"] = zeros(3),
        });
        var header = SafetensorsFile.ReadHeader(FileName);
        Assert.All(header.Entries, entry => Assert.Equal(0, entry.Begin % SafetensorsEntry.BytesOf(entry.Type)));
        Assert.Equal(0, BinaryPrimitives.ReadInt64LittleEndian(File.ReadAllBytes(FileName)) % 8);
        Assert.Equal(["b", "d", "c", "a"], header.Entries.Select(entry => entry.Name));
    }

    [Fact]
    public void The_same_tensors_make_the_same_bytes_in_whatever_order()
    {
        var (x, y) = (ones(2), zeros(3));
        Dictionary<string, string> metadata = new() { ["b"] = "1", ["a"] = "2" };
        SafetensorsFile.Write(FileName, new Dictionary<string, Tensor> { ["x"] = x, ["y"] = y }, metadata);
        var first = File.ReadAllBytes(FileName);
        SafetensorsFile.Write(FileName, new Dictionary<string, Tensor> { ["y"] = y, ["x"] = x }, metadata.Reverse().ToDictionary());
        Assert.Equal(first, File.ReadAllBytes(FileName));
    }

    [Fact]
    public void Views_are_written_as_they_read()
    {
        var x = arange(6).view(2, 3);
        SafetensorsFile.Write(FileName, new Dictionary<string, Tensor> { ["t"] = x.t(), ["row"] = x[1], ["leaf"] = ones(1, requires_grad: true) });
        var read = SafetensorsFile.Read(FileName).Tensors;
        Expect.Exactly(x.t().contiguous(), read["t"]);
        Expect.Exactly(x[1], read["row"]);
        Assert.False(read["leaf"].requires_grad);
    }

    [Fact]
    public void A_write_that_fails_leaves_the_file_as_it_was()
    {
        SafetensorsFile.Write(FileName, new Dictionary<string, Tensor> { ["x"] = ones(2) });
        var before = File.ReadAllBytes(FileName);
        var problem = Assert.Throws<SafetensorsException>(() =>
            SafetensorsFile.Write(FileName, new Dictionary<string, Tensor> { ["good"] = ones(2), ["bad"] = tensor(float.NaN) }));
        Assert.Equal((FileName, "bad"), (problem.File, problem.Key));
        Assert.Throws<InvalidOperationException>(() => DurableFile.Write(FileName, stream =>
        {
            stream.Write(new byte[100]);
            throw new InvalidOperationException("the disk is full");
        }));
        Assert.Equal(before, File.ReadAllBytes(FileName));
        Assert.Equal([FileName], Directory.GetFiles(folder));
    }

    [Fact]
    public void Folders_are_made() =>
        SafetensorsFile.Write(Path.Combine(folder, "a", "b", "x.safetensors"), new Dictionary<string, Tensor>());

    [Fact]
    public void A_number_that_is_not_finite_is_written_when_asked()
    {
        SafetensorsFile.Write(FileName, new Dictionary<string, Tensor> { ["x"] = tensor(double.PositiveInfinity) }, requireFinite: false);
        Expect.Elements([double.PositiveInfinity], SafetensorsFile.Read(FileName, requireFinite: false).Tensors["x"]);
        Assert.Throws<SafetensorsException>(() => SafetensorsFile.Read(FileName));
    }

    [Fact]
    public void Whatever_is_written_is_read_back()
    {
        var dictionaries =
            from names in Gen.ListOf(ArbMap.Default.GeneratorFor<NonNull<string>>())
            from shapes in Gen.ListOf(Gen.ArrayOf(Gen.Choose(0, 4)), names.Count)
            from types in Gen.ListOf(Gen.Elements(ScalarType.Bool, ScalarType.Byte, ScalarType.Int16, ScalarType.Int64, ScalarType.BFloat16, ScalarType.Float32, ScalarType.Float64), names.Count)
            select names.Select(name => name.Get).Zip(shapes, types)
                .Where(triple => triple.First != "__metadata__" && IsText(triple.First) && triple.Second.Length < 5)
                .DistinctBy(triple => triple.First).ToArray();
        Prop.ForAll(dictionaries.ToArbitrary(), triples =>
        {
            using var inner = NewDisposeScope();
            var written = triples.ToDictionary(
                triple => triple.First,
                triple => randint(0, 100, [.. triple.Second.Select(size => (long)size)]).to(triple.Third));
            SafetensorsFile.Write(FileName, written);
            var read = SafetensorsFile.Read(FileName).Tensors;
            return read.Count == written.Count && written.All(pair =>
                read[pair.Key].Equals(pair.Value) && read[pair.Key].dtype == pair.Value.dtype && read[pair.Key].shape.SequenceEqual(pair.Value.shape));
        }).Holds();
    }

    [Fact]
    public void A_name_that_the_format_uses_itself_is_refused() => Assert.Throws<SafetensorsException>(() =>
        SafetensorsFile.Write(FileName, new Dictionary<string, Tensor> { ["__metadata__"] = ones(1) }));

    // A lone half of a surrogate pair is no text and has no UTF-8.
    private static bool IsText(string name) => name == Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(name));
}
