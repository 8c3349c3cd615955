package io.packetwalk.model.netfilter;

/** Transport ports that a translation chooses from, {@code first} to {@code last} included. */
public record Ports(int first, int last) {
  public Ports {
    if (first < 0 || last > 65535 || first > last) {
      throw new IllegalArgumentException("ports " + first + " to " + last);
    }
  }

  public boolean contains(int port) {
    return port >= first && port <= last;
  }

  public boolean isSingle() {
    return first == last;
  }

  @Override
  public String toString() {
    return first == last ? Integer.toString(first) : first + "-" + last;
  }
}
