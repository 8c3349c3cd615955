package io.packetwalk.report.packet;

/** Something that a step changes in a packet, in words. */
public record Change(Kind kind, String text) {
  /** Whether a header comes, goes, or holds something else. */
  public enum Kind {
    ADDED("+"),
    REMOVED("-"),
    CHANGED("~");

    private final String sign;

    Kind(String sign) {
      this.sign = sign;
    }

    /** As in the output of diff. */
    public String sign() {
      return sign;
    }
  }
}
