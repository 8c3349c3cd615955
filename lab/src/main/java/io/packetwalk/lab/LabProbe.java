package io.packetwalk.lab;

import java.util.List;
import java.util.Locale;

/**
 * A packet that is sent in a lab.
 *
 * @param id its number in the run
 * @param from who sends, as in {@code shop/web-…}, {@code worker1} or {@code client}
 * @param node the sender's node
 * @param netns the sender's namespace
 * @param to who is asked, in words
 * @param protocol {@code udp}, {@code tcp} or {@code icmp}
 * @param size bytes of payload
 */
public record LabProbe(
    int id,
    String from,
    String node,
    String netns,
    String to,
    String address,
    int port,
    String protocol,
    int sourcePort,
    int size,
    String tag) {
  private static final int FIRST_SOURCE_PORT = 41000;
  private static final int SOURCE_PORTS = 19000;

  /** A probe whose source port and tag nobody else in its lab has for a long time. */
  public static LabProbe of(
      int id,
      int serial,
      Sender sender,
      String to,
      String address,
      int port,
      String protocol,
      int size) {
    return new LabProbe(
        id,
        sender.name(),
        sender.node(),
        sender.netns(),
        to,
        address,
        port,
        protocol,
        FIRST_SOURCE_PORT + serial % SOURCE_PORTS,
        size,
        String.format(
            Locale.ROOT,
            "pw%05d-%03d-%012x",
            serial % 100_000,
            id % 1000,
            System.nanoTime() & 0xffff_ffff_ffffL));
  }

  /** Who sends. */
  public record Sender(String name, String node, String netns) {}

  /**
   * What became of it.
   *
   * @param result {@code reply}, or {@code error:} and the name of the socket's error
   * @param receivedBy whose stacks it was delivered to: pods and nodes by their names
   * @param seconds until the answer or the error
   */
  public record Outcome(LabProbe probe, String result, List<String> receivedBy, double seconds) {
    public Outcome {
      receivedBy = List.copyOf(receivedBy);
    }

    public boolean wasAnswered() {
      return result.equals("reply");
    }
  }
}
