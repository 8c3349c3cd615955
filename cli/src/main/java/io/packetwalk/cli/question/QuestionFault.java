package io.packetwalk.cli.question;

/** Thrown when the command line doesn't put a question that the state can answer. */
public final class QuestionFault extends Exception {
  private static final long serialVersionUID = 1;

  /** With a sentence for the person who asked. */
  public QuestionFault(String message) {
    super(message);
  }
}
