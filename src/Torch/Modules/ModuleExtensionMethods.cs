namespace TorchSharp;

/// <summary>
/// Moves modules between devices and types, keeping the module's own type. Its parameters stay the same objects, so an optimiser made
/// before goes on with them. Conversion touches floating-point tensors only.
/// </summary>
public static class ModuleExtensionMethods
{
    /// <summary>Converts a module to a floating-point type. Returns it.</summary>
    public static T to<T>(this T module, torch.ScalarType type, bool non_blocking = false)
        where T : torch.nn.Module => Moved(module, null, type);

    /// <summary>Moves a module to a device and converts it. Returns it.</summary>
    public static T to<T>(this T module, torch.Device device, torch.ScalarType type, bool non_blocking = false)
        where T : torch.nn.Module => Moved(module, device, type);

    /// <summary>Moves a module to a device. Returns it.</summary>
    public static T to<T>(this T module, torch.Device device, bool non_blocking = false)
        where T : torch.nn.Module => Moved(module, device, null);

    /// <summary>Moves a module to a device. Returns it.</summary>
    public static T to<T>(this T module, DeviceType deviceType, int deviceIndex = -1, bool non_blocking = false)
        where T : torch.nn.Module => Moved(module, new torch.Device(deviceType, deviceIndex), null);

    /// <summary>Moves a module to the processor. Returns it.</summary>
    public static T cpu<T>(this T module, bool non_blocking = false)
        where T : torch.nn.Module => Moved(module, torch.CPU, null);

    /// <summary>Moves a module to a graphics card. Returns it.</summary>
    public static T cuda<T>(this T module, int deviceIndex = -1, bool non_blocking = false)
        where T : torch.nn.Module => Moved(module, new torch.Device(DeviceType.CUDA, deviceIndex), null);

    private static T Moved<T>(T module, torch.Device? device, torch.ScalarType? type)
        where T : torch.nn.Module
    {
        ArgumentNullException.ThrowIfNull(module);
        if (type is torch.ScalarType wanted && !torch.is_floating_point(wanted))
        {
            throw new ArgumentException($"modules hold floating-point numbers; {wanted} was asked for", nameof(type));
        }

        module.MoveTo(device is null ? null : torch.InitializeDevice(device), type);
        return module;
    }
}
