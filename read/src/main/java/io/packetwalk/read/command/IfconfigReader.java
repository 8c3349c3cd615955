package io.packetwalk.read.command;

import io.packetwalk.model.Listing;
import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.InterfaceAddress;
import io.packetwalk.read.CommandReader;
import io.packetwalk.read.Fact;
import io.packetwalk.read.Reading;
import io.packetwalk.read.transcript.CommandRun;
import io.packetwalk.read.transcript.Line;
import io.packetwalk.wire.IpFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads {@code ifconfig} in net-tools' new form, its old form and BusyBox's.
 *
 * <p>Without {@code -a} only devices that are up are listed. Of several IPv4 addresses on a device
 * only those with a label of their own are shown, so the IPv4 addresses are never complete.
 */
public final class IfconfigReader implements CommandReader {
  @Override
  public Optional<String> recognise(CommandRun run) {
    boolean shows = run.word(0).equals("ifconfig") && operands(run).size() <= 1;
    return shows ? Optional.of("ifconfig") : Optional.empty();
  }

  private static List<String> operands(CommandRun run) {
    return run.words().stream().skip(1).filter(word -> !word.startsWith("-")).toList();
  }

  @Override
  public Reading read(CommandRun run) {
    IfconfigBlocks blocks = new IfconfigBlocks();
    for (Line line : run.output()) {
      blocks.read(line);
    }
    blocks.finish();
    List<Fact> facts = new ArrayList<>();
    if (!blocks.devices().entries().isEmpty()) {
      facts(run, blocks, facts);
    }
    return new Reading(facts, blocks.devices().unread());
  }

  private static void facts(CommandRun run, IfconfigBlocks blocks, List<Fact> facts) {
    Optional<String> only = operands(run).stream().findFirst();
    boolean all = run.words().contains("-a") && only.isEmpty();
    Rows<Device> devices = blocks.devices();
    devices.listing(run, all).map(Fact.Devices::new).ifPresent(facts::add);
    Optional<Listing<InterfaceAddress>> ipv4 = blocks.ipv4().listing(run, false);
    ipv4.map(listing -> new Fact.Addresses(Optional.of(IpFamily.IPV4), only, listing))
        .ifPresent(facts::add);
    Optional<Listing<InterfaceAddress>> ipv6 = blocks.ipv6().listing(run, all || only.isPresent());
    ipv6.map(listing -> new Fact.Addresses(Optional.of(IpFamily.IPV6), only, listing))
        .ifPresent(facts::add);
  }
}
