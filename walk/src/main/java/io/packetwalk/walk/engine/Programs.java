package io.packetwalk.walk.engine;

import io.packetwalk.model.Source;
import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.DeviceFeature;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Commands;
import io.packetwalk.walk.routing.Stack;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Programs that decide about packets at a device: XDP, eBPF and other filters of traffic control
 * (the kernel's do_xdp_generic, tc_run). They are opaque: a packet that meets one may go anywhere.
 */
final class Programs {
  private static final Pattern XDP = Pattern.compile(" xdp(?:generic|offload|drv)?(?:/id:\\d+)? ");
  private static final String CILIUM = "cilium_host";
  private static final String CALICO = "bpfin.cali";

  private Programs() {}

  /** What decides about a frame that comes in by the device. */
  static Optional<Assumption> atIngress(Stack stack, String device) {
    return shown(stack, device, "ingress")
        .or(() -> shown(stack, device, "xdp"))
        .or(() -> xdp(stack, device))
        .or(() -> ofPlugin(stack, device));
  }

  /** What decides about a frame that goes out by the device. */
  static Optional<Assumption> atEgress(Stack stack, String device) {
    return shown(stack, device, "egress");
  }

  private static Optional<Assumption> shown(Stack stack, String device, String place) {
    return stack
        .namespace()
        .links()
        .features()
        .first(feature ->
            feature.topic() == DeviceFeature.Topic.PROGRAM
                && feature.device().equals(device)
                && feature.name().equals(place))
        .map(feature ->
            opaque(stack, device, "a program at its " + place, List.of(feature.source())));
  }

  private static Optional<Assumption> xdp(Stack stack, String device) {
    return stack
        .device(device)
        .map(Device::source)
        .filter(source -> XDP.matcher(source.text()).find())
        .map(source -> opaque(stack, device, "an XDP program", List.of(source)));
  }

  /** The devices of plugins whose data path is eBPF show that programs sit at the pods' devices. */
  private static Optional<Assumption> ofPlugin(Stack stack, String device) {
    boolean cilium = device.startsWith("lxc") || device.startsWith("cilium_");
    Optional<Device> sign =
        cilium
            ? stack.device(CILIUM)
            : device.startsWith("cali") ? stack.device(CALICO) : Optional.empty();
    return sign.filter(known -> stack.id().isHost())
        .map(known ->
            opaque(
                stack,
                device,
                "the eBPF programs that " + known.name() + " shows to be there",
                List.of(known.source())));
  }

  private static Assumption opaque(Stack stack, String device, String what, List<Source> evidence) {
    return new Assumption(
        "what becomes of a packet at "
            + device
            + " of "
            + stack.id()
            + " is decided by "
            + what
            + ", which can't be read from tables",
        Commands.in(stack.id(), "bpftool net; tc filter show dev " + device + " ingress"),
        evidence);
  }
}
