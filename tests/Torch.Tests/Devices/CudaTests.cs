using System.Runtime.InteropServices;

namespace Motion.Torch.Tests.Devices;

[Trait("Category", "Gpu")]
public sealed class CudaTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [CudaFact]
    public void Products_and_gradients_are_those_of_the_processor()
    {
        manual_seed(1);
        var (x, w) = (randn(32, 64), randn(64, 16));
        var there = w.cuda().requires_grad_();
        var here = w.clone().requires_grad_();
        x.matmul(here).tanh().sum().backward();
        x.cuda().matmul(there).tanh().sum().backward();
        Assert.True(there.is_cuda);
        Assert.True(there.grad!.cpu().allclose(here.grad!, rtol: 1e-3, atol: 1e-4));
    }

    [CudaFact]
    public void A_network_trains_where_it_was_moved()
    {
        using var network = nn.Sequential(nn.Linear(8, 32), nn.ELU(), nn.LayerNorm(32), nn.Linear(32, 1)).cuda();
        using var optimiser = optim.AdamW(network.parameters(), lr: 0.01);
        var x = randn([64, 8], device: CUDA);
        var (first, last) = (0.0, 0.0);
        for (var step = 0; step < 50; step++)
        {
            using var inner = NewDisposeScope();
            optimiser.zero_grad();
            var loss = (network.call(x) - x.sum(1, keepdim: true)).square().mean();
            loss.backward();
            nn.utils.clip_grad_norm_(network.parameters(), 1);
            optimiser.step();
            last = loss.ToDouble();
            first = step == 0 ? last : first;
        }

        Assert.True(last < first / 2, $"{first} to {last}");
    }

    [CudaFact]
    public void Generators_of_a_device_are_seeded_apart()
    {
        using Generator one = new(7, CUDA), other = new(7, CUDA);
        Expect.Exactly(randn([16], device: CUDA, generator: one).cpu(), randn([16], device: CUDA, generator: other).cpu());
        cuda.synchronize();
    }

    [CudaFact]
    public void Tensors_of_two_devices_do_not_mix() => Assert.ThrowsAny<ExternalException>(() => ones(2, 2).mm(ones(2, 2).cuda()));

    [CudaFact]
    public void Tensors_are_saved_from_the_device()
    {
        var path = Path.GetTempFileName();
        try
        {
            var x = randn([5], device: CUDA);
            Motion.Torch.Safetensors.SafetensorsFile.Write(path, new Dictionary<string, Tensor> { ["x"] = x });
            Expect.Exactly(x.cpu(), Motion.Torch.Safetensors.SafetensorsFile.Read(path).Tensors["x"]);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
