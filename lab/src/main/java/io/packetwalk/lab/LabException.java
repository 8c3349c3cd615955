package io.packetwalk.lab;

import java.io.IOException;

/** A practice cluster can't be built or used; the message says why and what to do. */
public final class LabException extends IOException {
  private static final long serialVersionUID = 1L;

  public LabException(String message) {
    super(message);
  }
}
