package io.packetwalk.cli;

import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Optional;

/**
 * Standard output, which remembers why writing failed. Whoever closes a pipe early, as {@code head}
 * does, has seen enough: that is no failure. A full disk is one.
 */
final class StandardOutput extends Writer {
  private final Writer writer =
      new BufferedWriter(
          new OutputStreamWriter(
              new FileOutputStream(FileDescriptor.out),
              Charset.forName(System.getProperty("stdout.encoding", "UTF-8"))));

  private Optional<IOException> failure = Optional.empty();

  StandardOutput() {}

  @Override
  public void write(char[] characters, int offset, int length) throws IOException {
    try {
      writer.write(characters, offset, length);
    } catch (IOException exception) {
      throw remembered(exception);
    }
  }

  @Override
  public void flush() throws IOException {
    try {
      writer.flush();
    } catch (IOException exception) {
      throw remembered(exception);
    }
  }

  @Override
  public void close() throws IOException {
    flush();
  }

  private IOException remembered(IOException exception) {
    failure = failure.or(() -> Optional.of(exception));
    return exception;
  }

  /** The exit status of a command that ended with this one. */
  int status(int ofCommand, PrintWriter diagnostics) {
    boolean failed = failure.filter(exception -> !isClosedPipe(exception)).isPresent();
    if (failed) {
      diagnostics.println("packetwalk: standard output: " + failure.get().getMessage());
    }
    return failed ? ExitStatus.INPUT_OUTPUT.code() : ofCommand;
  }

  private static boolean isClosedPipe(IOException exception) {
    return String.valueOf(exception.getMessage()).toLowerCase(Locale.ROOT).contains("broken pipe");
  }
}
