package io.packetwalk.cli;

/** Thrown when what the user named is there but can't be understood as what it should be. */
final class UnreadableInputException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnreadableInputException(String message) {
    super(message);
  }
}
