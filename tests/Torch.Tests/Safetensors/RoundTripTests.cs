using Motion.Torch.Safetensors;

namespace Motion.Torch.Tests.Safetensors;

public sealed class RoundTripTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("safetensors-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Only_tensors_that_are_wanted_are_read()
    {
        using var scope = NewDisposeScope();
        var path = Path.Combine(folder, "some.safetensors");
        SafetensorsFile.Write(path, new Dictionary<string, Tensor> { ["text.a"] = tensor(1f), ["vision.b"] = tensor(2f), ["text.c"] = tensor(3f) });
        var read = SafetensorsFile.Read(path, wanted: name => name.StartsWith("text.", StringComparison.Ordinal));
        Assert.Equal([1f, 3f], read.Tensors.OrderBy(pair => pair.Key).Select(pair => pair.Value.item<float>()));
    }

    [Fact]
    public void What_is_written_is_read_back_bit_for_bit()
    {
        using var scope = NewDisposeScope();
        Dictionary<string, Tensor> written = new()
        {
            ["weight"] = randn(3, 4),
            ["double"] = randn([2, 2], ScalarType.Float64),
            ["steps"] = tensor(new long[] { 1, -2, long.MaxValue }),
            ["mask"] = tensor(new[] { true, false, true }),
            ["empty"] = zeros(0, 5),
            ["scalar"] = tensor(0.5f),
            ["half"] = randn(3).to(ScalarType.Float16),
            ["bytes"] = tensor(new byte[] { 0, 255 }),
        };
        var path = Path.Combine(folder, "all.safetensors");

        SafetensorsFile.Write(path, written, new Dictionary<string, string> { ["made by"] = "a test", ["ünïcode"] = "\"quotes\"\n" });
        var read = SafetensorsFile.Read(path);

        Assert.Equal(written.Keys.Order(), read.Tensors.Keys.Order());
        Assert.All(written, pair => Assert.True(pair.Value.Equals(read.Tensors[pair.Key]), pair.Key));
        Assert.All(written, pair => Assert.Equal(pair.Value.dtype, read.Tensors[pair.Key].dtype));
        Assert.Equal("\"quotes\"\n", read.Metadata["ünïcode"]);
        Assert.Equal([path], Directory.GetFiles(folder));
    }
}
