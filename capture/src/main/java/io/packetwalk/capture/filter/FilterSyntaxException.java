package io.packetwalk.capture.filter;

/** Thrown for a filter that the user wrote and that isn't one; the message says why. */
public final class FilterSyntaxException extends Exception {
  private static final long serialVersionUID = 1;

  public FilterSyntaxException(String message) {
    super(message);
  }
}
