namespace Motion.Torch.Tests.Tensors;

public sealed class ProductTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    private static Tensor A => tensor(new[,] { { 1.0, 2.0 }, { 3.0, 4.0 } });

    private static Tensor B => tensor(new[,] { { 5.0, 6.0 }, { 7.0, 8.0 } });

    public void Dispose() => scope.Dispose();

    [Fact]
    public void Matrix_products()
    {
        // 1·5 + 2·7 = 19, 1·6 + 2·8 = 22, 3·5 + 4·7 = 43, 3·6 + 4·8 = 50.
        double[] product = [19, 22, 43, 50];
        Expect.Elements(product, A.matmul(B));
        Expect.Elements(product, mm(A, B));
        Expect.Elements(product, einsum("ij,jk->ik", A, B));
        Expect.Elements([.. product, .. product], bmm(A.expand(2, 2, 2), B.expand(2, 2, 2)));
        Expect.Elements([.. product, .. product], A.expand(2, 2, 2).matmul(B));
        // Half the identity added to twice the product.
        double[] sum = [38.5, 44, 86, 100.5];
        var identity = eye(2, dtype: ScalarType.Float64);
        Expect.Elements(sum, identity.addmm(A, B, 0.5f, 2));
        Expect.Elements([.. sum, .. sum], identity.expand(2, 2, 2).baddbmm(A.expand(2, 2, 2), B.expand(2, 2, 2), 0.5f, 2));
    }

    [Fact]
    public void Products_with_vectors()
    {
        var v = tensor(new[] { 10.0, 1.0 });
        Expect.Elements([12, 34], A.mv(v));
        Expect.Elements([101], v.dot(v));
        Expect.Elements([100, 10, 10, 1], v.outer(v));
        // x × y = z.
        Expect.Elements([0, 0, 1], linalg.cross(tensor(new[] { 1.0, 0.0, 0.0 }), tensor(new[] { 0.0, 1.0, 0.0 })));
        // Rows (1, 2) and (3, 4) to the origin and to (1, 2).
        Expect.Elements([Math.Sqrt(5), 0, 5, Math.Sqrt(8)], cdist(A, tensor(new[,] { { 0.0, 0.0 }, { 1.0, 2.0 } })));
    }
}
