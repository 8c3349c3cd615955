package io.packetwalk.report.capture;

import io.packetwalk.report.packet.TcpFlags;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.decode.Decoded;
import io.packetwalk.wire.decode.Fault;
import io.packetwalk.wire.decode.Remark;
import io.packetwalk.wire.layer.Arp;
import io.packetwalk.wire.layer.Encapsulation;
import io.packetwalk.wire.layer.Ethernet;
import io.packetwalk.wire.layer.Geneve;
import io.packetwalk.wire.layer.Gre;
import io.packetwalk.wire.layer.Ip;
import io.packetwalk.wire.layer.Layer;
import io.packetwalk.wire.layer.Mpls;
import io.packetwalk.wire.layer.Payload;
import io.packetwalk.wire.layer.Sctp;
import io.packetwalk.wire.layer.Tcp;
import io.packetwalk.wire.layer.Trailer;
import io.packetwalk.wire.layer.Udp;
import io.packetwalk.wire.layer.Vxlan;
import io.packetwalk.wire.message.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A captured packet as text: on one line, or as a block of one line a header. */
public final class PacketView {
  private static final int TITLE_WIDTH = 14;

  private final LayerWords words;
  private final boolean verbose;

  /**
   * @param names whose address something is, when that is known
   * @param verbose whether blocks show every field and the headers' diagrams
   */
  public PacketView(Function<IpAddress, Optional<String>> names, boolean verbose) {
    this.words = new LayerWords(names);
    this.verbose = verbose;
  }

  /** The lines of a packet's block, without its heading. */
  public List<String> block(Decoded decoded) {
    List<String> lines = new ArrayList<>();
    List<Layer> layers = decoded.packet().layers();
    int depth = 0;
    boolean inside = false;
    for (int index = 0; index < layers.size(); index++) {
      Layer layer = layers.get(index);
      boolean starts = layer instanceof Ethernet || layer instanceof Ip || layer instanceof Arp;
      if (starts && inside) {
        depth++;
        inside = false;
      }
      inside = inside || layer instanceof Ip || layer instanceof Mpls;
      String indent = "  ".repeat(depth + 1);
      lines.add(indent + pad(words.title(layer)) + words.detail(layer) + remarks(decoded, index));
      if (verbose) {
        addFields(layer, indent + "  ", lines);
      }
    }
    String indent = "  ".repeat(depth + 1);
    Message.of(decoded.packet())
        .ifPresent(message -> message.lines().forEach(line -> lines.add(indent + line)));
    decoded.faults().forEach(fault -> lines.add("  ! " + fault));
    return lines;
  }

  private static void addFields(Layer layer, String indent, List<String> lines) {
    HeaderDiagram.of(layer).forEach(line -> lines.add(indent + line));
    if (HeaderDiagram.of(layer).isEmpty()) {
      LayerFields.of(layer)
          .forEach((name, value) -> {
            if (!name.equals("type")) {
              lines.add(indent + name + ": " + value);
            }
          });
    }
  }

  private static String pad(String title) {
    return title + " ".repeat(Math.max(1, TITLE_WIDTH - title.length()));
  }

  private static String remarks(Decoded decoded, int depth) {
    StringBuilder text = new StringBuilder();
    for (Remark remark : decoded.remarks()) {
      if (remark.depth() == depth) {
        text.append(
            switch (remark.kind()) {
              case GUESSED -> "  (a guess from the bytes)";
              case CHECKSUM_OFFLOADED -> "  (checksum left to the device)";
              case SEGMENTATION_OFFLOADED -> "  (length left to the device)";
              case QUOTED -> "  (quoted by the error)";
            });
      }
    }
    return text.toString();
  }

  /** The whole packet on one line, outer to inner. */
  public String line(Decoded decoded) {
    List<String> parts = new ArrayList<>();
    List<Layer> layers = decoded.packet().layers();
    for (int index = 0; index < layers.size(); index++) {
      brief(layers.get(index)).ifPresent(parts::add);
      parts.addAll(guess(decoded, index));
    }
    if (parts.isEmpty()) {
      Layer first = layers.getFirst();
      parts.add(words.title(first) + " " + words.detail(first));
    }
    Message.of(decoded.packet()).ifPresent(message -> parts.add(message.lines().getFirst()));
    int faults = decoded.faults().size();
    if (faults > 0) {
      Fault first = decoded.faults().getFirst();
      parts.add("! " + first + (faults > 1 ? " and " + (faults - 1) + " more" : ""));
    }
    return String.join("  ", parts);
  }

  private static List<String> guess(Decoded decoded, int depth) {
    boolean guessed =
        decoded.remarks().stream()
            .anyMatch(remark -> remark.depth() == depth && remark.kind() == Remark.Kind.GUESSED);
    return guessed ? List.of("(guess)") : List.of();
  }

  private Optional<String> brief(Layer layer) {
    return switch (layer) {
      case Ip ip -> {
        boolean nested = ip.protocol() == 4 || ip.protocol() == 41;
        yield Optional.of(words.ends(ip) + (nested ? "  IP-in-IP" : ""));
      }
      case Arp _ -> Optional.of("ARP " + words.detail(layer));
      case Tcp tcp ->
          Optional.of(
              "TCP %d → %d %s"
                  .formatted(
                      tcp.sourcePort(),
                      tcp.destinationPort(),
                      String.join(" ", TcpFlags.names(tcp.flags()))));
      case Udp _, Sctp _, Vxlan _, Geneve _, Gre _, Mpls _, Encapsulation _ ->
          Optional.of(words.title(layer) + " " + words.detail(layer));
      case Ethernet _, Payload _, Trailer _ -> Optional.empty();
      default -> Optional.of(words.title(layer) + " " + words.detail(layer));
    };
  }
}
