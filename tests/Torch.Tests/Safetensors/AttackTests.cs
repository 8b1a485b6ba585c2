using System.Buffers.Binary;
using System.Text;
using Motion.Torch.Safetensors;

namespace Motion.Torch.Tests.Safetensors;

/// <summary>
/// Files that break one rule of the format each: those that its audit (Trail of Bits, 2023) and its reference reader's tests name, and
/// what follows from the published grammar.
/// </summary>
public sealed class AttackTests : IDisposable
{
    private readonly string path = Path.GetTempFileName();

    public void Dispose() => File.Delete(path);

    [Fact]
    public void The_smallest_files_are_read()
    {
        Write("{}", []);
        Assert.Empty(SafetensorsFile.Read(path).Tensors);
        Write("""{"x":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}   """, [1, 2]);
        using var x = SafetensorsFile.Read(path).Tensors["x"];
        Expect.Elements([1, 2], x);
        Write("""{"x":{"dtype":"F32","shape":[0,3],"data_offsets":[0,0]}}""", []);
        using var empty = SafetensorsFile.Read(path).Tensors["x"];
        Assert.Equal([0, 3], empty.shape);
        Write("""{"__metadata__":{"a":"b"}}""", []);
        Assert.Equal("b", SafetensorsFile.ReadHeader(path).Metadata["a"]);
    }

    [Fact]
    public void An_empty_file() => Refused([], "0 bytes are no safetensors file");

    [Fact]
    public void A_file_that_ends_within_the_header_size() => Refused([1, 2, 3], "3 bytes are no safetensors file");

    [Fact]
    public void A_header_size_beyond_every_limit() => Refused(Sized(ulong.MaxValue, "{}"), "the header claims 18446744073709551615 bytes, 100000000 are allowed");

    [Fact]
    public void A_header_size_that_turns_negative_when_it_is_signed() => Refused(Sized(1UL << 63, "{}"), "100000000 are allowed");

    [Fact]
    public void A_header_size_just_above_the_limit() => Refused(Sized(100_000_001, "{}"), "100000000 are allowed");

    [Fact]
    public void A_header_longer_than_the_file() => Refused(Sized(1000, "{}"), "the header claims 1000 bytes, 2 follow: is it truncated?");

    [Fact]
    public void A_header_size_of_zero() => Refused(Sized(0, "{}"), "does not begin with '{'");

    [Fact]
    public void A_header_that_does_not_begin_with_a_brace() => Refused(""" {"x":1}""", [], "does not begin with '{'");

    [Fact]
    public void A_header_that_is_no_json() => Refused("{oops}", [], "no JSON of the expected form");

    [Fact]
    public void A_header_that_is_cut() => Refused("""{"x":{"dtype":"U8","shape":[2]""", [1, 2], "no JSON of the expected form");

    [Fact]
    public void A_header_that_is_no_utf8()
    {
        byte[] header = [.. "{\""u8, 0xff, 0xfe, .. "\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}}"u8];
        Refused([.. Length(header.Length), .. header], "no JSON of the expected form");
    }

    [Fact]
    public void A_header_followed_by_something_else() => Refused("""{} {}""", [], "no JSON of the expected form");

    [Fact]
    public void A_header_nested_without_end() => Refused("""{"x":""" + new string('[', 10_000), [], "was expected");

    [Fact]
    public void A_header_with_a_comment() => Refused("""{/* x */}""", [], "no JSON of the expected form");

    [Fact]
    public void A_key_twice() => Refused(
        """{"x":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"x":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}""", [1, 2], "tensor 'x': the key is there twice");

    [Fact]
    public void A_key_twice_in_other_spellings() => Refused(
        """{"x":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"\u0078":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}""", [1, 2], "the key is there twice");

    [Fact]
    public void The_metadata_twice() => Refused("""{"__metadata__":{},"__metadata__":{}}""", [], "the key is there twice");

    [Fact]
    public void A_key_of_the_metadata_twice() => Refused("""{"__metadata__":{"a":"1","a":"2"}}""", [], "the key 'a' is there twice");

    [Fact]
    public void Metadata_that_is_no_text() => Refused("""{"__metadata__":{"a":1}}""", [], "a string under 'a' was expected, Number was found");

    [Fact]
    public void Metadata_that_is_no_object() => Refused("""{"__metadata__":"a"}""", [], "an object of strings was expected");

    [Fact]
    public void A_tensor_that_is_no_object() => Refused("""{"x":[1]}""", [], "an object was expected, StartArray was found");

    [Fact]
    public void A_field_that_is_missing() => Refused("""{"x":{"dtype":"U8","shape":[1]}}""", [1], "not all are there");

    [Fact]
    public void A_field_that_is_not_known() => Refused(
        """{"x":{"dtype":"U8","shape":[1],"data_offsets":[0,1],"code":"rm"}}""", [1], "the field 'code' is there twice or not known");

    [Fact]
    public void A_field_twice() => Refused(
        """{"x":{"dtype":"U8","shape":[1],"shape":[2],"data_offsets":[0,1]}}""", [1], "the field 'shape' is there twice or not known");

    [Theory]
    [InlineData("F7")]
    [InlineData("f32")]
    [InlineData("U64")]
    [InlineData("")]
    public void An_element_type_without_a_tensor(string type) => Refused(
        $$$"""{"x":{"dtype":"{{{type}}}","shape":[1],"data_offsets":[0,8]}}""", new byte[8], $"elements of type {type} have no tensor");

    [Fact]
    public void A_size_smaller_than_shape_times_type() => Refused(
        """{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,7]}}""", new byte[7], "Float32[2] takes 8 bytes, data_offsets span 7");

    [Fact]
    public void A_size_larger_than_shape_times_type() => Refused(
        """{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,12]}}""", new byte[12], "takes 8 bytes, data_offsets span 12");

    [Fact]
    public void A_shape_whose_product_overflows_to_the_right_size() => Refused(
        """{"x":{"dtype":"U8","shape":[4294967296,4294967296],"data_offsets":[0,0]}}""", [], "larger than any memory");

    [Fact]
    public void A_shape_that_overflows_behind_a_zero() => Refused(
        """{"x":{"dtype":"U8","shape":[9223372036854775807,9223372036854775807,0],"data_offsets":[0,0]}}""", [], "larger than any memory");

    [Theory]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("1e2")]
    [InlineData("\"1\"")]
    [InlineData("null")]
    [InlineData("18446744073709551615")]
    public void A_size_that_is_no_whole_number(string size) => Refused(
        $$$"""{"x":{"dtype":"U8","shape":[{{{size}}}],"data_offsets":[0,1]}}""", [1], "shape holds something other than whole numbers");

    [Theory]
    [InlineData("[-1,1]")]
    [InlineData("[0.0,1]")]
    [InlineData("[0,18446744073709551615]")]
    public void An_offset_that_is_no_whole_number(string offsets) => Refused(
        $$$"""{"x":{"dtype":"U8","shape":[1],"data_offsets":{{{offsets}}}}}""", [1], "data_offsets holds something other than whole numbers");

    [Theory]
    [InlineData("[1,0]")]
    [InlineData("[0]")]
    [InlineData("[0,1,2]")]
    public void Offsets_that_are_no_begin_and_end(string offsets) => Refused(
        $$$"""{"x":{"dtype":"U8","shape":[1],"data_offsets":{{{offsets}}}}}""", [1], "are no [begin, end]");

    [Fact]
    public void Tensors_that_overlap() => Refused(
        """{"x":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"y":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}""",
        new byte[3],
        "tensor 'y': it begins at byte 1, the tensor before it ends at 2: there is an overlap");

    [Fact]
    public void Tensors_that_share_all_their_bytes() => Refused(
        """{"x":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"y":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}""", new byte[2], "an overlap");

    [Fact]
    public void A_gap_between_tensors() => Refused(
        """{"x":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"y":{"dtype":"U8","shape":[1],"data_offsets":[2,3]}}""", new byte[3], "there is a gap");

    [Fact]
    public void A_gap_before_the_first_tensor() => Refused(
        """{"x":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}""", new byte[2], "there is a gap");

    [Fact]
    public void Bytes_after_the_last_tensor() => Refused(
        """{"x":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}""", new byte[9], "8 bytes follow the last tensor");

    [Fact]
    public void A_file_that_is_truncated() => Refused(
        """{"x":{"dtype":"U8","shape":[9],"data_offsets":[0,9]}}""", new byte[5], "it ends at byte 9, the file has 5 bytes of tensors: is it truncated?");

    [Fact]
    public void Offsets_beyond_the_file() => Refused(
        """{"x":{"dtype":"U8","shape":[1],"data_offsets":[9223372036854775806,9223372036854775807]}}""", [1], "is it truncated?");

    [Fact]
    public void A_number_that_is_not_finite()
    {
        Write("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", BitConverter.GetBytes(float.NaN));
        Assert.Contains("infinite or not a number", Assert.Throws<SafetensorsException>(() => SafetensorsFile.Read(path)).Message, StringComparison.Ordinal);
        using var x = SafetensorsFile.Read(path, requireFinite: false).Tensors["x"];
        Assert.True(float.IsNaN(x.item<float>()));
    }

    [Fact]
    public void A_pickle_is_not_even_looked_into() => Refused("\x80\x04cposix\nsystem\n(S'true'\ntR."u8.ToArray(), "100000000 are allowed");

    [Fact]
    public void A_file_that_is_not_there() => Assert.Throws<FileNotFoundException>(() => SafetensorsFile.Read(path + ".none"));

    [Fact]
    public void What_was_read_before_the_fault_is_let_go()
    {
        using var scope = NewDisposeScope();
        Write(
            """{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"y":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""",
            [.. BitConverter.GetBytes(1f), .. BitConverter.GetBytes(float.PositiveInfinity)]);
        Assert.Equal("y", Assert.Throws<SafetensorsException>(() => SafetensorsFile.Read(path)).Key);
        Assert.Equal(0, scope.DisposablesCount);
    }

    private static byte[] Length(long size)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, size);
        return bytes;
    }

    private static byte[] Sized(ulong size, string header) => [.. Length(unchecked((long)size)), .. Encoding.UTF8.GetBytes(header)];

    private void Write(string header, byte[] data)
    {
        var json = Encoding.UTF8.GetBytes(header);
        File.WriteAllBytes(path, [.. Length(json.Length), .. json, .. data]);
    }

    private void Refused(string header, byte[] data, string because)
    {
        Write(header, data);
        Refused(File.ReadAllBytes(path), because);
    }

    private void Refused(byte[] file, string because)
    {
        File.WriteAllBytes(path, file);
        var problem = Assert.Throws<SafetensorsException>(() => SafetensorsFile.Read(path));
        Assert.Contains(because, problem.Message, StringComparison.Ordinal);
        Assert.StartsWith(path, problem.Message, StringComparison.Ordinal);
        Assert.Equal(problem.Message, Assert.Throws<SafetensorsException>(() => SafetensorsFile.ReadHeader(path)).Message);
    }
}
