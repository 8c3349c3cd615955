package io.packetwalk.capture;

/**
 * Where the first record of each piece of a file starts, handed from the thread that has measured a
 * piece to the one that holds the next.
 */
final class RecordStarts {
  /** No record starts in this piece or behind it. */
  static final long NONE = -1;

  // A piece is measured in less time than it takes to put a thread to sleep and wake it again.
  private static final int LOOKS_BEFORE_SLEEP = 10_000;

  private volatile long turn;
  private volatile long start;

  RecordStarts(long first) {
    this.start = first;
  }

  /** Waits until the pieces before that one are measured. */
  long await(long piece) {
    for (int look = 0; look < LOOKS_BEFORE_SLEEP; look++) {
      if (isKnown(piece)) {
        return start;
      }
      Thread.onSpinWait();
    }
    return sleepUntilKnown(piece);
  }

  private boolean isKnown(long piece) {
    return turn == piece || start == NONE;
  }

  private synchronized long sleepUntilKnown(long piece) {
    boolean interrupted = false;
    while (!isKnown(piece)) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return start;
  }

  /** The piece is measured; the record behind it starts there. */
  synchronized void pass(long piece, long next) {
    start = next;
    turn = piece + 1;
    notifyAll();
  }

  /** Nobody needs to wait any more: the file can't be read on. */
  synchronized void end() {
    start = NONE;
    notifyAll();
  }
}
