package io.packetwalk.lab;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;

/**
 * What is typed to a command inside of a kernel of its own: a file for each piece, in the order of
 * their numbers.
 */
final class BoxInput extends OutputStream {
  private final Path path;
  private long number;

  /**
   * @param path of the command's files, without their endings
   */
  BoxInput(Path path) {
    this.path = path;
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (length > 0) {
      number++;
      put(path, ".in%010d".formatted(number), Arrays.copyOfRange(bytes, offset, offset + length));
    }
  }

  @Override
  public void close() throws IOException {
    put(path, ".eof", new byte[0]);
  }

  /** A file that is seen inside when it is complete, and not before. */
  static void put(Path path, String ending, byte[] content) throws IOException {
    Path draft = path.resolveSibling(path.getFileName() + ".draft");
    Files.write(draft, content);
    Files.move(
        draft, path.resolveSibling(path.getFileName() + ending), StandardCopyOption.ATOMIC_MOVE);
  }
}
