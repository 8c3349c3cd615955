package io.packetwalk.cli;

import io.packetwalk.cli.question.ProbeOptions;
import io.packetwalk.wire.IpAddress;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What a packet is like, besides its ends. */
final class PacketOptions {
  @Option(
      names = "--proto",
      paramLabel = "PROTO",
      description = {
        "tcp, udp, icmp or sctp.",
        "Default: what the Service's port is for; else tcp to a port, and icmp without one"
      })
  private Optional<ProbeOptions.Protocol> protocol;

  @Option(
      names = "--sport",
      paramLabel = "N",
      description = "The source port; the identifier of a ping. Default: 40000, of a ping 1")
  private Optional<Integer> sourcePort;

  @Option(
      names = {"--port", "--dport"},
      paramLabel = "N",
      description = "The destination port, where TO has none.")
  private Optional<Integer> destinationPort;

  @Option(names = "--icmp-type", paramLabel = "N", description = "Default: an echo request")
  private Optional<Integer> icmpType;

  @Option(
      names = "--size",
      paramLabel = "BYTES",
      description = "Of what the packet carries. Default: 56 with icmp, else 0")
  private Optional<Integer> size;

  @Option(
      names = "--ttl",
      paramLabel = "N",
      defaultValue = "64",
      description = "The hop limit as it is sent. Default: ${DEFAULT-VALUE}")
  private int hopLimit;

  @Option(
      names = "--source",
      paramLabel = "ADDRESS",
      description = "The source address. Default: FROM's, or the one that the kernel chooses")
  private Optional<String> source;

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description = {
        "The device of FROM that the sender is bound to, as a VRF is for",
        "what 'ip vrf exec' runs. Default: none"
      })
  private Optional<String> device;

  @Option(names = "-4", description = "Over IPv4, where an end has addresses of both families.")
  private boolean ipv4;

  @Option(names = "-6", description = "Over IPv6, where an end has addresses of both families.")
  private boolean ipv6;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  PacketOptions() {}

  ProbeOptions probe() {
    return new ProbeOptions(
        protocol,
        within("--sport", sourcePort, 1, 65535),
        within("--port", destinationPort, 1, 65535),
        within("--icmp-type", icmpType, 0, 255),
        within("--size", size, 0, 65535),
        within("--ttl", Optional.of(hopLimit), 1, 255).orElseThrow(),
        ipv4 == ipv6 ? Optional.empty() : Optional.of(ipv6),
        source.map(this::address),
        device);
  }

  private IpAddress address(String text) {
    return IpAddress.parse(text)
        .orElseThrow(() ->
            new ParameterException(
                command.commandLine(), "--source: '%s' is no address".formatted(text)));
  }

  private OptionalInt within(String option, Optional<Integer> number, int lowest, int highest) {
    if (number.filter(given -> given < lowest || given > highest).isPresent()) {
      throw new ParameterException(
          command.commandLine(),
          "%s is %d to %d, not %d".formatted(option, lowest, highest, number.get()));
    }
    return number.map(OptionalInt::of).orElseGet(OptionalInt::empty);
  }
}
