package io.packetwalk.cli;

import io.packetwalk.lab.Session;
import io.packetwalk.lab.TerminalSize;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What is typed here passed on to a session in a lab's own kernel, and what is shown there. */
final class SessionRelay {
  /** Terminals are resized rarely, and looking means starting a program. */
  private static final long LOOKS_SECONDS = 2;

  private final Session session;
  private final Session.Relay relay;
  private Optional<TerminalSize> size;

  SessionRelay(Session session, Session.Relay relay, Optional<TerminalSize> size) {
    this.session = session;
    this.relay = relay;
    this.size = size;
  }

  /** The session's exit status. */
  int run() throws InterruptedException {
    if (size.isEmpty()) {
      return pass();
    }
    try (RawTerminal _ = RawTerminal.enter()) {
      return pass();
    }
  }

  private int pass() throws InterruptedException {
    Process process = session.process();
    // Nothing ends a read of the keyboard: this thread is left where it is.
    Thread typed = new Thread(() -> type(System.in, process.getOutputStream()));
    typed.setDaemon(true);
    typed.start();
    Thread shown = Thread.ofVirtual().start(() -> copy(process.getInputStream(), System.out));
    Thread errors = Thread.ofVirtual().start(() -> copy(process.getErrorStream(), System.err));
    while (!process.waitFor(LOOKS_SECONDS, TimeUnit.SECONDS)) {
      look();
    }
    shown.join();
    errors.join();
    return process.exitValue();
  }

  private void look() {
    if (size.isPresent()) {
      Optional<TerminalSize> now = RawTerminal.size();
      if (now.isPresent() && !now.equals(size)) {
        relay.resized(now.get());
        size = now;
      }
    }
  }

  private static void type(InputStream from, OutputStream to) {
    copy(from, to);
    try {
      to.close();
    } catch (IOException ended) {
      // Nobody reads it any more.
    }
  }

  private static void copy(InputStream from, OutputStream to) {
    byte[] buffer = new byte[1 << 13];
    try {
      for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
        to.write(buffer, 0, count);
        to.flush();
      }
    } catch (IOException ended) {
      // Nobody listens any more.
    }
  }
}
