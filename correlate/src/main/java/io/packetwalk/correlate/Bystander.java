package io.packetwalk.correlate;

/**
 * Packets between the ends of a question that it isn't about: of another protocol, or to another
 * port.
 *
 * @param port the destination port; of ICMP the message's type
 */
public record Bystander(int protocol, int port, long packets) {
  Bystander more() {
    return new Bystander(protocol, port, packets + 1);
  }
}
